"""What GitHub does with pull requests, reviews and merges. Each function is named as the rule that it shows."""

import subprocess
from pathlib import Path

from github_under_test import FILE, build_commit, refused, repository, submission
from mutualaid.rehearsal.git_process import environment
from mutualaid.rehearsal.standin import BOT, StandIn


def git_push(url: str, folder: Path, branch: str, text: str) -> None:
    """Push to a branch with git itself, from a clone of one's own, past the stand-in."""

    def git(*arguments: str) -> None:
        name = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
        subprocess.run(("git", *name, *arguments), cwd=folder, env=environment(), capture_output=True, check=True)

    folder.mkdir()
    git("clone", "--quiet", "--branch", branch, url, ".")
    (folder / FILE).write_text(text, encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "Change")
    git("push", "--quiet", "origin", branch)


def the_head_follows_its_branch(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    git_push(standin.git_url, standin.world.store.folder.parent / "clone", "submission/1", "title: Hostile\n")
    now = repository(standin).get_pull(pull.number).head.sha
    assert now not in {pull.head.sha, None}
    assert now == repository(standin).get_branch("submission/1").commit.sha
    synchronized = standin.events[-1]
    assert (synchronized.action, synchronized.payload["before"]) == ("synchronize", pull.head.sha)


def a_closed_head_stays(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    pull.edit(state="closed")
    standin.push(BOT, "submission/1", {FILE: "title: Later\n"})
    assert repository(standin).get_pull(pull.number).head.sha == pull.head.sha


def a_branch_has_one_open_pull(standin: StandIn) -> None:
    number = submission(standin)
    with refused(422, "A pull request already exists for example:submission/1"):
        repository(standin).create_pull(base="main", head="submission/1", title="Again", body="")
    repository(standin).get_pull(number).edit(state="closed")
    assert repository(standin).create_pull(base="main", head="submission/1", title="Again", body="").number


def a_pull_needs_commits(standin: StandIn) -> None:
    repository(standin).create_git_ref("refs/heads/empty", standin.world.tip("main") or "")
    with refused(422, "No commits between"):
        repository(standin).create_pull(base="main", head="empty", title="Nothing", body="")


def a_deleted_branch_closes_its_pulls(standin: StandIn) -> None:
    number = submission(standin)
    repository(standin).get_git_ref("heads/submission/1").delete()
    assert repository(standin).get_pull(number).state == "closed"


def mergeable_is_unknown_at_first(standin: StandIn) -> None:
    standin.push(BOT, "submission/1", {FILE: "title: A list\n"})
    made = repository(standin).create_pull(base="main", head="submission/1", title="Add an entry", body="")
    number = made.number
    assert made.raw_data["mergeable"] is None
    assert repository(standin).get_pull(number).mergeable
    standin.plant({FILE: "title: In the way\n"})
    assert [repository(standin).get_pull(number).mergeable for _ in range(2)] == [None, False]


def files_are_since_the_fork_point(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.plant({"docs/new.md": "New\n"})
    assert [(each.filename, each.status) for each in pull.get_files()] == [(FILE, "added")]
    assert repository(standin).get_pull(pull.number).changed_files == 1


def a_review_names_its_commit(standin: StandIn) -> None:
    number = submission(standin)
    first = repository(standin).get_pull(number).head.sha
    second = standin.push(BOT, "submission/1", {FILE: "title: Better\n"})
    standin.review("maintainer", number, "APPROVE", first)
    standin.review("admin", number, "APPROVE")
    reviews = repository(standin).get_pull(number).get_reviews()
    assert [each.commit_id for each in reviews] == [first, second]


def a_review_keeps_its_commit(standin: StandIn) -> None:
    number = submission(standin)
    seen = repository(standin).get_pull(number).head.sha
    standin.review("maintainer", number, "APPROVE")
    standin.push(BOT, "submission/1", {FILE: "title: Hostile\n"})
    (review,) = repository(standin).get_pull(number).get_reviews()
    assert (review.state, review.commit_id) == ("APPROVED", seen)


def nobody_approves_their_own(standin: StandIn) -> None:
    standin.push("maintainer", "mine", {FILE: "title: A list\n"})
    number = standin.open_pull("maintainer", "mine", "A list")
    pull = repository(standin, "maintainer").get_pull(number)
    with refused(422, "Can not approve your own pull request"):
        pull.create_review(event="APPROVE")
    with refused(422, "Can not approve your own pull request"):
        repository(standin).get_pull(submission(standin)).create_review(event="APPROVE")
    assert pull.create_review(event="COMMENT", body="Ready").state == "COMMENTED"


def a_review_needs_words(standin: StandIn) -> None:
    pull = repository(standin, "maintainer").get_pull(submission(standin))
    with refused(422, "can't be blank"):
        pull.create_review(event="REQUEST_CHANGES")
    assert pull.create_review(event="APPROVE").state == "APPROVED"


def a_merge_needs_the_asked_head(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("maintainer", pull.number, "APPROVE")
    git_push(standin.git_url, standin.world.store.folder.parent / "clone", "submission/1", "title: Hostile\n")
    with refused(409, "Head branch was modified"):
        pull.merge(sha=pull.head.sha, merge_method="squash")
    assert standin.read(FILE) is None


def a_merge_needs_an_open_pull(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("maintainer", pull.number, "APPROVE")
    pull.edit(state="closed")
    with refused(405, "not mergeable"):
        pull.merge(merge_method="squash")


def a_merge_needs_no_conflict(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("maintainer", pull.number, "APPROVE")
    standin.plant({FILE: "title: In the way\n"})
    with refused(405, "not mergeable"):
        pull.merge(merge_method="squash")


def a_merge_needs_approvals(standin: StandIn) -> None:
    for login in (BOT, "admin"):
        with refused(405, "At least 1 approving review is required"):
            repository(standin, login).get_pull(submission(standin, branch=f"by-{login[:3]}")).merge()


def asked_changes_stop_a_merge(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("admin", pull.number, "APPROVE")
    standin.review("maintainer", pull.number, "REQUEST_CHANGES")
    with refused(405, "Changes have been requested"):
        pull.merge(merge_method="squash")
    standin.review("maintainer", pull.number, "APPROVE")
    assert pull.merge(merge_method="squash").merged


def only_writers_reviews_count(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("eve", pull.number, "APPROVE")
    assert [each.state for each in pull.get_reviews()] == ["APPROVED"]
    with refused(405, "At least 1 approving review"):
        pull.merge(merge_method="squash")


def the_latest_verdict_counts(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("maintainer", pull.number, "REQUEST_CHANGES")
    standin.review("maintainer", pull.number, "APPROVE")
    standin.review("maintainer", pull.number, "COMMENT")
    assert pull.merge(merge_method="squash").merged


def old_approvals_still_count(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.review("maintainer", pull.number, "APPROVE")
    standin.push(BOT, "submission/1", {FILE: "title: Hostile\n"})
    assert pull.merge(merge_method="squash").merged
    assert standin.read(FILE) == "title: Hostile\n"


def pushes_dismiss_if_set(standin: StandIn) -> None:
    standin.settings.stale_reviews_are_dismissed = True
    pull = repository(standin).get_pull(submission(standin))
    standin.review("maintainer", pull.number, "APPROVE")
    standin.push(BOT, "submission/1", {FILE: "title: Hostile\n"})
    assert [each.state for each in pull.get_reviews()] == ["DISMISSED"]
    with refused(405, "At least 1 approving review"):
        pull.merge(merge_method="squash")


def required_checks_stop_a_merge(standin: StandIn) -> None:
    standin.settings.required_checks = ("entry",)
    repo = repository(standin)
    pull = repo.get_pull(submission(standin))
    standin.review("maintainer", pull.number, "APPROVE")
    with refused(405, 'Required status check "entry" is expected'):
        pull.merge(merge_method="squash")
    repo.get_commit(pull.head.sha).create_status("success", context="entry")
    assert pull.merge(merge_method="squash").merged


def a_squash_is_one_commit(standin: StandIn) -> None:
    before = standin.world.tip("main")
    pull = repository(standin).get_pull(submission(standin))
    standin.push(BOT, "submission/1", {FILE: "title: Better\n"})
    standin.review("maintainer", pull.number, "APPROVE")
    done = pull.merge(commit_title="Add a list", commit_message="From issue 1", merge_method="squash")
    commit = repository(standin).get_git_commit(done.sha)
    assert [each.sha for each in commit.parents] == [before]
    assert commit.message == "Add a list\n\nFrom issue 1"
    assert repository(standin).get_branch("main").commit.sha == done.sha


def a_squash_names_the_opener(standin: StandIn) -> None:
    standin.push("sam", "mine", {FILE: "title: A list\n"})
    pull = repository(standin).get_pull(standin.open_pull("sam", "mine", "A list"))
    standin.review("maintainer", pull.number, "APPROVE")
    commit = repository(standin).get_git_commit(pull.merge(merge_method="squash").sha)
    assert (commit.author.name, commit.message) == ("sam", f"A list (#{pull.number})")


def a_squash_names_co_authors(standin: StandIn) -> None:
    pull = repository(standin).get_pull(submission(standin))
    standin.push("maintainer", "submission/1", {FILE: "title: Better\n"})
    standin.review("admin", pull.number, "APPROVE")
    commit = repository(standin).get_git_commit(pull.merge(commit_title="Add", merge_method="squash").sha)
    assert "\n\nCo-authored-by: maintainer <" in commit.message
    assert BOT not in commit.message
    assert build_commit(repository(standin)) != commit.sha
