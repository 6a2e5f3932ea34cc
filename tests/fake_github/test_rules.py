"""Every rule of the fake GitHub is shown to hold; switched off, what shows it fails."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from fake_github import BOT, RULES, FakeGitHub, Refusal
from github_under_test import FILE, README, ask, pushed_by_git, refused, submission

Act = Callable[[FakeGitHub], object]
BRANCH, WORKFLOW = "submission/1", ".github/workflows/new.yml"


SHOWN: list[tuple[str, Act]] = []


def shows(*rules: str) -> Callable[[Act], Act]:
    """Name the rules that a function shows; one that is named by a single rule needs no more."""

    def marked(act: Act) -> Act:
        SHOWN.extend((rule, act) for rule in rules)
        return act

    return marked


def issue(github: FakeGitHub, body: str = "A body") -> int:
    return github.open_issue("sam", "A title", body)


def branch(github: FakeGitHub, login: str = BOT) -> Any:
    return github.call(login, "git/create-ref", ref="refs/heads/mine", sha=github.repo.tip("main"))


def approved(github: FakeGitHub, login: str = BOT, branch: str = BRANCH, by: str = "admin") -> int:
    number = submission(github, branch, login)
    github.review(by, number, "APPROVE")
    return number


def closed(github: FakeGitHub, number: int) -> int:
    github.close_issue("maintainer", number, "not_planned")
    return number


def merge(github: FakeGitHub, number: int, login: str = BOT, **fields: Any) -> str:
    answer = github.call(login, "pulls/merge", {"pull_number": number}, merge_method="squash", **fields)
    return str(answer["sha"])


def head(github: FakeGitHub, number: int) -> str:
    return str(github.call(BOT, "pulls/get", {"pull_number": number})["head"]["sha"])


def status(github: FakeGitHub, sha: str | None = None, **fields: Any) -> object:
    path = {"sha": sha or github.repo.tip("main")}
    return github.call(BOT, "repos/create-commit-status", path, **{"state": "success", **fields})


def edit(github: FakeGitHub, comment: int) -> object:
    return github.call("sam", "issues/update-comment", {"comment_id": comment}, body="Yes")


def dispatch(github: FakeGitHub, on: str = "workflow_dispatch") -> object:
    github.plant({WORKFLOW: f"on: {on}\n"})
    return github.call(BOT, "actions/create-workflow-dispatch", {"workflow_id": "new.yml"}, ref="main")


def workflow_from_fork(github: FakeGitHub) -> object:
    github.push("sam", "mine", {WORKFLOW: "on: push\n"})
    return merge(github, approved(github, "sam", "mine"))


REFUSED: tuple[tuple[str, int, str, Act], ...] = (
    ("roles-are-held", 403, "", lambda g: branch(g, "sam")),
    ("hidden-things-are-not-found", 404, "", lambda g: g.call("sam", "repos/get-pages")),
    ("tokens-write-no-workflows", 403, "`workflows`", lambda g: g.push(BOT, "submission/1", {WORKFLOW: "on: push\n"})),
    ("tokens-write-no-workflows", 403, "`workflows`", workflow_from_fork),
    ("strangers-edit-no-issue", 403, "", lambda g: g.edit_issue("eve", issue(g), body="Something else")),
    ("strangers-edit-no-issue", 403, "", lambda g: g.close_issue("eve", issue(g))),
    ("strangers-edit-no-comment", 403, "", lambda g: edit(g, g.comment(BOT, issue(g), "Hi"))),
    ("bodies-end-at-65536", 422, "body is too long", lambda g: g.comment("sam", issue(g, "x" * 65536), "x" * 65537)),
    ("bodies-end-at-65536", 422, "body is too long", lambda g: issue(g, "x" * 65537)),
    ("titles-end-at-256", 422, "title is too long", lambda g: [g.open_issue("sam", "x" * n, "") for n in (256, 257)]),
    ("bodies-end-at-65536", 422, "body is too long", lambda g: g.edit_issue("sam", issue(g), body="x" * 65537)),
    ("descriptions-end-at-140", 422, "is too long", lambda g: [status(g, description="x" * n) for n in (140, 141)]),
    ("existing-refs-are-refused", 422, "Reference already exists", lambda g: (branch(g), branch(g))),
    ("main-is-protected", 422, "through a pull request", lambda g: g.push(BOT, "main", {FILE: "To main\n"})),
    ("main-is-protected", 422, "through a pull request", lambda g: g.push("admin", "main", {FILE: "To main\n"})),
    ("a-branch-has-one-open-pull", 422, "already exists", lambda g: (submission(g), g.open_pull(BOT, BRANCH, "Again"))),
    ("a-pull-needs-commits", 422, "No commits between", lambda g: (branch(g), g.open_pull(BOT, "mine", "Nothing"))),
    ("nobody-approves-their-own", 422, "Can not approve your own", lambda g: approved(g, by=BOT)),
    ("nobody-approves-their-own", 422, "Can not approve your own", lambda g: approved(g, "admin", by="admin")),
    ("only-writers-reviews-count", 405, "At least 1 approving review", lambda g: merge(g, approved(g, by="eve"))),
    ("a-merge-needs-an-open-pull", 405, "not mergeable", lambda g: merge(g, closed(g, approved(g)))),
    ("a-merge-needs-no-conflict", 405, "not mergeable", lambda g: (approved(g), g.plant({FILE: "x\n"}), merge(g, 1))),
    ("a-merge-needs-approvals", 405, "At least 1 approving review", lambda g: merge(g, submission(g))),
    ("a-merge-needs-approvals", 405, "At least 1 approving review", lambda g: merge(g, submission(g), "admin")),
    ("a-dispatch-needs-its-trigger", 422, "does not have 'workflow_dispatch' trigger", lambda g: dispatch(g, "push")),
)


def bad_tokens_are_refused(github: FakeGitHub) -> None:
    response = ask(github, "no-such-token", "GET issues")
    assert response.status == 401 and response.data["message"] == "Bad credentials"
    assert ask(github, github.token_for("sam"), "GET issues").status == 200


def token_rights_are_held(github: FakeGitHub) -> None:
    number, pull = issue(github), submission(github)
    reader = github.token_for(BOT, issues="read", contents="write")
    assert ask(github, reader, f"GET issues/{number}").status == 200
    assert ask(github, reader, f"POST issues/{number}/comments", body="Hello").status == 403
    assert ask(github, reader, f"GET pulls/{pull}").status == 403
    # A comment on a pull request needs either right.
    writer = github.token_for(BOT, pull_requests="write")
    assert ask(github, writer, f"POST issues/{pull}/comments", body="Hello").status == 201
    fine_grained = github.token_for("admin", contents="read")
    assert ask(github, fine_grained, "GET actions/permissions").status == 403


def permissions_are_four_words(github: FakeGitHub) -> None:
    github.permit("tess", "triage")
    issue(github)
    words = {"admin": "admin admin", "maintainer": "write maintain", "tess": "read triage", "sam": "read read"}
    for login, said in words.items():
        found = github.call(BOT, "repos/get-collaborator-permission-level", {"username": login})
        assert f"{found['permission']} {found['role_name']}" == said


@shows("lists-stop-at-thirty", "pages-hold-a-hundred")
def lists_have_pages(github: FakeGitHub) -> None:
    for _ in range(101):
        issue(github)
    response = ask(github, github.token_for(BOT), "GET issues")
    assert len(response.data) == 30 and 'page=2>; rel="next"' in response.headers["Link"]
    assert len(ask(github, github.token_for(BOT), "GET issues", page=4).data) == 11
    assert len(ask(github, github.token_for(BOT), "GET issues", per_page=200).data) == 100


def comparisons_show_300_files(github: FakeGitHub) -> None:
    github.push(BOT, "many", {f"{number}.txt": "x\n" for number in range(301)})
    compared = github.call(BOT, "repos/compare-commits", {"basehead": "main...many"})
    assert (compared["status"], len(compared["files"])) == ("ahead", 300)


@shows("readers-labels-are-dropped", "unknown-labels-are-made")
def labels_are_for_writers(github: FakeGitHub) -> None:
    made = github.call("sam", "issues/create", title="A title", body="A body", labels=["status: approved"])
    assert made["labels"] == [] == github.call("eve", "issues/list-labels-for-repo")
    path = {"issue_number": made["number"]}
    assert github.call("sam", "issues/update", path, labels=["status: approved"])["labels"] == []
    labelled = github.call(BOT, "issues/update", path, labels=["status: received"])["labels"]
    assert [label["name"] for label in labelled] == ["status: received"]
    assert [label["name"] for label in github.call("eve", "issues/list-labels-for-repo")] == ["status: received"]


def pulls_are_issues_too(github: FakeGitHub) -> None:
    number, pull = issue(github), submission(github)
    shown = {row["number"]: "pull_request" in row for row in github.call("eve", "issues/list-for-repo")}
    assert shown == {number: False, pull: True}


def deleted_issues_are_gone(github: FakeGitHub) -> None:
    number = issue(github)
    github.repo.issues[number].is_deleted = True
    with refused(410):
        github.call(BOT, "issues/get", {"issue_number": number})
    assert github.call(BOT, "issues/list-for-repo", state="all") == []


def transferred_issues_lead_away(github: FakeGitHub) -> None:
    number, other = (github.open_issue(login, "A title", "A body") for login in ("sam", "eve"))
    github.repo.issues[number].moved_to = f"example/elsewhere/issues/{other}"
    response = ask(github, github.token_for(BOT), f"GET issues/{number}")
    assert response.status == 301 and response.headers["Location"].endswith("/repos/example/elsewhere/issues/2")
    there = github.request("GET", "/repos/example/elsewhere/issues/2", github.token_for(BOT))
    assert there and (there.data["number"], there.data["user"]["login"]) == (other, "sam")
    assert [row["user"]["login"] for row in github.call("eve", "issues/list-for-repo", state="all")] == ["eve"]
    with refused(404):
        github.comment("sam", number, "Hello again")


def disabled_issues_are_gone_too(github: FakeGitHub) -> None:
    number, pull = issue(github), submission(github)
    github.settings.has_issues = False
    with refused(410, "disabled"):
        github.call(BOT, "issues/get", {"issue_number": number})
    assert github.call(BOT, "issues/get", {"issue_number": pull})["number"] == pull


def refs_move_forward(github: FakeGitHub) -> None:
    first, other = (github.push(BOT, branch, {FILE: f"{branch}\n"}) for branch in ("one", "other"))
    path = {"ref": "heads/one"}
    with refused(422, "not a fast forward"):
        github.call(BOT, "git/update-ref", path, sha=other)
    github.call(BOT, "git/update-ref", path, sha=other, force=True)
    assert github.repo.tip("one") == other != first


@shows("the-head-follows-its-branch", "a-closed-head-stays")
def heads_follow_until_they_are_closed(github: FakeGitHub) -> None:
    number = submission(github)
    first = head(github, number)
    pushed_by_git(github, BRANCH)
    before = head(github, number)
    assert before == github.repo.tip(BRANCH) != first
    assert github.events[-1].action == "synchronize"
    github.call(BOT, "pulls/update", {"pull_number": number}, state="closed")
    github.push(BOT, BRANCH, {FILE: "title: Later\n"})
    assert head(github, number) == before


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


def reviewed(github: FakeGitHub, number: int) -> list[str]:
    return [review["commit_id"] for review in github.call(BOT, "pulls/list-reviews", {"pull_number": number})]


@shows("a-review-names-its-commit", "a-review-keeps-its-commit", "old-approvals-still-count")
def reviews_are_of_a_commit(github: FakeGitHub) -> None:
    number = submission(github)
    first, second = head(github, number), github.push(BOT, BRANCH, {FILE: "title: Better\n"})
    github.review("maintainer", number, "APPROVE", first)
    github.review("admin", number, "APPROVE")
    github.push(BOT, BRANCH, {FILE: "title: Hostile\n"})
    assert reviewed(github, number) == [first, second]
    assert merge(github, number)


def a_merge_needs_the_asked_head(github: FakeGitHub) -> None:
    number = approved(github)
    before = head(github, number)
    github.just_before("pulls/merge", lambda: github.push(BOT, BRANCH, {FILE: "title: Hostile\n"}))
    with refused(409, "Head branch was modified"):
        merge(github, number, sha=before)
    assert github.read(FILE) is None


@shows("a-squash-is-one-commit", "a-squash-names-co-authors")
def a_squash_is_of_all_who_wrote_it(github: FakeGitHub) -> None:
    before, number = github.repo.tip("main"), approved(github)
    github.push("maintainer", BRANCH, {FILE: "title: Better\n"})
    made = merge(github, number, commit_title="Add a list", commit_message="From issue 1")
    commit = github.call(BOT, "repos/get-commit", {"ref": "main"})
    assert (commit["sha"], [parent["sha"] for parent in commit["parents"]]) == (made, [before])
    message = commit["commit"]["message"]
    assert message.startswith("Add a list\n\nFrom issue 1\n\nCo-authored-by: maintainer <") and BOT not in message


def a_squash_names_the_opener(github: FakeGitHub) -> None:
    number = approved(github, "sam", "mine")
    commit = github.repo.git.commit(merge(github, number))
    assert commit and commit.author.startswith("sam <") and commit.message == f"Add an entry (#{number})"


def token_events_start_nothing(github: FakeGitHub) -> None:
    number = issue(github)
    for login in (BOT, "sam"):
        github.comment(login, number, "Hello")
    dispatch(github)
    told = [(event.name, event.actor, event.starts) for event in github.events]
    comments = [("issue_comment", BOT, False), ("issue_comment", "sam", True)]
    assert told == [("issues", "sam", True), *comments, ("workflow_dispatch", BOT, True)]


def artifacts_are_found_by_name(github: FakeGitHub) -> None:
    for name in ("page-1", "page-12", "page-1"):
        github.kept(name, expired=name == "page-12")
    first, *_ = asked = github.call("sam", "actions/list-artifacts-for-repo", name="page-1")["artifacts"]
    github.call(BOT, "actions/delete-artifact", {"artifact_id": first["id"]})
    left = github.call("sam", "actions/list-artifacts-for-repo")["artifacts"]
    assert (len(asked), [(one["name"], one["expired"]) for one in left]) == (2, [("page-12", True), ("page-1", False)])
    with refused(404):
        github.call(BOT, "actions/delete-artifact", {"artifact_id": first["id"]})


CLOCKED = "on:\n  issues:\n    types: [opened]\n  workflow_dispatch:\n  schedule:\n    - cron: '7 * * * *'\n"
FILES = {".github/workflows/clocked.yml": CLOCKED, ".github/workflows/plain.yml": "on: [issues, push] # no schedule:\n"}


def states(github: FakeGitHub) -> list[str]:
    found = github.call(BOT, "actions/list-repo-workflows")["workflows"]
    return [workflow["state"] for workflow in found]


def quiet_repositories_lose_their_timers(github: FakeGitHub) -> None:
    github.plant(FILES)
    github.later(days=59)
    assert states(github) == ["active", "active"]
    github.later(days=2)
    github.plant({"README.md": "A commit doesn't bring it back.\n"})
    assert states(github) == ["disabled_inactivity", "active"]
    github.call(BOT, "actions/enable-workflow", {"workflow_id": "clocked.yml"})
    github.later(days=59)
    assert states(github) == ["active", "active"]


def forks_start_without_timers(github: FakeGitHub) -> None:
    github.settings.is_fork = True
    github.plant(FILES)
    assert states(github) == ["disabled_fork", "active"]
    github.call(BOT, "actions/enable-workflow", {"workflow_id": "clocked.yml"})
    assert states(github) == ["active", "active"]


def a_stopped_file_stops_whole(github: FakeGitHub) -> None:
    github.plant(FILES)
    assert github.started_by("issues") == ["clocked.yml", "plain.yml"]
    github.repo.stopped[".github/workflows/clocked.yml"] = "disabled_manually"
    assert github.started_by("issues") == ["plain.yml"]
    with refused(422, "on a disabled workflow"):
        github.call(BOT, "actions/create-workflow-dispatch", {"workflow_id": "clocked.yml"}, ref="main")


SHOWN += [(name.replace("_", "-"), act) for name, act in globals().items() if name.replace("_", "-") in RULES]
every_rule = pytest.mark.parametrize(
    ("rule", "act", "status_", "words"),
    [*((rule, act, code, words) for rule, code, words, act in REFUSED), *((rule, act, 0, "") for rule, act in SHOWN)],
)


def show(github: FakeGitHub, act: Act, code: int, words: str) -> None:
    with refused(code, words) if code else nullcontext():
        act(github)


@every_rule
def test_rule_holds(rule: str, act: Act, status_: int, words: str, tmp_path: Path) -> None:
    assert rule in RULES
    show(FakeGitHub(tmp_path), act, status_, words)


@every_rule
def test_without_the_rule_its_test_fails(rule: str, act: Act, status_: int, words: str, tmp_path: Path) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception, Refusal)):
        show(FakeGitHub(tmp_path, off={rule}), act, status_, words)


def test_the_readme_has_every_rule(tmp_path: Path) -> None:
    """It says what GitHub does, and which page says so or how it was seen; a misspelt rule cannot pass for one."""
    rows = re.findall(r"^\| `([\w-]+)` \| .+\. \| (\S.+) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(RULES) == sorted({*dict(SHOWN), *(row[0] for row in REFUSED)})
    assert all(source.startswith(("[docs](https://docs.github.com/", "seen: ")) for _, source in rows)
    with pytest.raises(KeyError, match="no-such-rule"):
        FakeGitHub(tmp_path, off={"no-such-rule"})
