"""A play on GitHub, on a test repository alone: its own workflows run the bot, and people's part is played here.

Nothing is written before it is clear that nobody's work is there, and afterwards what was opened is closed again.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.git import head_of
from mutualaid.adapters.github.client import Client, read_page
from mutualaid.adapters.github.read import GitHubReader
from mutualaid.core.content.conditional_blocks import is_open
from mutualaid.errors import Misuse, WorldError
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.rehearsal.hands import CONTRIBUTOR, MARK, STRANGER, Hands

PAUSE, LONGEST = 10, 900
"""In seconds: between two looks, and how long a step may take; a runner may be long in coming."""
VARYING = re.compile(r"#\d+|\b[0-9a-f]{7}\b")


@contextmanager
def on_github(
    root: Path, first: Client, second: Client | None, title: str, sleep: Callable[[float], object]
) -> Iterator[Hands]:
    """Lay hands on a test repository: `first` is its administrator, `second` a person without rights there.

    Raises Misuse, before anything is written, where that is no place to rehearse.
    """
    _check_place(root, first, second)
    _tidy(first)  # what a play left open would be much like what this one sends
    site = str((first.find("pages") or {}).get("html_url"))  # where there is none, the first step says so

    def line(who: str) -> Client:
        return second if second and who in (CONTRIBUTOR, STRANGER) else first

    hands = Hands(root, load_checkout(root), line, title, LONGEST // PAUSE, lambda: sleep(PAUSE))
    hands.page, hands.has_two = lambda address: read_page(site + address), second is not None
    try:
        yield hands
    finally:
        try:
            _tidy(first)
        except WorldError as error:
            left = f"what it opened in {first.repository} may be open still. Run this again, and it is closed."
            raise Misuse(f"{error} So {left}") from error


def _check_place(root: Path, first: Client, second: Client | None) -> None:
    here, host = first.repository, read_host(root)
    named, is_there = f"/{host['repository'].rstrip('/').removesuffix('.git')}", False
    with suppress(WorldError):
        is_there = GitHubReader(first).holds("main", head_of(root).commit)
    _, _, people = _survey(first)
    reasons = {
        f"content/host.yaml names {here} as the live one.": named.casefold().endswith(f"/{here.casefold()}"),
        "Nobody could ask in private for a removal, so nothing is published: fill in private_contact in "
        "content/host.yaml, commit and push that.": not is_open(host, "in private"),
        f"GITHUB_TOKEN must be that of an administrator of {here}.": not _role(first).get("admin"),
        f"The second token must be of another account, without any right in {here}.": second
        and _role(second).get("triage"),
        f"There may be people's work in {here}: {', '.join(people)}. If a rehearsal left it, give it "
        f"the label “{MARK}”.": people,
        f"The commit that is checked out here is not on main of {here}. Push it there first.": not is_there,
    }
    if said := next((reason for reason, is_so in reasons.items() if is_so), ""):
        raise Misuse(f"{said} Nothing was touched. Rehearse on a new repository that nobody works in.")


def _tidy(client: Client) -> None:
    """Close and label what plays have opened, and delete their branches. What was merged stays, as a tombstone."""
    own, branches, _ = _survey(client)
    for row in own:
        wanted = {"labels": [*_labels(row), MARK], **({"state": "closed"} if row["state"] == "open" else {})}
        if "state" in wanted or MARK not in _labels(row):
            client.send("PATCH", f"issues/{row['number']}", wanted)
    for name in branches:
        with suppress(WorldError):  # the bot may have been quicker
            client.send("DELETE", f"git/refs/heads/{name}")


def _survey(client: Client) -> tuple[list[Mapping[str, Any]], list[str], list[str]]:
    """Return what plays have opened, the bot's branches for that, and what may be people's work."""
    rows, heads = client.pages("issues", state="all"), client.pages("pulls", state="all")
    marked = {row["number"] for row in rows if MARK in _labels(row)}
    brought = {pull["number"] for pull in heads if _form_of(pull["head"]["ref"]) in marked}
    bots = {row["number"] for row in rows if (row["user"] or {}).get("type") == "Bot"}
    own = marked | brought & bots
    names = [ref["ref"].removeprefix("refs/heads/") for ref in client.get("git/matching-refs/heads/")]
    branches = [name for name in names if _form_of(name) in marked]
    others = (name for name in names if name not in branches and name != "main" and not name.startswith("dependabot/"))
    people = [f"#{row['number']}" for row in rows if row["number"] not in own | bots]
    return [row for row in rows if row["number"] in own], branches, people + [f"the branch {name}" for name in others]


def _form_of(branch: str) -> int:
    found = re.fullmatch(r"submission/(?:offline-retract-)?(\d+)", branch)
    return int(found[1]) if found else 0


def _labels(row: Mapping[str, Any]) -> list[str]:
    return [label["name"] for label in row["labels"]]


def _role(client: Client) -> Mapping[str, bool]:
    return client.get("").get("permissions") or {}


def differences(fake: Sequence[tuple[bool, str]], real: Sequence[tuple[bool, str]]) -> list[str]:
    """Name the steps that say something else than on the fake, whatever the numbers and commits are."""
    pairs = enumerate(zip(fake, real, strict=False), 1)
    odd = [
        f"step {count}: {came[1]}"
        for count, (own, came) in pairs
        if VARYING.sub("", own[1]) != VARYING.sub("", came[1])
    ]
    missing = len(fake) - len(real)
    return odd + ([f"{missing} steps could not be played."] if missing else [])


def odd_answers(fake: Mapping[str, Mapping[str, str]], real: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Say which field of the fake's answers is missing from GitHub's, or of another type; null says nothing of it."""
    odd = []
    for operation in sorted(fake.keys() & real.keys()):
        seen = real[operation]
        for place, kind in fake[operation].items():
            inside = place[: max(place.rfind("."), place.rfind("[]")) + 1]
            found = seen.get(place, "nothing" if any(name.startswith(inside) for name in seen) else kind)
            if found != kind and "NoneType" not in (found, kind):
                odd.append(f"{operation}: {place} is {found}, and {kind} in the fake.")
    return odd
