"""How much a list shows at once, and how much may be asked in an hour."""

import datetime as dt

from mutualaid.rehearsal.git_history import FileChange
from mutualaid.rehearsal.rules.rule import Refusal, nothing, rule
from mutualaid.rehearsal.world import Actor, World

PAGING = "rest/using-the-rest-api/using-pagination-in-the-rest-api"
LIMITS = "rest/using-the-rest-api/rate-limits-for-the-rest-api"
AN_HOUR, A_MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
CREATED_A_MINUTE, CREATED_AN_HOUR = 80, 500


@rule(PAGING, lambda _, asked: asked or 1_000_000)
def lists_stop_at_thirty(_: World, asked: int | None) -> int:
    """A list shows 30 at once unless more are asked for; a Link header names the next page."""
    return asked or 30


@rule(f"{PAGING}#changing-the-number-of-items-per-page", lambda _, size: size)
def pages_hold_a_hundred(_: World, size: int) -> int:
    """No page holds more than 100, whatever is asked for."""
    return min(size, 100)


@rule("rest/commits/commits#compare-two-commits", lambda _, files: files)
def comparisons_show_300_files(_: World, files: tuple[FileChange, ...]) -> tuple[FileChange, ...]:
    """A comparison lists 300 changed files and leaves the rest out, without a word and without a next page."""
    return files[:300]


def allowance(actor: Actor) -> int:
    """Return how many requests somebody has in an hour."""
    if actor.is_workflow:
        return 1000
    return 60 if actor.login is None else 5000


def asked_this_hour(world: World, actor: Actor) -> int:
    """Count the requests of the last hour by the stand-in's clock."""
    return sum(world.clock - at < AN_HOUR for at in world.asked.get(actor.name, ()))


@rule(f"{LIMITS}#primary-rate-limit-for-github_token-in-github-actions", nothing)
def requests_are_limited(world: World, actor: Actor) -> None:
    """A workflow's token has 1,000 requests an hour, a person 5,000; then 403 until the hour is over."""
    if asked_this_hour(world, actor) > allowance(actor):
        raise Refusal(403, f"API rate limit exceeded for installation ID {world.account(actor.name)}.")


@rule(f"{LIMITS}#about-secondary-rate-limits", nothing)
def creating_is_limited(world: World, actor: Actor, *, notifies: bool) -> None:
    """Requests that notify people are limited to 80 a minute and 500 an hour; then 403 with `Retry-After`."""
    if not notifies:
        return
    made = world.made.setdefault(actor.name, [])
    for limit, span in ((CREATED_A_MINUTE, A_MINUTE), (CREATED_AN_HOUR, AN_HOUR)):
        recent = [at for at in made if world.clock - at < span]
        if len(recent) >= limit:
            wait = str(int((recent[0] + span - world.clock).total_seconds()) or 1)
            sentence = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
            raise Refusal(403, sentence, headers={"Retry-After": wait})
    made.append(world.clock)
