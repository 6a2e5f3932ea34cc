"""Every rule of the fake GitHub is shown to hold; switched off, the function that shows it fails."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_github import BOT, RULES, FakeGitHub, Refusal
from github_under_test import FILE, README, ask, pushed_by_git, refused, submission

Shows = Callable[[FakeGitHub], None]


def merge(github: FakeGitHub, number: int, login: str = BOT, **fields: Any) -> str:
    """Have somebody merge a pull request; returns the commit."""
    answer = github.call(login, "pulls/merge", {"pull_number": number}, merge_method="squash", **fields)
    return str(answer["sha"])


def head(github: FakeGitHub, number: int) -> str:
    """Return the commit at which a pull request is."""
    return str(github.call(BOT, "pulls/get", {"pull_number": number})["head"]["sha"])


def bad_tokens_are_refused(github: FakeGitHub) -> None:
    response = ask(github, "no-such-token", "GET issues")
    assert response.status == 401 and response.data["message"] == "Bad credentials"
    assert ask(github, github.token_for("sam"), "GET issues").status == 200


def roles_are_held(github: FakeGitHub) -> None:
    fields = {"ref": "refs/heads/mine", "sha": github.repo.tip("main")}
    with refused(403):
        github.call("sam", "git/create-ref", **fields)
    assert github.call("maintainer", "git/create-ref", **fields)["object"]["sha"] == fields["sha"]


def token_rights_are_held(github: FakeGitHub) -> None:
    number, pull = github.open_issue("sam", "A title", "A body"), submission(github)
    reader = github.workflow_token(issues="read", contents="write")
    assert ask(github, reader, f"GET issues/{number}").status == 200
    assert ask(github, reader, f"POST issues/{number}/comments", body="Hello").status == 403
    assert ask(github, reader, f"GET pulls/{pull}").status == 403
    # A comment on a pull request needs either right.
    writer = github.workflow_token(pull_requests="write")
    assert ask(github, writer, f"POST issues/{pull}/comments", body="Hello").status == 201
    fine_grained = github.token_for("admin", contents="read")
    assert ask(github, fine_grained, "GET actions/permissions").status == 403


def hidden_things_are_not_found(github: FakeGitHub) -> None:
    github.settings.protection = "classic"
    with refused(404):
        github.call("maintainer", "repos/get-branch-protection", {"branch": "main"})
    seen = github.call("admin", "repos/get-branch-protection", {"branch": "main"})
    assert seen["required_pull_request_reviews"]["required_approving_review_count"] == 1


def permissions_are_four_words(github: FakeGitHub) -> None:
    github.permit("tess", "triage")
    github.open_issue("sam", "A title", "A body")
    asked = {
        login: github.call(BOT, "repos/get-collaborator-permission-level", {"username": login})
        for login in ("admin", "maintainer", "tess", "sam")
    }
    words = {login: (answer["permission"], answer["role_name"]) for login, answer in asked.items()}
    told_apart = {"maintainer": ("write", "maintain"), "tess": ("read", "triage")}
    assert words == {"admin": ("admin", "admin"), **told_apart, "sam": ("read", "read")}


def tokens_write_no_workflows(github: FakeGitHub) -> None:
    workflow = {".github/workflows/new.yml": "on: push\n"}
    with refused(403, "without `workflows` permission"):
        github.push(BOT, "submission/1", workflow)
    github.push("sam", "mine", workflow)
    number = github.open_pull("sam", "mine", "A workflow")
    github.review("maintainer", number, "APPROVE")
    with refused(403, "without `workflows` permission"):
        merge(github, number)


def actions_open_pulls_only_if_set(github: FakeGitHub) -> None:
    github.settings.actions_may_open_pulls = False
    with refused(403, "GitHub Actions is not permitted to create or approve pull requests."):
        submission(github)
    assert submission(github, "other", "maintainer")


def lists_stop_at_thirty(github: FakeGitHub) -> None:
    for number in range(31):
        github.open_issue("sam", f"Title {number}", "A body")
    response = ask(github, github.token_for(BOT), "GET issues")
    assert len(response.data) == 30
    assert re.search(r'page=2>; rel="next".*page=2>; rel="last"', response.headers["Link"])
    assert len(ask(github, github.token_for(BOT), "GET issues", page=2).data) == 1


def pages_hold_a_hundred(github: FakeGitHub) -> None:
    for number in range(101):
        github.open_issue("sam", f"Title {number}", "A body")
    assert len(ask(github, github.token_for(BOT), "GET issues", per_page=200).data) == 100


def comparisons_show_300_files(github: FakeGitHub) -> None:
    github.push(BOT, "many", {f"{number}.txt": "x\n" for number in range(301)})
    compared = github.call(BOT, "repos/compare-commits", {"basehead": "main...many"})
    assert (compared["status"], len(compared["files"])) == ("ahead", 300)


def requests_are_limited(github: FakeGitHub) -> None:
    token = github.token_for(BOT)
    github.repo.asked[BOT] = [github.clock] * 999
    assert ask(github, token, "GET issues").status == 200
    response = ask(github, token, "GET issues")
    assert response.status == 403 and "API rate limit exceeded" in response.data["message"]
    github.later(hours=1)
    assert ask(github, token, "GET issues").status == 200


def creating_is_limited(github: FakeGitHub) -> None:
    token, comments = github.token_for(BOT), f"POST issues/{github.open_issue('sam', 'A title', 'A body')}/comments"
    assert {ask(github, token, comments, body=f"Comment {number}").status for number in range(80)} == {201}
    response = ask(github, token, comments, body="One too many")
    assert (response.status, response.headers.get("Retry-After")) == (403, "60")
    assert "secondary rate limit" in response.data["message"]
    assert ask(github, token, "PATCH issues/1", labels=["status: received"]).status == 200
    github.later(seconds=61)
    assert ask(github, token, comments, body="Now it goes").status == 201


def readers_labels_are_dropped(github: FakeGitHub) -> None:
    made = github.call("sam", "issues/create", title="A title", body="A body", labels=["status: approved"])
    assert made["labels"] == []
    path = {"issue_number": made["number"]}
    assert github.call("sam", "issues/update", path, labels=["status: approved"])["labels"] == []
    labelled = github.call(BOT, "issues/update", path, labels=["status: received"])
    assert [label["name"] for label in labelled["labels"]] == ["status: received"]


def strangers_edit_no_issue(github: FakeGitHub) -> None:
    number = github.open_issue("sam", "A title", "A body")
    for changes in ({"body": "Something else"}, {"state": "closed"}):
        with refused(403):
            github.edit_issue("eve", number, **changes)
    github.edit_issue("sam", number, body="Better words")
    assert github.repo.issues[number].body == "Better words"


def strangers_edit_no_comment(github: FakeGitHub) -> None:
    number = github.open_issue("sam", "A title", "A body")
    path = {"comment_id": github.comment(BOT, number, "What happens next")}
    with refused(403):
        github.call("sam", "issues/update-comment", path, body="Approved!")
    assert github.call(BOT, "issues/update-comment", path, body="In review")["body"] == "In review"


def authors_reopen_only_what_they_closed(github: FakeGitHub) -> None:
    number = github.open_issue("sam", "A title", "A body")
    github.close_issue("sam", number)
    github.edit_issue("sam", number, state="open")
    github.close_issue("maintainer", number, "not_planned")
    with refused(403):
        github.edit_issue("sam", number, state="open")
    assert github.call("eve", "issues/get", {"issue_number": number})["state_reason"] == "not_planned"


def unknown_labels_are_made(github: FakeGitHub) -> None:
    github.open_issue("sam", "A title", "A body", ["status: received"])
    assert [label["name"] for label in github.call("eve", "issues/list-labels-for-repo")] == ["status: received"]


def pulls_are_issues_too(github: FakeGitHub) -> None:
    issue, pull = github.open_issue("sam", "A title", "A body"), submission(github)
    shown = {row["number"]: "pull_request" in row for row in github.call("eve", "issues/list-for-repo")}
    assert shown == {issue: False, pull: True}


def deleted_issues_are_gone(github: FakeGitHub) -> None:
    number = github.open_issue("sam", "A title", "A body")
    github.delete_issue("admin", number)
    with refused(410):
        github.call(BOT, "issues/get", {"issue_number": number})
    assert github.call(BOT, "issues/list-for-repo", state="all") == []


def transferred_issues_lead_away(github: FakeGitHub) -> None:
    number, other = (github.open_issue(login, "A title", "A body") for login in ("sam", "eve"))
    github.transfer_issue(number, "Example/Elsewhere", other)
    response = ask(github, github.token_for(BOT), f"GET issues/{number}")
    assert response.status == 301 and response.headers["Location"].endswith("/repos/example/elsewhere/issues/2")
    there = github.request("GET", "/repos/example/elsewhere/issues/2", github.token_for(BOT))
    assert there
    assert (there.data["number"], there.data["user"]["login"]) == (other, "sam")
    assert [row["user"]["login"] for row in github.call("eve", "issues/list-for-repo", state="all")] == ["eve"]
    with refused(404):
        github.comment("sam", number, "Hello again")


def disabled_issues_are_gone_too(github: FakeGitHub) -> None:
    number, pull = github.open_issue("sam", "A title", "A body"), submission(github)
    github.settings.has_issues = False
    with refused(410, "disabled"):
        github.call(BOT, "issues/get", {"issue_number": number})
    assert github.call(BOT, "issues/get", {"issue_number": pull})["number"] == pull


def bodies_end_at_65536(github: FakeGitHub) -> None:
    number = github.open_issue("sam", "A title", "x" * 65536)
    with refused(422, "body is too long"):
        github.comment("sam", number, "x" * 65537)
    with refused(422, "body is too long"):
        github.open_issue("sam", "A title", "x" * 65537)


def titles_end_at_256(github: FakeGitHub) -> None:
    number = github.open_issue("sam", "x" * 256, "A body")
    with refused(422, "title is too long"):
        github.edit_issue("sam", number, title="x" * 257)
    github.push(BOT, "submission/1", {FILE: "title: A list\n"})
    with refused(422, "title is too long"):
        github.open_pull(BOT, "submission/1", "x" * 257)


def descriptions_end_at_140(github: FakeGitHub) -> None:
    path = {"sha": github.repo.tip("main")}
    github.call(BOT, "repos/create-commit-status", path, state="success", description="x" * 140)
    with refused(422, "description is too long"):
        github.call(BOT, "repos/create-commit-status", path, state="success", description="x" * 141)


def existing_refs_are_refused(github: FakeGitHub) -> None:
    fields = {"ref": "refs/heads/submission/1", "sha": github.repo.tip("main")}
    github.call(BOT, "git/create-ref", **fields)
    with refused(422, "Reference already exists"):
        github.call(BOT, "git/create-ref", **fields)


def refs_move_forward(github: FakeGitHub) -> None:
    first, other = (github.push(BOT, branch, {FILE: f"{branch}\n"}) for branch in ("one", "other"))
    path = {"ref": "heads/one"}
    with refused(422, "not a fast forward"):
        github.call(BOT, "git/update-ref", path, sha=other)
    github.call(BOT, "git/update-ref", path, sha=other, force=True)
    assert github.call(BOT, "git/get-ref", path)["object"]["sha"] == other != first


def main_is_protected(github: FakeGitHub) -> None:
    sha = github.push(BOT, "submission/1", {FILE: "title: A list\n"})
    for login in (BOT, "admin"):
        with refused(422, "Changes must be made through a pull request"):
            github.call(login, "git/update-ref", {"ref": "heads/main"}, sha=sha)
    with refused(422, "pull request"):
        github.push("maintainer", "main", {"a.txt": "Straight to main\n"})


def the_head_follows_its_branch(github: FakeGitHub) -> None:
    number = submission(github)
    before = head(github, number)
    pushed_by_git(github, "submission/1")
    assert head(github, number) == github.repo.tip("submission/1") != before
    assert github.events[-1].action == "synchronize"


def a_closed_head_stays(github: FakeGitHub) -> None:
    number = submission(github)
    before = head(github, number)
    github.call(BOT, "pulls/update", {"pull_number": number}, state="closed")
    github.push(BOT, "submission/1", {FILE: "title: Later\n"})
    assert head(github, number) == before


def a_branch_has_one_open_pull(github: FakeGitHub) -> None:
    number = submission(github)
    with refused(422, "A pull request already exists for example:submission/1"):
        github.open_pull(BOT, "submission/1", "Again")
    github.close_issue(BOT, number)
    assert github.open_pull(BOT, "submission/1", "Again")


def a_pull_needs_commits(github: FakeGitHub) -> None:
    github.call(BOT, "git/create-ref", ref="refs/heads/empty", sha=github.repo.tip("main"))
    with refused(422, "No commits between"):
        github.open_pull(BOT, "empty", "Nothing")


def a_deleted_branch_closes_its_pulls(github: FakeGitHub) -> None:
    number = submission(github)
    github.call(BOT, "git/delete-ref", {"ref": "heads/submission/1"})
    assert github.call(BOT, "pulls/get", {"pull_number": number})["state"] == "closed"


def files_are_since_the_fork_point(github: FakeGitHub) -> None:
    path = {"pull_number": submission(github)}
    github.plant({"docs/new.md": "New\n"})
    files = github.call(BOT, "pulls/list-files", path)
    assert [(file["filename"], file["status"]) for file in files] == [(FILE, "added")]
    assert github.call(BOT, "pulls/get", path)["changed_files"] == 1


def a_review_names_its_commit(github: FakeGitHub) -> None:
    number = submission(github)
    first, second = head(github, number), github.push(BOT, "submission/1", {FILE: "title: Better\n"})
    github.review("maintainer", number, "APPROVE", first)
    github.review("admin", number, "APPROVE")
    reviews = github.call(BOT, "pulls/list-reviews", {"pull_number": number})
    assert [review["commit_id"] for review in reviews] == [first, second]


def a_review_keeps_its_commit(github: FakeGitHub) -> None:
    number = submission(github)
    seen = head(github, number)
    github.review("maintainer", number, "APPROVE")
    github.push(BOT, "submission/1", {FILE: "title: Hostile\n"})
    (review,) = github.call(BOT, "pulls/list-reviews", {"pull_number": number})
    assert (review["state"], review["commit_id"]) == ("APPROVED", seen)


def nobody_approves_their_own(github: FakeGitHub) -> None:
    for login in ("maintainer", BOT):
        number = submission(github, f"by-{login[:3]}", login)
        with refused(422, "Can not approve your own pull request"):
            github.review(login, number, "APPROVE")
        assert github.review(login, number, "COMMENT", body="Ready")


def only_writers_reviews_count(github: FakeGitHub) -> None:
    number = submission(github)
    github.review("eve", number, "APPROVE")
    with refused(405, "At least 1 approving review"):
        merge(github, number)


def the_latest_verdict_counts(github: FakeGitHub) -> None:
    number = submission(github)
    for event in ("REQUEST_CHANGES", "APPROVE", "COMMENT"):
        github.review("maintainer", number, event)
    assert merge(github, number)


def old_approvals_still_count(github: FakeGitHub) -> None:
    number = submission(github)
    github.review("maintainer", number, "APPROVE")
    github.push(BOT, "submission/1", {FILE: "title: Hostile\n"})
    merge(github, number)
    assert github.read(FILE) == "title: Hostile\n"


def approved(github: FakeGitHub, login: str = BOT, branch: str = "submission/1") -> int:
    """Return a pull request that a maintainer has approved."""
    number = submission(github, branch, login)
    github.review("admin", number, "APPROVE")
    return number


def a_merge_needs_an_open_pull(github: FakeGitHub) -> None:
    number = approved(github)
    github.close_issue(BOT, number)
    with refused(405, "not mergeable"):
        merge(github, number)


def a_merge_needs_the_asked_head(github: FakeGitHub) -> None:
    number = approved(github)
    before = head(github, number)
    github.just_before("pulls/merge", lambda: github.push(BOT, "submission/1", {FILE: "title: Hostile\n"}))
    with refused(409, "Head branch was modified"):
        merge(github, number, sha=before)
    assert github.read(FILE) is None


def a_merge_needs_no_conflict(github: FakeGitHub) -> None:
    number = approved(github)
    github.plant({FILE: "title: In the way\n"})
    with refused(405, "not mergeable"):
        merge(github, number)


def a_merge_needs_approvals(github: FakeGitHub) -> None:
    for login in (BOT, "admin"):
        with refused(405, "At least 1 approving review is required"):
            merge(github, submission(github, f"by-{login[:3]}"), login)


def asked_changes_stop_a_merge(github: FakeGitHub) -> None:
    number = approved(github)
    github.review("maintainer", number, "REQUEST_CHANGES")
    with refused(405, "Changes have been requested"):
        merge(github, number)
    github.review("maintainer", number, "APPROVE")
    assert merge(github, number)


def required_checks_stop_a_merge(github: FakeGitHub) -> None:
    github.settings.required_checks = ("entry",)
    number = approved(github)
    path = {"sha": head(github, number)}
    for state in ("success", "failure"):
        github.call(BOT, "repos/create-commit-status", path, state=state, context="entry")
    with refused(405, 'Required status check "entry" is expected'):
        merge(github, number)
    github.call(BOT, "repos/create-commit-status", path, state="success", context="entry")
    assert merge(github, number)


def a_squash_is_one_commit(github: FakeGitHub) -> None:
    before, number = github.repo.tip("main"), approved(github)
    github.push(BOT, "submission/1", {FILE: "title: Better\n"})
    made = merge(github, number, commit_title="Add a list", commit_message="From issue 1")
    commit = github.call(BOT, "repos/get-commit", {"ref": "main"})
    assert (commit["sha"], [parent["sha"] for parent in commit["parents"]]) == (made, [before])
    assert commit["commit"]["message"] == "Add a list\n\nFrom issue 1"


def a_squash_names_the_opener(github: FakeGitHub) -> None:
    number = approved(github, "sam", "mine")
    commit = github.repo.git.commit(merge(github, number))
    assert commit and commit.author.startswith("sam <") and commit.message == f"Add an entry (#{number})"


def a_squash_names_co_authors(github: FakeGitHub) -> None:
    number = approved(github)
    github.push("maintainer", "submission/1", {FILE: "title: Better\n"})
    commit = github.repo.git.commit(merge(github, number, commit_title="Add"))
    assert commit and "\n\nCo-authored-by: maintainer <" in commit.message and BOT not in commit.message


def token_events_start_nothing(github: FakeGitHub) -> None:
    github.plant({".github/workflows/submission.yml": "on: workflow_dispatch\n"})
    number = github.open_issue("sam", "A title", "A body")
    for login in (BOT, "sam"):
        github.comment(login, number, "Hello")
    github.call(BOT, "actions/create-workflow-dispatch", {"workflow_id": "submission.yml"}, ref="main")
    told = [(event.name, event.actor, event.starts) for event in github.events]
    comments = [("issue_comment", BOT, "nothing"), ("issue_comment", "sam", "run")]
    assert told == [("issues", "sam", "run"), *comments, ("workflow_dispatch", BOT, "run")]


def token_pulls_are_parked(github: FakeGitHub) -> None:
    number = submission(github)
    github.push(BOT, "submission/1", {FILE: "title: Better\n"})
    github.close_issue(BOT, number)
    told = [(event.action, event.starts) for event in github.events if event.name == "pull_request"]
    assert told == [("opened", "parked"), ("synchronize", "parked"), ("closed", "nothing")]


def fork_events_only_read(github: FakeGitHub) -> None:
    approved(github, "sam", "mine"), approved(github)
    rights = [event.rights for event in github.events if event.name == "pull_request_review"]
    assert rights == ["read", "write"]


def a_dispatch_needs_its_trigger(github: FakeGitHub) -> None:
    github.plant({".github/workflows/check.yml": "on: pull_request\n"})
    with refused(422, "does not have 'workflow_dispatch' trigger"):
        github.call(BOT, "actions/create-workflow-dispatch", {"workflow_id": "check.yml"}, ref="main")


def a_dispatch_needs_its_ref(github: FakeGitHub) -> None:
    github.plant({".github/workflows/submission.yml": "on: workflow_dispatch\n"})
    path, inputs = {"workflow_id": "submission.yml"}, {"pull_request": "7"}
    with refused(422, "No ref found for: nowhere"):
        github.call(BOT, "actions/create-workflow-dispatch", path, ref="nowhere")
    github.call(BOT, "actions/create-workflow-dispatch", path, ref="main", inputs=inputs)
    assert (github.events[-1].payload["inputs"], github.events[-1].payload["ref"]) == (inputs, "refs/heads/main")


CLOCKED = "on:\n  issues:\n    types: [opened]\n  workflow_dispatch:\n  schedule:\n    - cron: '7 * * * *'\n"
FILES = {".github/workflows/clocked.yml": CLOCKED, ".github/workflows/plain.yml": "on: [issues, push] # no schedule:\n"}


def states(github: FakeGitHub) -> dict[str, str]:
    """Return the state of each workflow."""
    found = github.call(BOT, "actions/list-repo-workflows")["workflows"]
    return {workflow["name"].removeprefix(".github/workflows/"): workflow["state"] for workflow in found}


def quiet_repositories_lose_their_timers(github: FakeGitHub) -> None:
    github.plant(FILES)
    github.later(days=59)
    assert states(github) == {"clocked.yml": "active", "plain.yml": "active"}
    github.later(days=2)
    assert states(github) == {"clocked.yml": "disabled_inactivity", "plain.yml": "active"}
    github.plant({"README.md": "A commit doesn't bring it back.\n"})
    assert states(github)["clocked.yml"] == "disabled_inactivity"
    github.call(BOT, "actions/enable-workflow", {"workflow_id": "clocked.yml"})
    github.later(days=59)
    assert states(github)["clocked.yml"] == "active"


def forks_start_without_timers(github: FakeGitHub) -> None:
    github.settings.is_fork = True
    github.plant(FILES)
    assert states(github) == {"clocked.yml": "disabled_fork", "plain.yml": "active"}
    github.call(BOT, "actions/enable-workflow", {"workflow_id": "clocked.yml"})
    assert states(github)["clocked.yml"] == "active"


def a_stopped_file_stops_whole(github: FakeGitHub) -> None:
    github.plant(FILES)
    assert github.started_by("issues") == ["clocked.yml", "plain.yml"]
    github.repo.stopped[".github/workflows/clocked.yml"] = "disabled_manually"
    assert github.started_by("issues") == ["plain.yml"]
    with refused(422, "on a disabled workflow"):
        github.call(BOT, "actions/create-workflow-dispatch", {"workflow_id": "clocked.yml"}, ref="main")


SHOWN: dict[str, Shows] = {
    name.replace("_", "-"): function for name, function in globals().items() if name.replace("_", "-") in RULES
}


def test_the_readme_has_every_rule() -> None:
    """It says of each what GitHub does, and which page of GitHub's says so, or how it was seen."""
    rows = re.findall(r"^\| `([\w-]+)` \| .+\. \| (\S.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(RULES) == sorted(SHOWN)
    assert all(source.startswith(("[docs](https://docs.github.com/", "seen: ")) for _, source in rows)


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_holds(name: str, tmp_path: Path) -> None:
    """The fake does as GitHub does."""
    SHOWN[name](FakeGitHub(tmp_path))


@pytest.mark.parametrize("name", sorted(RULES))
def test_without_the_rule_its_test_fails(name: str, tmp_path: Path) -> None:
    """Switched off, the rule is missed."""
    with pytest.raises((AssertionError, pytest.fail.Exception, Refusal)):
        SHOWN[name](FakeGitHub(tmp_path, off={name}))


def test_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    """A misspelt rule cannot pass for one that is switched off."""
    with pytest.raises(KeyError, match="no-such-rule"):
        FakeGitHub(tmp_path, off={"no-such-rule"})
