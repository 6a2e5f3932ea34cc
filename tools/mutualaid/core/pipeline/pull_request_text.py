"""The title of a pull request that the bot opens, and the file that it tells of."""

import re

from mutualaid.core.pipeline.bot_comment import Header
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.situation import PullRequest, Ready

_TITLE = re.compile(r"(?:Add|Correct) ([a-z0-9-]+)/([a-z0-9-]+)")


def title_of(outcome: Ready) -> str:
    """Return the title of the pull request and of its one commit on main; it names no person."""
    if outcome.is_retraction:
        return f"Take away {outcome.kind} entry"
    return f"{'Correct' if outcome.is_correction else 'Add'} {outcome.address.strip('/')}"


def path_known(header: Header, pull: PullRequest | None, policy: Policy) -> str:
    """Return the file that a submission was given: from the bot's header, or else from its pull request.

    That tells it by its title, or, once a person has merged it, by the one file that it changed.
    """
    if header.path or pull is None:
        return header.path
    match = _TITLE.fullmatch(pull.title)
    path = policy.path_of(match[1], match[2]) if match else ""
    if not path and pull.is_merged and pull.files and len(pull.files) == 1:
        path = pull.files[0].path
    return path if policy.entry_at(path) else ""
