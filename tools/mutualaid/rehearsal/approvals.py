"""Attacks on the approval: bytes that change after it, and yeses that are none."""

from mutualaid.rehearsal.hands import CONTRIBUTOR, STRANGER, must, short
from mutualaid.rehearsal.stage import HELPER, SORTER, Stage
from mutualaid.rehearsal.story import Tale, edited

OTHER = "A hostile title"


def changed_form(stage: Stage) -> str:
    """A form is edited after a maintainer approved it."""
    return edited(stage, Tale(stage.github.clock)).removeprefix("The bot ")


def late_push(stage: Stage) -> str:
    """Other bytes are pushed to the branch in the last moment before the merge."""
    number, pull = stage.brought()
    hostile = _hostile(stage, pull)
    stage.approve(pull)
    approved = stage.head(pull)
    stage.github.just_before("pulls/merge", lambda: stage.github.push(HELPER, f"submission/{number}", hostile))
    stage.look(number)
    answered = [status for verb, target, status in stage.github.log if verb == "PUT" and target.endswith("/merge")]
    must(answered == [409], f"GitHub was asked to merge and answered {answered}; it must answer 409, once.")
    _must_be_put_back(stage, number, hostile)
    return f"asked for {short(approved)} alone, so GitHub refused (409); then it put the form's text back."


def mixed_text(stage: Stage) -> str:
    """A maintainer approves one text, and main has changed another line of it since."""
    ((path, had),) = stage.entry().items()
    stage.change_main({path: had})
    pull = stage.from_fork({path: had.replace("By hand", OTHER, 1)})
    stage.change_main({path: had.replace("On “By hand”", "Another source")})
    stage.approve(pull)
    stage.look_again(pull)
    stage.must_be(pull, "needs-fix")
    return (
        "saw that main has changed this file since the branch began, and asked to have the branch brought up to date."
    )


def pushed_branch(stage: Stage) -> str:
    """Somebody changes the bot's branch, and a maintainer approves that unread."""
    number, pull = stage.brought()
    hostile = _hostile(stage, pull)
    stage.github.push(HELPER, f"submission/{number}", {**hostile, "Makefile": "all:\n\ttrue\n"})
    stage.approve(pull)
    pushed = stage.head(pull)
    stage.look()
    stage.look()
    must(stage.head(pull) != pushed, "The pull request is still at the commit that was pushed.")
    _must_be_put_back(stage, number, hostile)
    return f"saw that {short(pushed)} is not the form's text, and put that back; it waits for an approval."


def no_review(stage: Stage) -> str:
    """A yes by label, by comment, by people who may not, and for an older commit."""
    number, pull = stage.brought(title="A list of doubts", summary="It is about doubts, and about nothing more.")
    older = stage.head(pull)
    stage.github.edit_issue(CONTRIBUTOR, number, body=stage.form("A longer list"))
    stage.look(number)
    github = stage.github
    shown = sorted({label["name"] for label in stage.issue(number)["labels"]} | {"status: approved"})
    github.call(stage.maintainer, "issues/update", {"issue_number": number}, labels=shown)
    github.comment(stage.maintainer, number, "/approve\n\nLGTM, approved.")
    github.review(stage.maintainer, pull, "COMMENT", body="APPROVED")
    for login in (STRANGER, SORTER):
        stage.approve(pull, login)
    stage.approve(pull, commit=older)
    stage.look_again(number)
    stage.must_be(number, "in-review")
    return "put its own label back; no review by a permitted person names the head, so the form waits."


def own_approval(stage: Stage) -> str:
    """A maintainer approves their own form; a former maintainer approves it too."""
    if stage.checkout.policy.sole_maintainer:
        return "tried nothing, because schemas/policy.yaml allows this (sole_maintainer)."
    number, pull = stage.brought(stage.maintainer)
    stage.approve(pull)
    stage.approve(pull, HELPER)
    stage.github.permit(HELPER, "read")
    stage.look_again(number)
    stage.must_be(number, "in-review")
    return "read the rights anew: one approval is the contributor's own, the other by somebody who may no more."


def planted_marker(stage: Stage) -> str:
    """A stranger copies the bot's hidden mark and claims “published”."""
    first, _ = stage.brought()
    planted = stage.said(first).replace("status=in-review", "status=published")
    number = stage.offer(STRANGER, title="Another list")
    stage.github.comment(STRANGER, number, planted)
    stage.look_again(number)
    every = stage.github.call(STRANGER, "issues/list-comments", {"issue_number": number})
    kept = [one["body"] for one in every if one["user"]["login"] == STRANGER]
    must(kept == [planted], "The bot took the stranger's comment for its own, and wrote into it.")
    must(stage.said(number), "The bot has not answered: it took the stranger's comment for its own.")
    found = stage.must_be(number, "in-review", "duplicate?")
    return f"left that comment alone, and answered in its own: #{number} is “{found}” and waits for a maintainer."


def _hostile(stage: Stage, pull: int) -> dict[str, str]:
    (file,) = stage.github.call(STRANGER, "pulls/list-files", {"pull_number": pull})
    return stage.entry(OTHER, file["filename"].rpartition("/")[2].removesuffix(".yaml"))


def _must_be_put_back(stage: Stage, number: int, hostile: dict[str, str]) -> None:
    held = [stage.github.read(path, f"submission/{number}") or "" for path in hostile]
    must(not any(OTHER in text for text in held), "The branch still holds what was pushed.")
