"""PyGithub drives every operation of the slice; each request and each answer is held to GitHub's description."""

from collections.abc import Callable
from pathlib import Path

import pytest
from github import InputGitTreeElement

from github_under_test import FILE, build_commit, client, refused, repository, submission
from mutualaid.rehearsal.description import github
from mutualaid.rehearsal.operations import DEEDS
from mutualaid.rehearsal.standin import BOT, StandIn

WORKFLOW = "name: Submission\non: workflow_dispatch\n"


def _issues(standin: StandIn) -> None:
    """Issues, comments and locks."""
    repo = repository(standin)
    issue = repo.create_issue("A title", body="A body", labels=["kind: resources"])
    standin.later(minutes=5)
    issue.edit(title="Better", body="Better words", labels=["kind: examples"])
    comment = issue.create_comment("In review")
    comment.edit("Published")
    assert [each.body for each in issue.get_comments()] == ["Published"]
    assert issue.get_comment(comment.id).updated_at == standin.clock
    assert [each.id for each in repo.get_issues_comments(sort="updated", direction="desc")] == [comment.id]
    issue.create_comment("To go").delete()
    issue.edit(state="closed", state_reason="not_planned")
    issue.lock("spam")
    issue.unlock()
    now = repo.get_issue(issue.number)
    assert (now.title, now.state, now.state_reason, now.locked) == ("Better", "closed", "not_planned", False)
    assert [each.number for each in repo.get_issues(state="closed", labels=["kind: examples"])] == [issue.number]
    assert list(repo.get_issues(state="all", since=standin.clock.replace(hour=23))) == []


def _labels(standin: StandIn) -> None:
    """Labels of the repository and of an issue."""
    repo = repository(standin)
    label = repo.create_label("status: held", "ffcc00", "Waits for somebody")
    label.edit("status: on hold", "ffcc00", "Waits")
    assert {each.name for each in repo.get_labels()} == {"status: on hold"}
    issue = repo.get_issue(standin.open_issue("sam", "A title", "A body", ["kind: groups"]))
    issue.add_to_labels("status: on hold")
    issue.remove_from_labels("kind: groups")
    assert [each.name for each in issue.get_labels()] == ["status: on hold"]
    issue.set_labels("status: received", "kind: groups")
    assert [each.name for each in repo.get_issue(issue.number).labels] == ["status: received", "kind: groups"]
    issue.delete_labels()
    repo.get_label("status: on hold").delete()
    assert {each.name for each in repo.get_labels()} == {"kind: groups", "status: received"}


def _git(standin: StandIn) -> None:
    """Blobs, trees, commits and refs, as the bot builds a submission."""
    repo = repository(standin)
    sha = build_commit(repo)
    ref = repo.create_git_ref("refs/heads/submission/1", sha)
    tree = repo.get_git_tree(sha, recursive=True)
    found = {each.path: each.sha for each in tree.tree if each.type == "blob"}
    assert set(found) == {"README.md", FILE}
    assert repo.get_git_blob(found[FILE]).content == "dGl0bGU6IEEgbGlzdAo=\n"
    without = repo.create_git_tree([InputGitTreeElement(FILE, "100644", "blob", sha=None)], tree)
    assert [each.path for each in without.tree] == ["README.md"]
    ref.edit(build_commit(repo, text="title: Better\n", above="heads/submission/1"))
    assert [each.ref for each in repo.get_git_matching_refs("heads/submission/")] == ["refs/heads/submission/1"]
    assert standin.read(FILE, "submission/1") == "title: Better\n"
    ref.delete()
    with refused(404):
        repo.get_git_ref("heads/submission/1")


def _contents(standin: StandIn) -> None:
    """Files, commits, branches and differences."""
    repo = repository(standin, "maintainer")
    repo.create_git_ref("refs/heads/mine", repo.get_branch("main").commit.sha)
    made = repo.create_file("notes/a b.md", "Add", "One\n", branch="mine")
    repo.update_file("notes/a b.md", "Change", "Two\n", made["content"].sha, branch="mine")
    file = repo.get_contents("notes/a b.md", ref="mine")
    assert not isinstance(file, list)
    assert file.decoded_content == b"Two\n"
    folder = repo.get_contents("", ref="mine")
    assert isinstance(folder, list)
    assert [(each.name, each.type) for each in folder] == [("README.md", "file"), ("notes", "dir")]
    compared = repo.compare("main", "mine")
    assert (compared.status, compared.ahead_by) == ("ahead", 2)
    assert [(each.filename, each.status) for each in compared.files] == [("notes/a b.md", "added")]
    repo.delete_file("notes/a b.md", "Take away", file.sha, branch="mine")
    assert [each.commit.message for each in repo.get_commits(sha="mine")] == ["Take away", "Change", "Add", "Begin"]
    assert [each.name for each in repo.get_branches()] == ["main", "mine"]
    assert [each.status for each in repo.get_commit("mine").files] == ["removed"]
    assert repo.get_branch("main").protected and not repo.get_branch("mine").protected


def _pulls(standin: StandIn) -> None:
    """A pull request from opening to merge."""
    repo = repository(standin)
    repo.create_git_ref("refs/heads/submission/1", build_commit(repo))
    pull = repo.create_pull(base="main", head="submission/1", title="Add", body="")
    number = pull.number
    pull.edit(title="Add a list", body="From issue 1")
    standin.plant({"docs/new.md": "New\n"})
    assert pull.update_branch(pull.head.sha)
    assert [each.number for each in repo.get_pulls(state="open", head="example:submission/1")] == [number]
    assert not pull.is_merged()
    assert [each.filename for each in pull.get_files()] == [FILE]
    assert len(list(pull.get_commits())) == repo.get_pull(number).commits == 2
    review = repository(standin, "maintainer").get_pull(number).create_review(event="APPROVE")
    assert pull.get_review(review.id).commit_id == repo.get_pull(number).head.sha
    review.dismiss("Not yet")
    standin.review("admin", number, "APPROVE")
    assert [each.state for each in pull.get_reviews()] == ["DISMISSED", "APPROVED"]
    done = pull.merge("From issue 1", "Add a list", "squash", sha=repo.get_pull(number).head.sha)
    assert done.merged and pull.is_merged()
    after = repo.get_pull(number)
    assert (after.state, after.merged_by.login, after.merge_commit_sha) == ("closed", BOT, done.sha)
    assert [each.filename for each in after.get_files()] == [FILE]


def _checks(standin: StandIn) -> None:
    """Statuses and check runs on a head commit."""
    repo = repository(standin)
    commit = repo.get_commit(repo.get_pull(submission(standin)).head.sha)
    commit.create_status("pending", description="Being read", context="entry")
    assert [each.context for each in commit.get_statuses()] == ["entry"]
    assert commit.get_combined_status().state == "pending"
    run = repo.create_check_run("Entry", commit.sha, status="in_progress")
    run.edit(conclusion="success", output={"title": "Fine", "summary": "All checks hold"})
    assert [each.conclusion for each in commit.get_check_runs()] == ["success"]
    assert repo.get_check_run(run.id).output.title == "Fine"


def _people(standin: StandIn) -> None:
    """Accounts, collaborators and limits."""
    repo = repository(standin)
    assert repo.get_collaborator_permission("maintainer") == "write"
    assert repo.get_collaborator_role_name("maintainer") == "maintain"
    assert repo.has_in_collaborators("admin")
    assert {each.login for each in repo.get_collaborators()} == {"admin", "maintainer"}
    assert client(standin, standin.token_for("admin")).get_user().login == "admin"
    assert client(standin, standin.token_for("admin")).get_user("maintainer").type == "User"
    with refused(403):
        _ = client(standin, standin.token_for(BOT)).get_user().login
    with refused(404):
        repo.get_collaborator_permission("nobody-of-this-name")
    assert client(standin, standin.token_for("admin")).get_rate_limit().rate.limit == 5000


def _settings(standin: StandIn) -> None:
    """What a maintainer's own token reads of the settings; PyGithub has no words for most of it."""
    repo = repository(standin, "admin")
    rest = f"/repos/{standin.repository}"

    def read(place: str) -> object:
        return repo.requester.requestJsonAndCheck("GET", rest + place)[1]

    assert repo.permissions.admin and repo.default_branch == "main"
    rules = read("/rules/branches/main")
    assert isinstance(rules, list)
    assert [each["type"] for each in rules] == ["deletion", "non_fast_forward", "pull_request"]
    with refused(404, "Branch not protected"):
        repo.get_branch("main").get_protection()
    standin.settings.protection, standin.settings.required_checks = "classic", ("entry",)
    assert read("/rules/branches/main") == []
    assert repo.get_branch("main").get_protection().required_status_checks.contexts == ["entry"]
    pages = read("/pages")
    assert isinstance(pages, dict)
    assert pages["build_type"] == "workflow"
    assert repo.get_environment("github-pages").name == "github-pages"
    policies = read("/environments/github-pages/deployment-branch-policies")
    assert isinstance(policies, dict)
    assert [each["name"] for each in policies["branch_policies"]] == ["main"]
    actions, rights = read("/actions/permissions"), read("/actions/permissions/workflow")
    assert isinstance(actions, dict) and isinstance(rights, dict)
    assert actions["enabled"] and rights["can_approve_pull_request_reviews"]
    assert rights["default_workflow_permissions"] == "read"
    with refused(403, "Resource not accessible by integration"):
        repository(standin).requester.requestJsonAndCheck("GET", f"{rest}/actions/permissions/workflow")


def _workflows(standin: StandIn) -> None:
    """Workflows, their runs and dispatches."""
    standin.plant({".github/workflows/submission.yml": WORKFLOW})
    repo = repository(standin)
    (workflow,) = repo.get_workflows()
    assert workflow.name == "Submission"
    assert workflow.create_dispatch("main", {"only": "7"})
    assert workflow.enable()
    standin.ran("submission.yml", "schedule", title="Sweep")
    runs = repo.get_workflow("submission.yml").get_runs(event="schedule")
    assert [each.display_title for each in runs] == ["Sweep"]
    assert [(each.event, each.conclusion, each.created_at) for each in runs] == [("schedule", "success", standin.clock)]
    assert standin.events[-1].name == "workflow_dispatch"


STORIES: tuple[Callable[[StandIn], None], ...] = (
    *(_issues, _labels, _git, _contents, _pulls),
    *(_checks, _people, _settings, _workflows),
)


@pytest.mark.parametrize("story", STORIES)
def test_pygithub_drives(story: Callable[[StandIn], None], tmp_path: Path) -> None:
    """Each story runs from its start to its end, and nothing in it is misshapen."""
    with StandIn(tmp_path) as standin:
        story(standin)
        assert {status for _, _, status in standin.log} <= {200, 201, 202, 204, 403, 404}


def test_every_operation_is_driven(tmp_path: Path) -> None:
    """The stories together use every operation of the slice, and the slice has every operation that is there."""
    driven = set()
    for number, story in enumerate(STORIES):
        with StandIn(tmp_path / str(number)) as standin:
            story(standin)
            for method, target, _ in standin.log:
                matched = github().match(method, target.partition("?")[0])
                assert matched, target
                driven.add(matched[0].name)
    assert driven == set(github().operations) == set(DEEDS)
