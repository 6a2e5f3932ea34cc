"""What each request does, by the name that GitHub's description gives it. `DEEDS` holds them all."""

from mutualaid.rehearsal.exchange import Deed
from mutualaid.rehearsal.operations import (
    checks,
    comments,
    contents,
    git,
    issues,
    labels,
    merging,
    people,
    pulls,
    reviews,
    settings,
    workflows,
)

_ROOMS = (issues, comments, labels, git, contents, pulls, reviews, merging, checks, people, settings, workflows)
DEEDS: dict[str, Deed] = {name: deed for room in _ROOMS for name, deed in room.DEEDS.items()}
