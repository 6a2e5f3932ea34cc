"""Looking at addresses: a server on this machine plays every outcome, and counts who asked what."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mutualaid.adapters.links import AGENT, Politeness, check_link, check_links
from mutualaid.core.upkeep.links import NO_SUCH_HOST, LinkState, judge

WAITS: list[float] = []
HERE = Politeness(WAITS.append, timeout=0.5, only_public=False)


class Played(BaseHTTPRequestHandler):
    """Answers by the path: a status, or a name of what goes wrong."""

    asked: list[tuple[str, str, str]]
    release: threading.Event

    def do_GET(self) -> None:
        """Play one outcome."""
        name = self.path.strip("/")
        self.asked.append((self.command, name, self.headers["User-Agent"]))
        if name == "slow":
            self.release.wait(5)
        elif name == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif name.startswith("to/"):
            self._answer(302, "", name.removeprefix("to/"))
        elif name == "round":
            self._answer(302, "", "/round")
        elif name == "no-head" and self.command == "HEAD":
            self._answer(405)
        elif name.isdecimal():
            self._answer(int(name))
        else:
            self._answer(200, f"<html><title>\n The &amp; {name} </title>{'x' * 200_000}")

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, status: int, body: str = "", target: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if target:
            self.send_header("Location", target)
        self.end_headers()
        if self.command == "GET":
            try:
                self.wfile.write(body.encode())
            except OSError:
                return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Play the web."""
    Played.asked, Played.release = [], threading.Event()
    WAITS.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Played)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Played.release.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [401, 403, 404, 406, 410, 429, 500, 503])
def test_a_status_comes_back(status: int, address: str) -> None:
    """HEAD is tried first; a refusal is asked again with GET, because some sites know no HEAD."""
    assert check_link(f"{address}/{status}", HERE).status == status
    assert Played.asked == [(verb, str(status), AGENT) for verb in ("HEAD", "GET")]


def test_a_page(address: str) -> None:
    """Its title is read, and no more of it than is needed."""
    look = check_link(f"{address}/fund", HERE)
    assert (look.status, look.title, look.end) == (200, "The & fund", f"{address}/fund")


def test_a_site_without_head(address: str) -> None:
    """What refuses HEAD is alive all the same."""
    look = check_link(f"{address}/no-head", HERE)
    assert judge(look) is LinkState.ALIVE


def test_a_redirect_is_followed(address: str) -> None:
    """Where it ends is told."""
    look = check_link(f"{address}/to//there", HERE)
    assert (look.status, look.end) == (200, f"{address}/there")


@pytest.mark.parametrize("name", ["slow", "cut", "round", "to/file:///etc/passwd", "to/ftp://a.org/"])
def test_what_goes_wrong_means_nothing(name: str, address: str) -> None:
    """No answer, a cut line, a circle, a redirect to what is not the web: unknown, and never an exception."""
    look = check_link(f"{address}/{name}", HERE)
    assert judge(look) is LinkState.UNKNOWN
    assert "root:" not in look.title


def test_nobody_there() -> None:
    """A port that nobody serves, and an address that is none."""
    assert check_link("http://127.0.0.1:9/", HERE).trouble == "the line broke"
    assert judge(check_link("https://[broken/", HERE)) is LinkState.UNKNOWN


def test_a_certificate_that_is_none(address: str) -> None:
    """A server that speaks no TLS is trouble, and not death."""
    assert judge(check_link(address.replace("http:", "https:"), HERE)) is LinkState.UNKNOWN


@pytest.mark.parametrize(
    ("errno", "outcome"), [(socket.EAI_NONAME, LinkState.DEAD), (socket.EAI_AGAIN, LinkState.UNKNOWN)]
)
def test_names(errno: int, outcome: LinkState, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that does not exist is dead; a name server that is away says nothing."""

    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(errno, "no")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    look = check_link("https://nobody.invalid/", Politeness(WAITS.append))
    assert judge(look) is outcome
    assert (look.trouble == NO_SUCH_HOST) == (outcome is LinkState.DEAD)


def test_a_private_network_is_not_asked(address: str) -> None:
    """Neither directly nor by a redirect; it counts as unknown."""
    polite = Politeness(WAITS.append, timeout=0.5)
    assert check_link(f"{address}/fund", polite).trouble == "leads into a private network"
    assert check_link("http://169.254.169.254/latest/", polite).trouble == "leads into a private network"
    assert Played.asked == []


def test_one_at_a_time_to_a_host(address: str) -> None:
    """With a pause between two; each address once."""
    looks = check_links([f"{address}/one", f"{address}/two", f"{address}/three"], HERE)
    assert [look.title for look in looks.values()] == ["The & one", "The & two", "The & three"]
    assert [HERE.between] * 2 == WAITS
    assert [name for verb, name, _ in Played.asked if verb == "HEAD"] == ["one", "two", "three"]
