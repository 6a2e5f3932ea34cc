"""Keep what is published alive, say what waits, each list in one issue, and look at how it is all set up.

No entry is touched.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import login
from mutualaid.adapters.github.settings import read_setup
from mutualaid.adapters.links import Politeness, check_links
from mutualaid.core.content.page import Page
from mutualaid.core.entries.entry import Entry
from mutualaid.core.pipeline.status import FOR_A_PERSON
from mutualaid.core.upkeep.doctor import Diagnosis, Repository, diagnose, missing_labels
from mutualaid.core.upkeep.links import TOPIC as LINKS
from mutualaid.core.upkeep.links import OutboundLink, line_is_down, link_list, outbound_links, remember, remembered
from mutualaid.core.upkeep.review_list import TOPIC as REVIEW
from mutualaid.core.upkeep.review_list import due, never_reviewed, review_list
from mutualaid.core.upkeep.tracking_issue import TrackingIssue, own, read_tracking_issue, steps
from mutualaid.core.upkeep.waiting import digest, queue_of
from mutualaid.errors import WorldError
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.load_content import load_publishable
from mutualaid.flows.make_forms import load_forms, make_forms

BACK = dt.timedelta(days=45)
"""So long ago a closed list may have been touched, to be found again."""


Lists = Sequence[TrackingIssue]
Maker = Callable[[Path, Client | None, dt.datetime, Lists], TrackingIssue]


def plan(make: Maker, root: Path, client: Client | None, now: dt.datetime) -> tuple[TrackingIssue, Lists]:
    """Return how a list should read, and the issues to change for that. Without `client` none are read from GitHub."""
    found = _found(root, client, now)
    wanted = make(root, client, now, found)
    return wanted, tuple(steps(found, wanted))


def month_to_review(root: Path, client: Client | None, now: dt.datetime, found: Lists) -> TrackingIssue:
    entries, pages = _published(root, now.date())
    here = own(found, REVIEW, f"{now:%Y-%m}")
    listed = due(entries, pages, f"{now:%Y-%m}")
    repository = client.repository if client else ""
    return review_list(listed, here.body if here else "", f"{now:%Y-%m}", repository, never_reviewed(entries))


def week_that_waits(root: Path, client: Client | None, now: dt.datetime, _: Lists) -> TrackingIssue:
    """Return the week's digest of what waits for maintainers. It is counted by the labels that the bot gives."""
    asked = ({"state": "open"}, {"state": "closed", "labels": FOR_A_PERSON})
    there = [row for which in asked for row in client.pages("issues", **which)] if client else []
    rows = [
        (queue_of([label["name"] for label in row["labels"]], is_open=row["state"] == "open"), row) for row in there
    ]
    moments = {"open": "created_at", "closed": "updated_at"}
    waiting = [(queue, dt.datetime.fromisoformat(row[moments[row["state"]]])) for queue, row in rows if queue]
    return digest(waiting, read_host(root), now)


def links_to_look_at(
    root: Path, _: Client | None, now: dt.datetime, found: Lists, manners: Politeness, most: int = 2000
) -> TrackingIssue:
    """Look at each address outside the site, at most `most` of them, and return the list of links.

    Raises WorldError where our own line seems to be down; then nothing is said of any link.
    """
    links = outbound_links(*_published(root, now.date()))
    here = own(found, LINKS, "")
    chosen = _in_turn(links, most, now)
    looks = check_links((link.url for link in chosen), manners)
    if line_is_down(looks):
        raise WorldError("So many hosts have no name that our own line must be down. No link was judged.", helps=True)
    memory = remember(remembered(here.body if here else ""), links, looks, now.date())
    return link_list(memory, links, now.date())


def carry_out(client: Client, needed: Lists) -> None:
    for issue in needed:
        state = {"state": "open"} if issue.is_open else {"state": "closed", "state_reason": "completed"}
        if issue.number:
            client.send("PATCH", f"issues/{issue.number}", {"body": issue.body, **state})
        else:
            client.send("POST", "issues", {"title": issue.title, "body": issue.body}, notifies=True)


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
        read_tracking_issue(row["number"], row["title"], row["body"] or "", is_open=row["state"] == "open")
        for row in rows
        if login(row) == bot and "pull_request" not in row
    )
    return [issue for issue in read if issue]


def diagnosis_of(root: Path, client: Client, now: dt.datetime) -> tuple[Diagnosis, ...]:
    """Return every finding. Raises WorldError where the repository cannot be reached."""
    answers = read_setup(client)
    answers["host"] = read_host(root)
    answers["empty facts"] = [name for name, value in answers["host"].items() if not value and name != "post"]
    answers["odd forms"] = make_forms(root, writes=False)
    return diagnose(Repository(answers["about"]["full_name"], answers, _kinds(root), load_policy(root), now))


def make_labels(root: Path, client: Client) -> list[str]:
    """Make each label that is missing, and return them. Raises WorldError where the token may not."""
    missing = missing_labels(client.pages("labels"), _kinds(root))
    for name in missing:
        client.send("POST", "labels", {"name": name})
    return missing


def _kinds(root: Path) -> list[str]:
    return [form.name for form, _ in load_forms(root)]
