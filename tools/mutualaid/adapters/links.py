"""The web beyond: one address looked at, politely. Judges nothing; whatever goes wrong comes back as a word.

HEAD first, then GET where HEAD is refused or the page's title is wanted. At most `MOST_BYTES` are read and nothing is
kept. Addresses that lead into a private network are not asked, so that no entry can make the house look into one.
"""

import contextlib
import html
import http.client
import ipaddress
import re
import socket
import ssl
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from mutualaid.core.upkeep.links import NO_SUCH_HOST, LinkCheck, host_of

AGENT = "MutualAidAtWork-LinkCheck/1.0 (weekly; looks whether links still open)"
MOST_BYTES = 64 * 1024
HOSTS_AT_A_TIME = 6
TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
REFUSED_HEAD = 400


@dataclass(frozen=True, slots=True)
class Politeness:
    """How to look: seconds to wait for an answer, seconds between two looks at one host, and how to wait them."""

    pause: Callable[[float], None]
    between: float = 2.0
    timeout: float = 20.0
    agent: str = AGENT
    only_public: bool = True


def check_links(urls: Iterable[str], manners: Politeness) -> dict[str, LinkCheck]:
    """Check each address: several hosts at a time, each host's one after the other."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[host_of(url)].append(url)

    def look_at_host(own: list[str]) -> dict[str, LinkCheck]:
        found = {}
        for place, url in enumerate(own):
            if place:
                manners.pause(manners.between)
            found[url] = check_link(url, manners)
        return found

    with ThreadPoolExecutor(HOSTS_AT_A_TIME) as pool:
        every = list(pool.map(look_at_host, by_host.values()))
    return {url: look for found in every for url, look in found.items()}


def check_link(url: str, manners: Politeness) -> LinkCheck:
    """Check one address. Never raises for what the other side does."""
    first = _ask("HEAD", url, manners)
    if not first.status or (first.status < REFUSED_HEAD and not first.title):
        return first
    return _ask("GET", url, manners)


def _ask(verb: str, url: str, manners: Politeness) -> LinkCheck:
    try:
        request = urllib.request.Request(  # noqa: S310 - the opener below knows http and https alone
            quote(url, safe="%/:=&?~#+!$,;'@()*[]"), method=verb, headers={"User-Agent": manners.agent, "Accept": "*/*"}
        )
        _hold_public(request.full_url, manners)
        with _opener(manners).open(request, timeout=manners.timeout) as answer:
            return LinkCheck(answer.status, "", answer.url, _title(verb, answer))
    except urllib.error.HTTPError as error:
        with error:
            return LinkCheck(error.code, "", error.url or url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return LinkCheck(0, _trouble(error), url)


def _title(verb: str, answer: Any) -> str:
    """Return a page's title; for HEAD, a word that says that there may be one."""
    if "html" not in answer.headers.get("Content-Type", "").lower():
        return ""
    if verb == "HEAD":
        return "?"
    with contextlib.suppress(OSError, http.client.HTTPException):
        text = answer.read(MOST_BYTES).decode(answer.headers.get_content_charset() or "utf-8", "replace")
        match = TITLE.search(text)
        return " ".join(html.unescape(match[1]).split())[:300] if match else ""
    return ""


def _trouble(error: Exception) -> str:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, socket.gaierror):
        return NO_SUCH_HOST if reason.errno in NO_NAME else "the name could not be looked up"
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, ssl.SSLError):
        return "trouble with its certificate"
    if isinstance(reason, _Private):
        return "leads into a private network"
    return "the line broke"


class _Private(OSError):
    """An address in a private network."""


def _hold_public(url: str, manners: Politeness) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise _Private
    if manners.only_public:
        for *_, place in socket.getaddrinfo(parts.hostname or "", parts.port or parts.scheme, type=socket.SOCK_STREAM):
            if not ipaddress.ip_address(place[0]).is_global:
                raise _Private


def _opener(manners: Politeness) -> urllib.request.OpenerDirector:
    """Make what opens http and https, follows redirects to them, and knows nothing else."""

    class Redirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(
            self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
        ) -> urllib.request.Request | None:
            _hold_public(newurl, manners)
            made = super().redirect_request(req, fp, code, msg, headers, newurl)
            if made is not None:
                made.method = req.get_method()
            return made

    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
