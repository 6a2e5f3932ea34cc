"""How a form's text comes to a branch and a pull request, and how the two are kept equal to the form."""

from mutualaid.core.pipeline.actions import Action, Decision, OpenPullRequest, SetStatus, WriteBranch
from mutualaid.core.pipeline.bot_comment import NEW_HEAD
from mutualaid.core.pipeline.context import Context, brought_header, told_and_labelled
from mutualaid.core.pipeline.merge_rule import is_known_head
from mutualaid.core.pipeline.pull_request_text import body_for_form, title_of
from mutualaid.core.pipeline.situation import REGULAR_FILE, PullRequest, Ready


def wants_bringing(context: Context, outcome: Ready) -> bool:
    """Whether no open pull request holds exactly the form's text, on top of what main says of that entry.

    Of what came in another way only a removal is brought again: what it leaves is right whatever the entry says now.
    """
    situation, pull = context.situation, context.situation.pull
    if not situation.by_form:
        return situation.is_offline and outcome.is_retraction and pull is not None and pull.is_overtaken is True
    return pull is None or pull.state == "closed" or pull.is_overtaken is True or not _holds(context, pull, outcome)


def brought(context: Context, outcome: Ready) -> Decision:
    """Return the decision that writes the text to its branch and opens the pull request where there is none."""
    situation, pull = context.situation, context.situation.pull
    is_open = pull is not None and pull.state == "open"
    above = pull.head if pull is not None and is_open else ""
    actions: list[Action] = [WriteBranch(situation.branch, outcome.path, outcome.text, title_of(outcome), above)]
    if not is_open:
        body = body_for_form(outcome, situation.number, context.policy)
        actions.append(OpenPullRequest(situation.branch, title_of(outcome), body))
    actions.append(SetStatus(NEW_HEAD, *context.verdict))
    status = context.review_status
    words = context.review_words(is_new=True)
    header = brought_header(context, status, outcome, context.verdict)
    reason = "Its text, its branch or the entry on main has changed." if above else "Its text is new."
    return Decision(status, (*actions, *told_and_labelled(context, header, words)), reason)


def _holds(context: Context, pull: PullRequest, outcome: Ready) -> bool:
    """Whether the head is the bot's own commit of this text, or holds one regular file with exactly its bytes.

    A correction holds only beside the entry that it started from.
    """
    if is_known_head(context.situation, pull, outcome):
        return True
    if outcome.base != context.situation.header.base:
        return False
    at_head = [(file.path, file.blob, file.mode) for file in pull.files or ()]
    return at_head == [(outcome.path, outcome.blob, REGULAR_FILE)]
