"""How a form's text comes to a branch and a pull request, and how the two are kept equal to the form."""

from mutualaid.core.pipeline.actions import Action, Decision, OpenPullRequest, SetStatus, WriteBranch
from mutualaid.core.pipeline.bot_comment import NEW_HEAD
from mutualaid.core.pipeline.context import PASSED, View, brought_mark, told_and_labelled
from mutualaid.core.pipeline.merge_rule import is_known_head
from mutualaid.core.pipeline.pull_request_text import body_for_form, title_of
from mutualaid.core.pipeline.situation import REGULAR_FILE, PullRequest, Ready


def wants_bringing(view: View, outcome: Ready) -> bool:
    """Whether no open pull request holds exactly the form's text."""
    pull = view.situation.pull
    return pull is None or pull.state == "closed" or not _holds(view, pull, outcome)


def brought(view: View, outcome: Ready) -> Decision:
    """Return the decision that writes the text to its branch and opens the pull request where there is none."""
    situation, pull = view.situation, view.situation.pull
    is_open = pull is not None and pull.state == "open"
    above = pull.head if pull is not None and is_open else ""
    actions: list[Action] = [WriteBranch(situation.branch, outcome.path, outcome.text, title_of(outcome), above)]
    if not is_open:
        body = body_for_form(outcome, situation.number, view.policy)
        actions.append(OpenPullRequest(situation.branch, title_of(outcome), body))
    actions.append(SetStatus(NEW_HEAD, *PASSED))
    status = view.review_status
    words = view.review_words(is_new=True)
    mark = brought_mark(view, status, outcome, PASSED)
    reason = "Its text is new." if above == "" else "Its text has changed, or somebody else has changed its branch."
    return Decision(status, (*actions, *told_and_labelled(view, mark, words)), reason)


def _holds(view: View, pull: PullRequest, outcome: Ready) -> bool:
    """Whether the head is the bot's own commit of this text, or holds one regular file with exactly its bytes.

    A correction holds only beside the entry that it started from.
    """
    if is_known_head(view.situation, pull, outcome):
        return True
    if outcome.base != view.situation.mark.base:
        return False
    at_head = [(file.path, file.blob, file.mode) for file in pull.files or ()]
    return at_head == [(outcome.path, outcome.blob, REGULAR_FILE)]
