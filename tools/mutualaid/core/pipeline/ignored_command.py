"""What to say of a command that changed nothing: above all else in the bot's comment, until somebody says another.

Only the latest one is answered, and only its contributor and maintainers are: nobody else can make the bot speak.
"""

from dataclasses import dataclass

from mutualaid.core.pipeline.bot_comment import MOMENT, Header
from mutualaid.core.pipeline.commands import OF_CONTRIBUTORS, OF_MAINTAINERS, Command, last_said, may_say
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.situation import Host, OnlyForPeople, Situation
from mutualaid.core.pipeline.status import SubmissionStatus

CURE = {
    "withdraw": "take it away",
    "retract": "take it away",
    "no-credit": "take the name off",
}


WAITS = " If you don't, write `/recheck`. Until then I publish nothing."


@dataclass(frozen=True, slots=True)
class IgnoredCommand:
    """What to say, and whether a maintainer has to do what the command could not."""

    words: str
    needs_a_person: bool = False


def ignored_command(situation: Situation, policy: Policy, header: Header) -> IgnoredCommand | None:
    """Return what to say of the latest command beside a comment with this header; None where it is done or will be."""
    said, status = last_said(situation, policy), SubmissionStatus(header.status)
    if said is None or status in (SubmissionStatus.STOPPED, SubmissionStatus.RETRACTED):
        return None
    may = may_say(said, situation, policy)
    is_late = status.is_over and f"{said.at:{MOMENT}}" > header.since
    wants_it_back = is_same(said.author, situation.contributor) and said.word in CURE
    if status is SubmissionStatus.PUBLISHED and is_late and wants_it_back and not (may and said.word == "retract"):
        return IgnoredCommand(_too_late(said.word, situation.host), needs_a_person=True)
    if not may:
        return IgnoredCommand(f"**`/{said.word}` changed nothing, because {_not_theirs(said.word)}.")
    if said.typed:
        return IgnoredCommand(
            f"**`/{said.typed}` changed nothing, because I am not sure that you mean it.** If you do, write "
            f"`/{said.word}` in a comment, on a line by itself.{WAITS if may_be_taken_back(situation, policy) else ''}"
        )
    why = _why_not(said, situation, status, is_late=is_late)
    return IgnoredCommand(f"**`/{said.word}` changed nothing, because {why}") if why else None


def may_be_taken_back(situation: Situation, policy: Policy) -> bool:
    """Whether the latest word looks as if its contributor meant /withdraw: then an approval has to wait."""
    said = last_said(situation, policy)
    if said is None or said.word != "withdraw" or not said.typed:
        return False
    return is_same(said.author, situation.contributor)


def _why_not(said: Command, situation: Situation, status: SubmissionStatus, *, is_late: bool) -> str:
    if isinstance(situation.outcome, OnlyForPeople):
        return "a person answers a form of this kind.** To end it, close it with the button below."
    if said.word == "retract" and status is not SubmissionStatus.PUBLISHED:
        return "none of this is published.** `/decline` ends it."
    if said.word == "no-credit" and not situation.by_form:
        return "I don't change your files.** Take `credit` out of it on your branch."
    is_moot = said.word == "hold" or (said.word in ("decline", "duplicate") and status is not SubmissionStatus.DECLINED)
    if is_late and is_moot:
        cure = (
            "`/retract` takes it off the site."
            if status is SubmissionStatus.PUBLISHED
            else "Its label says how it ended."
        )
        return f"this is over already.** {cure}"
    return ""


def _not_theirs(word: str) -> str:
    if word in OF_MAINTAINERS:
        return f"only maintainers can use it.** You can use {_listed(OF_CONTRIBUTORS)}"
    return f"only whoever sent this in can use it.** A maintainer can use {_listed(OF_MAINTAINERS)}"


def _too_late(word: str, host: Host) -> str:
    time = f"within {host.takedown_within}" if host.takedown_within else "as soon as they can; no time is promised yet"
    done = "take `credit` out of its file" if word == "no-credit" else "`/retract` takes it away"
    return (
        f"**`/{word}` came after this was published, so a maintainer has to {CURE[word]}.** They do so {time}, and "
        "you don't have to give a reason. “Ask for removal” on the site says whether there's a private way to ask, "
        f"too. For maintainers: {done}; `/resume` says that it's done."
    )


def _listed(words: tuple[str, ...]) -> str:
    *first, last = (f"`/{word}`" for word in words)
    return f"{', '.join(first)} and {last}"
