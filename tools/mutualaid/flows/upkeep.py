"""Keep what is published alive: the month's review list and the list of links, each one issue. No entry is touched."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import login
from mutualaid.adapters.links import Politeness, check_links
from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.upkeep.links import LinkCheck, OutboundLink, line_is_down, outbound_links, read_memory, remember
from mutualaid.core.upkeep.links_report import TOPIC as LINKS
from mutualaid.core.upkeep.links_report import link_list
from mutualaid.core.upkeep.review_list import TOPIC as REVIEW
from mutualaid.core.upkeep.review_list import due, review_list
from mutualaid.core.upkeep.tracking_issue import Step, TrackingIssue, WantedList, own, read_tracking_issue, steps
from mutualaid.errors import NotPublishable, WorldError
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import load_entries
from mutualaid.flows.load_trusted import load_policy
from mutualaid.flows.reconcile import GitHub

BACK = dt.timedelta(days=45)
"""So long ago a closed list may have been touched, to be found again."""


@dataclass(frozen=True, slots=True)
class UpdatedList:
    """How a list should read, and the steps that were taken for it (would be, in a dry run)."""

    wanted: WantedList
    steps: tuple[Step, ...]


def update_review_list(root: Path, github: GitHub | None, now: dt.datetime, *, dry_run: bool = False) -> UpdatedList:
    """Bring the month's review list up to date. Without `github` nothing is read or written there."""
    entries, pages = _published(root, now.date())
    desk, month = _TrackingIssues(root, github, now), f"{now:%Y-%m}"
    here = own(desk.found, REVIEW, month)
    repository = github.repository if github else ""
    wanted = review_list(due(entries, pages, month), here.body if here else "", month, repository)
    return desk.settle(wanted, dry_run=dry_run)


def update_link_list(
    root: Path,
    github: GitHub | None,
    now: dt.datetime,
    manners: Politeness,
    *,
    most: int,
    dry_run: bool = False,
    looking: Callable[[Sequence[OutboundLink], Politeness], Mapping[str, LinkCheck]] | None = None,
) -> UpdatedList:
    """Look at each address outside the site, at most `most` of them, and bring the list of links up to date.

    Raises:
        WorldError: our own line seems to be down; then nothing is said of any link.

    """
    links = outbound_links(*_published(root, now.date()))
    desk = _TrackingIssues(root, github, now)
    here = own(desk.found, LINKS, "")
    before = read_memory(here.body if here else "")
    chosen = _in_turn(links, most, now)
    looks = looking(chosen, manners) if looking else check_links((link.url for link in chosen), manners)
    if line_is_down(looks):
        raise WorldError("So many hosts have no name that our own line must be down. No link was judged.", helps=True)
    wanted = link_list(remember(before, links, looks, now.date()), links, now.date())
    return desk.settle(wanted, dry_run=dry_run)


def _published(root: Path, today: dt.date) -> tuple[tuple[Entry, ...], tuple[Page, ...]]:
    loaded, content = load_entries(root, today), load_content(root).content
    if content is None or not loaded.is_publishable:
        raise NotPublishable("Entries or pages have problems. Run mutualaid check and mend them first.")
    return loaded.entries, (*content.pages, *content.intros.values())


def _in_turn(links: Sequence[OutboundLink], most: int, now: dt.datetime) -> Sequence[OutboundLink]:
    """Take so many, each week from where the last one stopped."""
    if len(links) <= most:
        return links
    start = now.date().toordinal() // 7 * most % len(links)
    return [*links[start:], *links[:start]][:most]


class _TrackingIssues:
    """The bot's own lists as they are on GitHub, open or touched of late, and the way to change them.

    A list's first line in anybody else's issue counts for nothing.
    """

    def __init__(self, root: Path, github: GitHub | None, now: dt.datetime) -> None:
        self.found: list[TrackingIssue] = []
        self._client = Client(github.address, github.repository, github.token) if github else None
        if self._client:
            bot, since = load_policy(root).bot, (now - BACK).strftime("%Y-%m-%dT%H:%M:%SZ")
            closed = self._client.pages("issues", state="closed", since=since)
            for row in (*self._client.pages("issues", state="open"), *closed):
                issue = read_tracking_issue(row["number"], is_open=row["state"] == "open", body=row["body"] or "")
                if issue and login(row) == bot and "pull_request" not in row:
                    self.found.append(issue)

    def settle(self, wanted: WantedList, *, dry_run: bool) -> UpdatedList:
        needed = tuple(steps(self.found, wanted))
        if self._client and not dry_run:
            for number, title, body, is_open in needed:
                state = {"state": "open"} if is_open else {"state": "closed", "state_reason": "completed"}
                if number:
                    self._client.send("PATCH", f"issues/{number}", {"body": body, **state})
                else:
                    self._client.send("POST", "issues", {"title": title, "body": body}, notifies=True)
        return UpdatedList(wanted, needed)
