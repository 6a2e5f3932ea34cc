"""Looking at addresses: a server on this machine plays every outcome, and counts who asked what."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from mutualaid.adapters.links import AGENT, Politeness, check_link, check_links
from mutualaid.core.upkeep.links import LinkCheck

WAITS: list[float] = []
HERE = Politeness(WAITS.append, timeout=0.5, only_public=False)


class Played(BaseHTTPRequestHandler):
    """Answers by the path: a status, or a name of what goes wrong."""

    asked: list[tuple[str, str, str]]
    release: threading.Event

    def do_GET(self) -> None:
        name = self.path.strip("/")
        self.asked.append((self.command, name, self.headers["User-Agent"]))
        if self.headers["Authorization"]:
            self._answer(401)
        elif name == "slow":
            self.release.wait(5)
        elif name == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif name.startswith("to/"):
            self._answer(302, name.removeprefix("to/"))
        elif name == "round":
            self._answer(302, "/round")
        elif name == "no-head" and self.command == "HEAD":
            self._answer(405)
        else:
            self._answer(int(name) if name.isdecimal() else 200)

    do_HEAD = do_GET  # noqa: N815

    def _answer(self, status: int, target: str = "") -> None:
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Play the web; this machine has a password for it, which must not go along."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    Played.asked, Played.release = [], threading.Event()
    WAITS.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Played)
    server.daemon_threads, server.block_on_close = True, False
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Played.release.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [401, 404, 410, 429, 503])
def test_a_status_comes_back(status: int, address: str) -> None:
    """HEAD is tried first; a refusal is asked again with GET, because some sites know no HEAD."""
    assert check_link(f"{address}/{status}", HERE).status == status
    assert Played.asked == [(verb, str(status), AGENT) for verb in ("HEAD", "GET")]


@pytest.mark.parametrize(("name", "end"), [("fund", "fund"), ("no-head", "no-head"), ("to//there", "there")])
def test_a_page(name: str, end: str, address: str) -> None:
    assert check_link(f"{address}/{name}", HERE) == LinkCheck(200, "", f"{address}/{end}")


@pytest.mark.parametrize(
    "url",
    [
        *(f"http:{{0}}/{name}" for name in ("slow", "cut", "round", "to/file:///etc/passwd", "to/ftp://a.org/")),
        *("https:{0}/no-tls", "http://127.0.0.1:{nobody}/", "https://[broken/"),
    ],
)
def test_what_goes_wrong_means_nothing(url: str, address: str) -> None:
    """No answer, a cut line, a circle, a redirect to what is not the web: unknown, and never an exception."""
    with socket.socket() as kept:  # nobody else answers at its port, and it does not either
        kept.bind(("127.0.0.1", 0))
        look = check_link(url.format(address.removeprefix("http:"), nobody=kept.getsockname()[1]), HERE)
    assert not look.is_alive and not look.is_dead


@pytest.mark.parametrize(("errno", "is_dead"), [(socket.EAI_NONAME, True), (socket.EAI_AGAIN, False)])
def test_names(errno: int, is_dead: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(errno, "no")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert check_link("https://nobody.invalid/", Politeness(WAITS.append)).is_dead is is_dead


def test_a_private_network_is_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    polite = Politeness(WAITS.append, timeout=0.5)
    for url in (f"{address}/fund", "http://169.254.169.254/latest/"):
        assert check_link(url, polite).trouble == "leads into a private network"
    assert Played.asked == []
    first = ["93.184.216.34"]  # what the first name leads to, and no other
    monkeypatch.setattr(ipaddress, "ip_address", lambda place: IPv4Address(first.pop() if first else place))
    assert check_link(f"{address}/to/{address}/fund", polite).trouble == "leads into a private network"
    assert [name for _, name, _ in Played.asked] == [f"to/{address}/fund"]


def test_one_at_a_time_to_a_host(address: str) -> None:
    looks = check_links([f"{address}/one", f"{address}/two", f"{address}/three"], HERE)
    assert [look.end for look in looks.values()] == [*looks] and [HERE.between] * 2 == WAITS
    assert [name for verb, name, _ in Played.asked if verb == "HEAD"] == ["one", "two", "three"]
