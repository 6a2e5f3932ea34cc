"""What GitHub does with refs, files and statuses. Each function is named as the rule that it shows."""

import subprocess

from github_under_test import FILE, build_commit, refused, repository, submission
from mutualaid.rehearsal.standin import BOT, StandIn


def existing_refs_are_refused(standin: StandIn) -> None:
    repo = repository(standin)
    sha = build_commit(repo)
    repo.create_git_ref("refs/heads/submission/1", sha)
    with refused(422, "Reference already exists"):
        repo.create_git_ref("refs/heads/submission/1", sha)


def refs_need_a_commit(standin: StandIn) -> None:
    repo = repository(standin)
    blob = repo.create_git_blob("text", "utf-8")
    for sha in ("0123456789" * 4, blob.sha):
        with refused(422, "Object does not exist"):
            repo.create_git_ref("refs/heads/submission/1", sha)


def refs_move_forward(standin: StandIn) -> None:
    repo = repository(standin)
    first, other = build_commit(repo), build_commit(repo, text="title: Another\n")
    ref = repo.create_git_ref("refs/heads/submission/1", first)
    with refused(422, "not a fast forward"):
        ref.edit(other)
    ref.edit(build_commit(repo, text="title: Next\n", above="heads/submission/1"))
    ref.edit(other, force=True)
    assert repo.get_git_ref("heads/submission/1").object.sha == other


def main_is_protected(standin: StandIn) -> None:
    for repo in (repository(standin), repository(standin, "admin")):
        with refused(422, "Changes must be made through a pull request"):
            repo.get_git_ref("heads/main").edit(build_commit(repo))
        with refused(409, "Changes must be made through a pull request"):
            repo.create_file("a.txt", "Add", "text", branch="main")
    pushed = subprocess.run(
        ("git", "--git-dir", standin.git_url, "push", "--quiet", standin.git_url, f"{build_commit(repo)}:main"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Changes must be made through a pull request" in pushed.stderr


def files_need_their_sha(standin: StandIn) -> None:
    repo = repository(standin)
    repo.create_git_ref("refs/heads/other", standin.world.tip("main") or "")
    made = repo.create_file(FILE, "Add", "title: A list\n", branch="other")
    with refused(422, "supplied"):
        repo.create_file(FILE, "Add again", "title: Another\n", branch="other")
    with refused(409):
        repo.update_file(FILE, "Change", "title: Another\n", made["commit"].sha, branch="other")
    repo.update_file(FILE, "Change", "title: Another\n", made["content"].sha, branch="other")
    assert standin.read(FILE, "other") == "title: Another\n"


def the_latest_status_counts(standin: StandIn) -> None:
    commit = repository(standin).get_commit("main")
    for state in ("pending", "failure", "success"):
        commit.create_status(state, context="entry")
    assert [each.state for each in commit.get_statuses()] == ["success", "failure", "pending"]
    combined = commit.get_combined_status()
    assert (combined.state, combined.total_count) == ("success", 1)


def descriptions_end_at_140(standin: StandIn) -> None:
    commit = repository(standin).get_commit("main")
    commit.create_status("success", description="x" * 140)
    with refused(422, "description is too long"):
        commit.create_status("success", description="x" * 141)


def token_events_start_nothing(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    repository(standin).get_issue(number).create_comment("Hello")
    standin.comment("sam", number, "Hello")
    standin.plant({".github/workflows/submission.yml": "on: workflow_dispatch\n"})
    repository(standin).get_workflow("submission.yml").create_dispatch("main")
    told = [(each.name, each.actor, each.starts) for each in standin.events]
    assert told == [
        ("issues", "sam", "run"),
        ("issue_comment", BOT, "nothing"),
        ("issue_comment", "sam", "run"),
        ("workflow_dispatch", BOT, "run"),
    ]


def token_pulls_are_parked(standin: StandIn) -> None:
    number = submission(standin)
    standin.push(BOT, "submission/1", {FILE: "title: Better\n"})
    repository(standin).get_pull(number).edit(state="closed")
    told = [(each.action, each.starts) for each in standin.events if each.name == "pull_request"]
    assert told == [("opened", "parked"), ("synchronize", "parked"), ("closed", "nothing")]


def fork_events_only_read(standin: StandIn) -> None:
    standin.push("sam", "mine", {FILE: "title: A list\n"})
    pulls = (standin.open_pull("sam", "mine", "A list"), submission(standin))
    for pull in pulls:
        standin.review("maintainer", pull, "APPROVE")
    rights = {
        each.payload["pull_request"]["number"]: each.rights
        for each in standin.events
        if each.name == "pull_request_review"
    }
    assert rights == dict(zip(pulls, ("read", "write"), strict=True))


def reviews_run_on_the_pulls_ref(standin: StandIn) -> None:
    pull = submission(standin)
    standin.comment("maintainer", pull, "A question")
    standin.review("maintainer", pull, "APPROVE")
    refs = {each.name: each.ref for each in standin.events if each.actor == "maintainer"}
    assert refs == {"issue_comment": "refs/heads/main", "pull_request_review": f"refs/pull/{pull}/merge"}


def edits_carry_the_old_text(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    comment = standin.comment("sam", number, "/withdraw")
    repository(standin, "sam").get_issue(number).edit(body="Better words")
    standin.edit_comment("sam", comment, "No, wait")
    changes = [each.payload["changes"] for each in standin.events if each.action == "edited"]
    assert changes == [{"body": {"from": "A body"}}, {"body": {"from": "/withdraw"}}]
    assert standin.world.issues[number].edits[0].body == "A body"


def a_dispatch_needs_its_trigger(standin: StandIn) -> None:
    standin.plant({".github/workflows/check.yml": "on: pull_request\n"})
    workflow = repository(standin).get_workflow("check.yml")
    with refused(422, "does not have 'workflow_dispatch' trigger"):
        workflow.create_dispatch("main", throw=True)


def a_dispatch_needs_its_ref(standin: StandIn) -> None:
    standin.plant({".github/workflows/submission.yml": "on: workflow_dispatch\n"})
    workflow = repository(standin).get_workflow("submission.yml")
    with refused(422, "No ref found for: nowhere"):
        workflow.create_dispatch("nowhere", throw=True)
    workflow.create_dispatch("main", {"pull_request": "7"}, throw=True)
    sent = standin.events[-1].payload
    assert (sent["inputs"], sent["workflow"]) == ({"pull_request": "7"}, ".github/workflows/submission.yml")


CLOCKED = "on:\n  issues:\n    types: [opened]\n  workflow_dispatch:\n  schedule:\n    - cron: '7 * * * *'\n"
FILES = {".github/workflows/clocked.yml": CLOCKED, ".github/workflows/plain.yml": "on: [issues, push] # no schedule:\n"}


def _states(standin: StandIn) -> dict[str, str]:
    return {each.path.removeprefix(".github/workflows/"): each.state for each in repository(standin).get_workflows()}


def quiet_repositories_lose_their_timers(standin: StandIn) -> None:
    standin.plant(FILES)
    standin.later(days=59)
    assert _states(standin) == {"clocked.yml": "active", "plain.yml": "active"}
    standin.later(days=2)
    assert _states(standin) == {"clocked.yml": "disabled_inactivity", "plain.yml": "active"}
    standin.plant({"README.md": "A commit does not bring it back.\n"})
    assert _states(standin)["clocked.yml"] == "disabled_inactivity"
    repository(standin).get_workflow("clocked.yml").enable()
    standin.later(days=59)
    assert _states(standin)["clocked.yml"] == "active"


def forks_start_without_timers(standin: StandIn) -> None:
    standin.settings.is_fork = True
    standin.plant(FILES)
    assert _states(standin) == {"clocked.yml": "disabled_fork", "plain.yml": "active"}
    repository(standin).get_workflow("clocked.yml").enable()
    assert _states(standin)["clocked.yml"] == "active"


def a_stopped_file_stops_whole(standin: StandIn) -> None:
    standin.plant(FILES)
    assert standin.started_by("issues") == ["clocked.yml", "plain.yml"]
    standin.world.stopped[".github/workflows/clocked.yml"] = "disabled_manually"
    assert standin.started_by("issues") == ["plain.yml"]
    with refused(422, "on a disabled workflow"):
        repository(standin).get_workflow("clocked.yml").create_dispatch("main", throw=True)
