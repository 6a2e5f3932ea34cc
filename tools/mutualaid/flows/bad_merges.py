"""What is asked before the site is built: a private way for removals, no bad merge, and when all was looked at last.

A bad merge means that main holds what nobody approved, so nothing may be published from it.
"""

import datetime as dt
from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import GitHubReader
from mutualaid.adapters.github.settings import read_last_sweep
from mutualaid.core.content.conditional_blocks import is_open
from mutualaid.flows.gather import stopped_in, survey_open
from mutualaid.flows.load_checkout import load_policy


def takes_removals(root: Path) -> bool:
    """Whether content/host.yaml gives a private way to ask for a removal."""
    return is_open(read_host(root), "in private")


def bad_merges(root: Path, client: Client) -> tuple[int, ...]:
    """Return the open issues and pull requests on which the bot says that it stopped; two requests for each hundred.

    Raises WorldError where GitHub refused, so that nobody knows.

    """
    return stopped_in(survey_open(GitHubReader(client)), load_policy(root).bot)


def last_sweep(client: Client) -> dt.date | None:
    """Return the day of the last sweep that ended well; None where there was none, or this token may not see it."""
    found = read_last_sweep(client)
    return found.date() if isinstance(found, dt.datetime) else None
