"""Whether a bad merge stands: main then holds what nobody approved, and nothing may be published from it."""

from pathlib import Path

from mutualaid.adapters.github.client import Wire
from mutualaid.adapters.github.read import Reader
from mutualaid.flows.gather import stopped_in, survey_open
from mutualaid.flows.load_trusted import load_policy
from mutualaid.flows.reconcile import GitHub


def bad_merges(root: Path, github: GitHub) -> tuple[int, ...]:
    """Return the open issues and pull requests on which the bot says that it stopped; two requests for each hundred.

    Raises:
        WorldError: GitHub refused, so nobody knows.

    """
    reader = Reader(Wire(github.address, github.repository, github.token))
    return stopped_in(survey_open(reader), load_policy(root).bot)
