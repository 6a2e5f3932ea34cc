"""The web beyond: one address looked at, politely. Judges nothing; whatever goes wrong comes back as a word.

HEAD first, then GET where HEAD is refused; no page's text is read. Addresses that lead into a private network are not
asked, so that no entry can make us look into one: redirects are followed one by one, each after the same question.
"""

import ipaddress
import socket
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

import requests

from mutualaid.core.upkeep.links import NO_SUCH_HOST, LinkCheck, host_of

AGENT = "MutualAidAtWork-LinkCheck/1.0 (weekly; looks whether links still open)"
MOST_REDIRECTS = 10
HOSTS_AT_A_TIME = 6
NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Politeness(NamedTuple):
    """How to look: seconds to wait for an answer, seconds between two looks at one host, and how to wait them."""

    pause: Callable[[float], None]
    between: float = 2.0
    timeout: float = 20.0
    only_public: bool = True


class _Private(OSError):
    """An address in a private network."""


TROUBLES = (
    (requests.Timeout, "no answer in time"),
    (requests.exceptions.SSLError, "trouble with its certificate"),
    (_Private, "leads into a private network"),
    (socket.gaierror, "the name could not be looked up"),
)


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
    try:
        first = _ask("HEAD", url, manners)
        return first if first.status < HTTPStatus.BAD_REQUEST else _ask("GET", url, manners)
    except (OSError, ValueError) as error:
        if isinstance(error, socket.gaierror) and error.errno in NO_NAME:
            return LinkCheck(0, NO_SUCH_HOST, url)
        return LinkCheck(0, next((said for kind, said in TROUBLES if isinstance(error, kind)), "the line broke"), url)


def _ask(verb: str, url: str, manners: Politeness) -> LinkCheck:
    with requests.Session() as session:
        session.trust_env = False  # or a name and password from this machine's .netrc might go along
        asked = session.prepare_request(requests.Request(verb, url, headers={"User-Agent": AGENT}))
        for _ in range(MOST_REDIRECTS):
            _hold_public(asked.url or "", manners)
            with session.send(asked, timeout=manners.timeout, stream=True, allow_redirects=False) as answer:
                if answer.next is None:
                    return LinkCheck(answer.status_code, "", answer.url)
                asked = answer.next
    raise requests.TooManyRedirects


def _hold_public(url: str, manners: Politeness) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise _Private
    if manners.only_public:
        for *_, place in socket.getaddrinfo(parts.hostname or "", parts.port or parts.scheme, type=socket.SOCK_STREAM):
            if not ipaddress.ip_address(place[0]).is_global:
                raise _Private
