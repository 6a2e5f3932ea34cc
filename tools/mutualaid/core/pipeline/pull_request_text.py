"""The words of a pull request that the bot opens: they are written once and never changed."""

import re

from mutualaid.core.pipeline.bot_comment import Header
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.situation import PullRequest, Ready

JUDGEMENT = (
    "Is it safe for the people in it, named or not? Could the details around them give somebody away?",
    "Is it useful to somebody with ten minutes?",
    "Does it fit mutual aid: people helping each other, rather than charity or an employer's program?",
    "Whose voice is missing, and does it claim to speak for anybody?",
    "Do its sources say what it says? Is anything copied that may not be?",
    "Would a hard topic call for a content note?",
)


HOW = (
    "**Approve** this pull request, as a review, and it's published by itself. If it's edited after that, it has to be "
    "approved again. Other words, in a comment there, on a line by itself: `/hold reason`, `/resume`, `/decline "
    "reason`, `/decline spam`, `/duplicate` and a number."
)


def title_of(outcome: Ready) -> str:
    """Return the title of the pull request and of its one commit on main; it names no person."""
    if outcome.is_retraction:
        return f"Take away {outcome.kind} entry"
    return f"{'Correct' if outcome.is_correction else 'Add'} {outcome.address.strip('/')}"


def path_known(header: Header, pull: PullRequest | None, policy: Policy, kinds: tuple[str, ...]) -> str:
    """Return the file that a submission was given: from the bot's header, or else from its pull request.

    That tells it by its title, or, once a person has merged it, by the one file that it changed.
    """
    if header.path or pull is None:
        return header.path
    match = _TITLE.fullmatch(pull.title)
    path = policy.path_of(match[1], match[2]) if match else ""
    if not path and pull.is_merged and pull.files and len(pull.files) == 1:
        path = pull.files[0].path
    return path if policy.entry_at(path, kinds) else ""


_TITLE = re.compile(r"(?:Add|Correct) ([a-z0-9-]+)/([a-z0-9-]+)")


def body_for_form(outcome: Ready, issue: int, policy: Policy) -> str:
    """Return the body of the pull request of a form."""
    return _body(
        f"From #{issue}. What is said about it, and how far it has come, is there; this text never changes.",
        outcome,
        policy,
    )


def body_for_offline(policy: Policy) -> str:
    """Return the body of the pull request of a branch that somebody pushed for a person without an account."""
    first = (
        "It adds, changes or takes away an entry, for somebody without an account or because a maintainer asked. What "
        "I found in it, and how far it has come, is in my comment."
    )
    return _body(first, None, policy)


def _body(first: str, outcome: Ready | None, policy: Policy) -> str:
    file = f"It changes exactly one file: `{outcome.path}`." if outcome else "It changes exactly one file, an entry."
    who = "You can approve it alone (`sole_maintainer` is set)." if policy.sole_maintainer else ""
    return "\n\n".join(
        part
        for part in (
            first,
            file,
            HOW,
            "Before you approve:\n\n" + "\n".join(f"- [ ] {question}" for question in JUDGEMENT),
            who,
        )
        if part
    )
