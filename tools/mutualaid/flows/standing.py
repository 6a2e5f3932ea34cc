"""What is asked before the site is built: whether a bad merge stands, and when everything was looked at last.

A bad merge means that main holds what nobody approved, so nothing may be published from it.
"""

import datetime as dt
from pathlib import Path

from mutualaid.adapters.github.reader import Reader
from mutualaid.adapters.github.settings import read_last_sweep
from mutualaid.adapters.github.wire import Wire
from mutualaid.flows.load_house import load_policy
from mutualaid.flows.reconcile import GitHub
from mutualaid.flows.survey import stopped_in, survey_open


def bad_merges(root: Path, github: GitHub) -> tuple[int, ...]:
    """Return the open issues and pull requests on which the bot says that it stopped; two requests for each hundred.

    Raises:
        WorldError: GitHub refused, so nobody knows.

    """
    reader = Reader(Wire(github.address, github.repository, github.token))
    return stopped_in(survey_open(reader), load_policy(root).bot)


def last_sweep(github: GitHub) -> dt.date | None:
    """Return the day of the last sweep that ended well; None where there was none, or this token may not see it."""
    found = read_last_sweep(Wire(github.address, github.repository, github.token))
    return found.date() if isinstance(found, dt.datetime) else None
