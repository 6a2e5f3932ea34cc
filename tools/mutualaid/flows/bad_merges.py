"""What keeps the site from being published: a bad merge that stands, or nobody who can be asked for a removal."""

from pathlib import Path

from mutualaid.adapters.content_files import read_content_file
from mutualaid.adapters.github.client import Wire
from mutualaid.adapters.github.read import Reader
from mutualaid.core.content.conditional_blocks import is_open
from mutualaid.flows.gather import stopped_in, survey_open
from mutualaid.flows.load_trusted import load_policy
from mutualaid.flows.reconcile import GitHub


def takes_removals(root: Path) -> bool:
    """Whether content/host.yaml gives a private way to ask for a removal."""
    document = read_content_file(root / "content" / "host.yaml", root).document
    return document is not None and is_open(document.value, "in private")


def bad_merges(root: Path, github: GitHub) -> tuple[int, ...]:
    """Return the open issues and pull requests on which the bot says that it stopped; two requests for each hundred.

    Raises:
        WorldError: GitHub refused, so nobody knows.

    """
    reader = Reader(Wire(github.address, github.repository, github.token))
    return stopped_in(survey_open(reader), load_policy(root).bot)
