"""The page before the yes: when a maintainer's `/preview` makes one, when it goes, and what the bot says of it.

A preview is of one text. It goes when that text changes, and when the submission is over. Where the check for details
finds something, none is made: it would be one more copy that others can take.
"""

from dataclasses import replace

from mutualaid.core.pipeline.actions import Action, Decision, DeletePreview, MakePreview, Reply
from mutualaid.core.pipeline.bot_comment import MOMENT, Header
from mutualaid.core.pipeline.commands import PREVIEW
from mutualaid.core.pipeline.context import Context
from mutualaid.core.pipeline.situation import BRANCH_OF_FORM, FormGone, Ready
from mutualaid.core.pipeline.status import OVER


def with_preview(decision: Decision, context: Context) -> Decision:
    """Return a decision together with what becomes of a preview; one that says nothing stays as it is."""
    situation, had = context.situation, context.situation.header
    answer = next((action for action in decision.actions if isinstance(action, Reply)), None)
    if answer is None:
        return decision
    header, words, more = answer.header, answer.words, list[Action]()
    why_not = _why_not(context, header)
    if had.page and (why_not or had.blob != header.blob):
        header = replace(header, page="")
        more.append(DeletePreview(situation.thread.number))
    asked = context.last(PREVIEW)
    if asked and situation.host.run and f"{asked.at:{MOMENT}}" > header.asked:
        if not why_not:
            header = replace(header, page=situation.host.run, asked=f"{asked.at:{MOMENT}}")
            more.append(MakePreview(situation.thread.number, header.path, header.blob))
        elif header.status not in OVER or f"{asked.at:{MOMENT}}" > header.since:
            words = context.say("no-preview", why=why_not) + f"\n{words}"
    if header.page:
        run = f"https://github.com/{situation.host.repository}/actions/runs/{header.page}#artifacts"
        words = context.say("preview", page=f"[The page as it would be]({run})") + f"\n{words}"
    branch = BRANCH_OF_FORM.fullmatch(situation.pull.branch) if situation.pull else None
    if isinstance(situation.outcome, FormGone) and branch and not had.status:  # what its comment said went with it
        more.append(DeletePreview(int(branch[1])))
    told = [replace(answer, header=header, words=words) if one is answer else one for one in decision.actions]
    return replace(decision, actions=(*told, *more))


def _why_not(context: Context, header: Header) -> str:
    """Return why no page may be made of what the branch holds now; '' where one may."""
    outcome = context.situation.outcome
    if not isinstance(outcome, Ready) or outcome.clashes or outcome.is_retraction:
        return "nothing"
    return "findings" if outcome.findings else "" if header.head and header.blob == outcome.blob else "nothing"
