"""Keep what is published alive, and say what waits: each list is one issue. No entry is touched."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import login
from mutualaid.adapters.links import Politeness, check_links
from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.pipeline.status import FOR_A_PERSON
from mutualaid.core.upkeep.links import TOPIC as LINKS
from mutualaid.core.upkeep.links import OutboundLink, line_is_down, link_list, outbound_links, read_memory, remember
from mutualaid.core.upkeep.review_list import TOPIC as REVIEW
from mutualaid.core.upkeep.review_list import due, never_reviewed, review_list
from mutualaid.core.upkeep.tracking_issue import Step, TrackingIssue, WantedList, own, read_tracking_issue, steps
from mutualaid.core.upkeep.waiting import digest, queue_of
from mutualaid.errors import WorldError
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.load_content import load_publishable

BACK = dt.timedelta(days=45)
"""So long ago a closed list may have been touched, to be found again."""


class PlannedList(NamedTuple):
    """How a list should read, and the steps that bring it there."""

    wanted: WantedList
    steps: tuple[Step, ...]


def plan_review_list(root: Path, client: Client | None, now: dt.datetime) -> PlannedList:
    """Plan the month's review list. Without `client` nothing is read from GitHub."""
    entries, pages = _published(root, now.date())
    found, month = _found(root, client, now), f"{now:%Y-%m}"
    here = own(found, REVIEW, month)
    repository = client.repository if client else ""
    never = never_reviewed(entries)
    wanted = review_list(due(entries, pages, month), here.body if here else "", month, repository, never)
    return PlannedList(wanted, tuple(steps(found, wanted)))


def plan_digest(root: Path, client: Client, now: dt.datetime) -> PlannedList:
    """Plan the week's issue on what waits for maintainers. It is counted by the labels that the bot gives."""
    asked = client.pages("issues", state="closed", labels=FOR_A_PERSON)
    rows = [
        (queue_of([label["name"] for label in row["labels"]], is_open=row["state"] == "open"), row)
        for row in (*client.pages("issues", state="open"), *asked)
    ]
    moments = {"open": "created_at", "closed": "updated_at"}
    waiting = [(queue, dt.datetime.fromisoformat(row[moments[row["state"]]])) for queue, row in rows if queue]
    wanted = digest(waiting, read_host(root), now)
    return PlannedList(wanted, tuple(steps(_found(root, client, now), wanted)))


def plan_link_list(
    root: Path, client: Client | None, now: dt.datetime, manners: Politeness, most: int = 2000
) -> PlannedList:
    """Look at each address outside the site, at most `most` of them, and plan the list of links.

    Raises WorldError where our own line seems to be down; then nothing is said of any link.
    """
    links = outbound_links(*_published(root, now.date()))
    found = _found(root, client, now)
    here = own(found, LINKS, "")
    before = read_memory(here.body if here else "")
    chosen = _in_turn(links, most, now)
    looks = check_links((link.url for link in chosen), manners)
    if line_is_down(looks):
        raise WorldError("So many hosts have no name that our own line must be down. No link was judged.", helps=True)
    wanted = link_list(remember(before, links, looks, now.date()), links, now.date())
    return PlannedList(wanted, tuple(steps(found, wanted)))


def carry_out(client: Client, needed: Sequence[Step]) -> None:
    for number, title, body, is_open in needed:
        state = {"state": "open"} if is_open else {"state": "closed", "state_reason": "completed"}
        if number:
            client.send("PATCH", f"issues/{number}", {"body": body, **state})
        else:
            client.send("POST", "issues", {"title": title, "body": body}, notifies=True)


def _published(root: Path, today: dt.date) -> tuple[tuple[Entry, ...], tuple[Page, ...]]:
    loaded, content = load_publishable(root, today)
    return loaded.entries, (*content.pages, *content.intros.values())


def _in_turn(links: Sequence[OutboundLink], most: int, now: dt.datetime) -> Sequence[OutboundLink]:
    """Take so many, each week from where the last one stopped."""
    if len(links) <= most:
        return links
    start = now.date().toordinal() // 7 * most % len(links)
    return [*links[start:], *links[:start]][:most]


def _found(root: Path, client: Client | None, now: dt.datetime) -> list[TrackingIssue]:
    """Return the bot's own lists as they are on GitHub, open or touched of late; nobody else's count."""
    if not client:
        return []
    bot, since = load_policy(root).bot, (now - BACK).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = (*client.pages("issues", state="open"), *client.pages("issues", state="closed", since=since))
    read = (
        read_tracking_issue(row["number"], is_open=row["state"] == "open", body=row["body"] or "")
        for row in rows
        if login(row) == bot and "pull_request" not in row
    )
    return [issue for issue in read if issue]
