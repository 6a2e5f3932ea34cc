"""Attacks on the approval: bytes that change after it, and yeses that are none."""

from mutualaid.rehearsal.plays.attack import Attack
from mutualaid.rehearsal.plays.stage import CONTRIBUTOR, HELPER, SORTER, STRANGER, Stage, must, short

OTHER = "A hostile title"


def changed_form(stage: Stage) -> str:
    """The contributor edits the form once it is approved."""
    number, pull = stage.in_review()
    stage.approve(pull)
    before = stage.head(pull)
    stage.github.edit_issue(CONTRIBUTOR, number, body=stage.texts.form(OTHER))
    stage.look(number)
    stage.look()
    after = stage.head(pull)
    must(after != before, "The pull request still holds the old text, which is not the form's any more.")
    must(
        stage.status_of(number) == "in-review", f"The form is “{stage.status_of(number)}”; it must be in review again."
    )
    return f"put the new text at {short(after)}; the approval was for {short(before)} and counts no more."


def late_push(stage: Stage) -> str:
    """Somebody who may write pushes other bytes at the last moment before the merge."""
    number, pull = stage.in_review()
    path, branch = _file_of(stage, pull), f"submission/{number}"
    stage.approve(pull)
    approved = stage.head(pull)

    def push() -> None:
        stage.github.push(HELPER, branch, {path: stage.texts.file(OTHER, _slug(path))})

    stage.github.just_before("pulls/merge", push)
    stage.look(number)
    answered = [status for verb, target, status in stage.github.log if verb == "PUT" and target.endswith("/merge")]
    must(answered == [409], f"GitHub was asked to merge and answered {answered}; it must answer 409, once.")
    must(OTHER not in (stage.github.read(path, branch) or ""), "The branch still holds what was pushed.")
    return f"asked for {short(approved)} alone, so GitHub refused (409); then it put the form's text back."


def mixed_text(stage: Stage) -> str:
    """Main changes the same entry in another line, so that a merge would make a third text of the two."""
    path = f"submissions/{stage.texts.kind}/by-hand.yaml"
    had = stage.texts.file("By hand", "by-hand")
    stage.change_main({path: had})
    pull = stage.from_fork({path: had.replace("By hand", OTHER, 1)}, "mine")
    stage.change_main({path: had.replace("On “By hand”", "Another source")})
    stage.approve(pull)
    stage.look(pull)
    stage.look()
    found = stage.status_of(pull)
    must(found == "needs-fix", f"#{pull} is “{found}”; it must be brought up to date first.")
    return (
        "saw that main has changed this file since the branch began, and asked to have the branch brought up to date."
    )


def pushed_branch(stage: Stage) -> str:
    """Somebody who may write changes the bot's branch, and a maintainer approves that unread."""
    number, pull = stage.in_review()
    path, branch = _file_of(stage, pull), f"submission/{number}"
    stage.github.push(HELPER, branch, {path: stage.texts.file(OTHER, _slug(path)), "Makefile": "all:\n\ttrue\n"})
    stage.approve(pull)
    hostile = stage.head(pull)
    stage.look()
    stage.look()
    must(stage.head(pull) != hostile, "The pull request still stands at the commit that was pushed.")
    must(OTHER not in (stage.github.read(path, branch) or ""), "The branch still holds what was pushed.")
    return f"saw that {short(hostile)} is not the form's text, and put that back; it waits for an approval."


def no_review(stage: Stage) -> str:
    """Everything that looks like a yes and is none."""
    number, pull = stage.in_review()
    older = stage.head(pull)
    stage.github.edit_issue(CONTRIBUTOR, number, body=stage.texts.form("A longer list"))
    stage.look(number)
    github = stage.github
    label = {"issue_number": number}
    github.call(stage.maintainer, "issues/add-labels", label, labels=["status: approved"])
    github.comment(stage.maintainer, number, "/approve\n\nLGTM, approved.")
    github.review(stage.maintainer, pull, "COMMENT", body="APPROVED")
    github.review(STRANGER, pull, "APPROVE")
    github.review(SORTER, pull, "APPROVE")
    stage.approve(pull, commit=older)
    stage.look(number)
    stage.look()
    must(stage.status_of(number) == "in-review", f"The form is “{stage.status_of(number)}”; it must wait in review.")
    return "put its own label back; no review by a permitted person names the head, so the form waits."


def own_approval(stage: Stage) -> str:
    """A maintainer approves their own form, and somebody approves who may no more."""
    if stage.is_sole:
        return "was told by schemas/policy.yaml that this is allowed (sole_maintainer), so nothing was tried."
    number, pull = stage.in_review(stage.maintainer)
    stage.approve(pull)
    stage.approve(pull, HELPER)
    stage.github.permit(HELPER, "read")
    stage.look(number)
    stage.look()
    must(stage.status_of(number) == "in-review", f"The form is “{stage.status_of(number)}”; it must wait in review.")
    return "read the rights anew: one approval is the contributor's own, the other by somebody who may no more."


def planted_marker(stage: Stage) -> str:
    """A stranger copies the bot's hidden mark into a comment, before the bot has spoken."""
    first, _ = stage.in_review()
    planted = stage.said(first).replace("status=in-review", "status=published")
    number = stage.offer(STRANGER, "Another list")
    comment = stage.github.comment(STRANGER, number, planted)
    stage.look(number)
    stage.look()
    kept = stage.github.call(STRANGER, "issues/get-comment", {"comment_id": comment})["body"]
    must(kept == planted, "The bot took the stranger's comment for its own, and wrote into it.")
    must(stage.said(number), "The bot has not answered: it took the stranger's comment for its own.")
    found = stage.status_of(number)
    must(found in ("in-review", "duplicate?"), f"The form is “{found}”; it must wait for a maintainer.")
    return f"left that comment alone, and answered in its own: #{number} is “{found}” and waits for a maintainer."


def _file_of(stage: Stage, pull: int) -> str:
    (file,) = stage.github.call(STRANGER, "pulls/list-files", {"pull_number": pull})
    return str(file["filename"])


def _slug(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


ATTACKS: tuple[Attack, ...] = (
    Attack("changed-form", "a form is edited after a maintainer approved it.", changed_form),
    Attack("late-push", "other bytes are pushed to the branch in the last moment before the merge.", late_push),
    Attack("mixed-text", "a maintainer approves one text, and main has changed another line of it since.", mixed_text),
    Attack("pushed-branch", "somebody changes the bot's branch, and a maintainer approves that unread.", pushed_branch),
    Attack("no-review", "a yes by label, by comment, by people who may not, and for an older commit.", no_review),
    Attack("own-approval", "a maintainer approves their own form; a former maintainer approves it too.", own_approval),
    Attack("planted-marker", "a stranger copies the bot's hidden mark and claims “published”.", planted_marker),
)
