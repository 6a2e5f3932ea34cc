"""What to say of a command that changed nothing: above all else in the bot's comment, until somebody says another.

Only the latest one is answered, and only its contributor and maintainers are: nobody else can make the bot speak.
"""

from mutualaid.core.pipeline.bot_comment import MOMENT, Header
from mutualaid.core.pipeline.commands import OF_MAINTAINERS, Command, last_said, may_say
from mutualaid.core.pipeline.policy import Policy, is_same
from mutualaid.core.pipeline.replies import reply
from mutualaid.core.pipeline.situation import OnlyForPeople, Situation
from mutualaid.core.pipeline.status import OVER, SubmissionStatus

TOO_LATE = "too-late"
TAKEN_BACK = ("withdraw", "retract", "no-credit")


def ignored_command(situation: Situation, policy: Policy, header: Header) -> tuple[str, bool]:
    """Return what to say of the latest command beside a comment with this header; '' where it is done or will be.

    And whether a maintainer has to do what the command could not.
    """
    said, status = last_said(situation, policy), SubmissionStatus(header.status)
    if said is None or status in (SubmissionStatus.STOPPED, SubmissionStatus.RETRACTED):
        return "", False
    is_late = status in OVER and f"{said.at:{MOMENT}}" > header.since
    why = _why(said, situation, policy, status, is_late=is_late)
    if not why:
        return "", False
    words = reply(
        why,
        situation,
        word=said.word,
        typed=said.typed,
        waits=may_be_taken_back(situation, policy),
        is_published=status is SubmissionStatus.PUBLISHED,
    )
    return words, why == TOO_LATE


def may_be_taken_back(situation: Situation, policy: Policy) -> bool:
    """Whether the latest word looks as if its contributor meant /withdraw: then an approval has to wait."""
    said = last_said(situation, policy)
    if said is None or said.word != "withdraw" or not said.typed:
        return False
    return is_same(said.author, situation.thread.author)


def _why(said: Command, situation: Situation, policy: Policy, status: SubmissionStatus, *, is_late: bool) -> str:
    """Return the name of the message about a command that changes nothing; '' for one that does."""
    may, word, is_published = may_say(said, situation, policy), said.word, status is SubmissionStatus.PUBLISHED
    wants_it_back = is_same(said.author, situation.thread.author) and word in TAKEN_BACK
    ends_it = word == "hold" or (word in ("decline", "duplicate") and status is not SubmissionStatus.DECLINED)
    reasons = (
        (TOO_LATE, is_published and is_late and wants_it_back and not (may and word == "retract")),
        ("not-a-maintainer", not may and word in OF_MAINTAINERS),
        ("not-the-contributor", not may),
        ("not-sure", said.typed),
        ("for-people", isinstance(situation.outcome, OnlyForPeople)),
        ("nothing-published", word == "retract" and not is_published),
        ("own-file", word == "no-credit" and not situation.by_form),
        ("over", is_late and ends_it),
    )
    return next((name for name, holds in reasons if holds), "")
