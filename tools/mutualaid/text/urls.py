"""Addresses on the site, and the relative links between them, which work on a server and from a disk alike."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import takewhile

Linker = Callable[[str], str]


def file_of(address: str) -> str:
    """Return the output file of an address: `/safety/` lies in `safety/index.html`."""
    inside = address.lstrip("/")
    return f"{inside}index.html" if not inside or inside.endswith("/") else inside


def linker_from(address: str, instead: Mapping[str, str] | None = None) -> Linker:
    """Return a function that turns addresses into links relative to the page at `address`.

    A link to an address that is a key of `instead` leads to its value.
    """
    here = file_of(address).split("/")[:-1]

    def to(target: str) -> str:
        if not target.startswith("/"):
            return target
        place, mark, fragment = target.partition("#")
        place = (instead or {}).get(place, place)
        if place == address and fragment:
            return f"#{fragment}"
        there = file_of(place).split("/")
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there[:-1], strict=False)))
        return "../" * (len(here) - shared) + "/".join(there[shared:]) + mark + fragment

    return cache(to)


def linker_from_root(base: str) -> Linker:
    """Return a function that links from a page served at any depth, below `base`, such as `/` or `/project/`."""
    return lambda target: base.rstrip("/") + target if target.startswith("/") else target
