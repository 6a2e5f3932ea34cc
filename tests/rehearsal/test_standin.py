"""The stand-in itself: it speaks as described, dies when told, keeps a sound repository, and is quick."""

import datetime as dt
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from github import GithubException
from requests.exceptions import ConnectionError as LineCut

from github_under_test import FILE, build_commit, client, refused, repository, submission, with_token
from mutualaid.flows.load_entries import load_entries
from mutualaid.rehearsal.description import Mismatch, github
from mutualaid.rehearsal.git_process import environment
from mutualaid.rehearsal.operations import DEEDS
from mutualaid.rehearsal.slice import SLICE
from mutualaid.rehearsal.standin import BOT, Refusal, StandIn
from world import PROJECT


def _git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
    command = ("git", *name, *arguments)
    run = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    return run.stdout


def test_a_push_by_git_after_approval_stops_the_pinned_merge(tmp_path: Path) -> None:
    """An approved fork's branch is pushed to by git itself: the merge that names the approved commit fails."""
    with StandIn(tmp_path / "github") as standin:
        standin.push("eve", "gift", {FILE: "title: A kind gift\n"})
        number = standin.open_pull("eve", "gift", "A gift")
        standin.review("maintainer", number, "APPROVE")
        pull = repository(standin).get_pull(number)
        (approval,) = pull.get_reviews()
        _git(tmp_path, "clone", "--quiet", "--branch", "gift", standin.fork_url("eve"), "clone")
        (tmp_path / "clone" / FILE).write_text("title: Not what you read\n", encoding="utf-8")
        _git(tmp_path / "clone", "commit", "--quiet", "--all", "--message", "Oh")
        _git(tmp_path / "clone", "push", "--quiet", "origin", "gift")
        with refused(409, "Head branch was modified"):
            pull.merge(merge_method="squash", sha=approval.commit_id)
        assert standin.read(FILE) is None
        (told,) = [each for each in standin.events if each.action == "synchronize"]
        assert (told.actor, told.rights) == ("eve", "read")


def test_an_attack_at_the_last_moment(tmp_path: Path) -> None:
    """`just_before` acts between the request and its carrying out, where the caller can no longer look."""
    with StandIn(tmp_path) as standin:
        pull = repository(standin).get_pull(submission(standin))
        standin.review("maintainer", pull.number, "APPROVE")
        standin.just_before("pulls/merge", lambda: standin.push(BOT, "submission/1", {FILE: "title: Hostile\n"}))
        with refused(409):
            pull.merge(merge_method="squash", sha=pull.head.sha)


@pytest.mark.parametrize("writes", range(4))
def test_it_dies_between_any_two_writes(writes: int, tmp_path: Path) -> None:
    """After that many writes every line is cut, reading too; what was written stays, and it can come back."""
    with StandIn(tmp_path) as standin:
        number = standin.open_issue("sam", "A title", "A body")
        issue = repository(standin).get_issue(number)
        standin.fail_after(writes)
        for each in range(writes):
            issue.create_comment(f"Comment {each}")
        with pytest.raises(LineCut):
            issue.create_comment("Never heard")
        with pytest.raises(LineCut):
            repository(standin)
        standin.fail_after(None)
        assert [each.body for each in repository(standin).get_issue(number).get_comments()] == [
            f"Comment {each}" for each in range(writes)
        ]


def test_it_counts_what_comes_over_http(tmp_path: Path) -> None:
    """Requests, writes and requests that notify people are counted; what people do by themselves is not."""
    with StandIn(tmp_path) as standin:
        issue = repository(standin).get_issue(standin.open_issue("sam", "A title", "A body"))
        comment = issue.create_comment("One")
        comment.edit("Two")
        assert (standin.requests, standin.writes, standin.creations) == (4, 2, 1)
        assert standin.log[-1][2] == 200


@pytest.mark.parametrize(
    ("method", "place", "body", "sentence"),
    [
        ("PUT", "/pulls/1/merge", {"head_sha": "0" * 40}, "has no field head_sha"),
        ("GET", "/issues?statee=all", None, "has no query parameter statee"),
        ("GET", "/issues?state=everything", None, "'everything' is not one of"),
        ("POST", "/issues/1/comments", {"body": 7}, "7 is not of type 'string'"),
        ("POST", "/issues/1/comments", None, "None is not of type"),
        ("GET", "/issues?assignee=sam", None, "cannot filter issues/list-for-repo by assignee"),
    ],
)
def test_a_misshapen_request_is_told(
    method: str, place: str, body: dict[str, Any] | None, sentence: str, tmp_path: Path
) -> None:
    """What GitHub would overlook or refuse for its shape is an error of the caller's, said in a sentence."""
    with StandIn(tmp_path) as standin:
        submission(standin)
        address = f"{standin.address}/repos/{standin.repository}{place}"
        token = {"Authorization": f"Bearer {standin.token_for(BOT)}"}
        answer = requests.request(method, address, json=body, headers=token, timeout=10)
        assert answer.status_code == 500
        assert sentence in answer.json()["message"]


def test_a_misshapen_answer_is_told(tmp_path: Path) -> None:
    """The stand-in's own answers are held to the description as well."""
    with StandIn(tmp_path) as standin:
        number = standin.open_issue("sam", "A title", "A body")
        repo = repository(standin)
        standin.world.issues[number].state_reason = "tired"
        with refused(500, "issues/get, the answer 200: state_reason: 'tired' is not one of"):
            repo.get_issue(number)


def test_an_unknown_address_is_told(tmp_path: Path) -> None:
    """What the slice does not have answers 501; another repository answers 404."""
    with StandIn(tmp_path) as standin:
        repo = repository(standin)
        with refused(501, "see slice.py"):
            repo.get_milestone(1)
        with refused(404):
            client(standin, standin.token_for(BOT)).get_repo("example/other")


def test_answers_that_github_never_gives() -> None:
    """A status that an operation does not have, or a body where there is none, is a mismatch."""
    merge = github().operations["pulls/merge"]
    with pytest.raises(Mismatch, match="never answers 418"):
        github().check_answer(merge, 418, {"message": "No"})
    with pytest.raises(Mismatch, match="without a body"):
        github().check_answer(github().operations["git/delete-ref"], 204, {"message": "Gone"})
    with pytest.raises(Mismatch, match="has no event issues-sung"):
        github().check_event("issues-sung", {})


def test_the_slice_is_small_and_says_where_it_is_from() -> None:
    """It has every operation that there is code for, no more, and names its source."""
    assert SLICE.stat().st_size <= 150 * 1024
    assert github().version.startswith("23.")
    assert set(DEEDS) == set(github().operations)


def test_a_fork_and_its_files_in_pages(tmp_path: Path) -> None:
    """A fork's pull request lists all its files, page after page, and is merged with the fork's objects."""
    with StandIn(tmp_path) as standin:
        files = {f"submissions/resources/list-{number:02}.yaml": f"title: List {number}\n" for number in range(61)}
        standin.push("sam", "many", files)
        pull = repository(standin).get_pull(standin.open_pull("sam", "many", "Many"))
        assert pull.head.repo.full_name == "sam/mutual-aid-at-work"
        assert pull.changed_files == 61
        assert [each.filename for each in pull.get_files()] == sorted(files)
        standin.review("maintainer", pull.number, "APPROVE")
        pull.merge(merge_method="squash")
        assert standin.read("submissions/resources/list-60.yaml") == "title: List 60\n"


def test_people_who_leave(tmp_path: Path) -> None:
    """A deleted account's issues are the ghost's, its reviews are nobody's, and it is no collaborator any more."""
    with StandIn(tmp_path, people={"mo": "write", "sole": "admin"}) as standin:
        number, pull = standin.open_issue("mo", "A title", "A body"), submission(standin)
        standin.review("mo", pull, "APPROVE")
        standin.delete_account("mo")
        assert repository(standin).get_issue(number).user.login == "ghost"
        (review,) = standin.call(BOT, "pulls/list-reviews", {"pull_number": pull})
        assert (review["user"], review["state"]) == (None, "APPROVED")
        with refused(404):
            repository(standin).get_collaborator_permission("mo")


def test_settings_that_a_story_needs(tmp_path: Path) -> None:
    """Without branch rules anybody with write access merges, and the branch may go with the merge."""
    with StandIn(tmp_path) as standin:
        standin.settings.protection, standin.settings.branch_goes_after_merge = None, True
        number = submission(standin)
        repository(standin).get_pull(number).merge(merge_method="merge")
        assert [each.name for each in repository(standin).get_branches()] == ["main"]
        standin.push("maintainer", "main", {"a.txt": "Straight to main\n"})
        standin.settings.pages_source = None
        with pytest.raises(Refusal, match="Not Found"):
            standin.call("admin", "repos/get-pages")


def test_git_finds_nothing_wrong(tmp_path: Path) -> None:
    """What the stand-in writes is a sound repository to git, which also agrees about what changed."""
    with StandIn(tmp_path / "github") as standin:
        standin.seed(PROJECT, ("submissions", "pelicanconf.py"))
        repo = repository(standin)
        build_commit(repo, "schemas/new/é.yaml", "title: Ünïcode\n")
        number = submission(standin, "title: One\ntitle: Two")
        standin.push(BOT, "submission/1", {"a/b.txt": "x\n", "a/b": None, "README.md": None, "bytes.bin": b"\0\1"})
        files = {each.filename: (each.status, each.additions) for each in repo.get_pull(number).get_files()}
        told = standin.world.store.git("diff", "--numstat", "main...submission/1").decode().splitlines()
        assert files["README.md"] == ("removed", 0)
        assert files[FILE] == ("added", 2)
        assert sorted(line.split("\t")[2] for line in told) == sorted(files)
        checked = standin.world.store.git("fsck", "--strict", "--no-dangling").decode()
        assert "error" not in checked


def test_the_site_can_be_built_from_it(tmp_path: Path) -> None:
    """`seed` brings a checkout's folders onto main, and `checkout` writes them out again, byte for byte."""
    with StandIn(tmp_path / "github") as standin:
        sha = standin.seed(PROJECT)
        standin.push(BOT, "submission/1", {FILE: "title: A list\n"})
        folder = standin.checkout("submission/1", tmp_path / "site")
        assert (folder / FILE).read_text(encoding="utf-8") == "title: A list\n"
        for name in ("pelicanconf.py", "content/host.yaml", "schemas/common.schema.yaml"):
            assert (folder / name).read_bytes() == (PROJECT / name).read_bytes()
        assert not (standin.checkout(sha, tmp_path / "main") / FILE).exists()
        assert load_entries(tmp_path / "main", dt.datetime.now(tz=dt.UTC).date()).is_publishable


def test_what_people_may_not_do_is_refused(tmp_path: Path) -> None:
    """The helpers go through the same rules as requests."""
    with StandIn(tmp_path) as standin:
        number = standin.open_issue("sam", "A title", "A body", ["kind: groups"])
        with pytest.raises(Refusal, match="admin rights"):
            standin.edit_issue("eve", number, body="Mine now")
        with pytest.raises(Refusal, match="pull request"):
            standin.push("maintainer", "main", {"a.txt": "Straight to main\n"})
        standin.push("maintainer", "mine", {FILE: "title: A list\n"})
        number = standin.open_pull("maintainer", "mine", "Mine")
        with pytest.raises(Refusal, match="own pull request"):
            standin.review("maintainer", number, "APPROVE")


def test_it_starts_at_once_and_sweeps_quickly(tmp_path: Path) -> None:
    """It starts in about 50 ms; 200 open submissions are read with 450 requests in a few seconds.

    The limits are wide, because a machine that is busy with other things must not fail this.
    """
    began = time.perf_counter()
    with StandIn(tmp_path) as standin:
        assert time.perf_counter() - began < 0.5
        for number in range(200):
            issue = standin.open_issue(f"person-{number}", "A title", "A body", ["kind: resources"])
            standin.push(BOT, f"submission/{issue}", {f"submissions/resources/list-{issue}.yaml": "title: A list\n"})
            standin.open_pull(BOT, f"submission/{issue}", "Add an entry")
        github_client = client(standin, standin.token_for(BOT))
        github_client.per_page = 100
        began = time.perf_counter()
        repo = github_client.get_repo(standin.repository)
        pulls = list(repo.get_pulls())
        assert len({each.number for each in repo.get_issues()} - {each.number for each in pulls}) == 200
        for pull in pulls:
            assert (len(list(pull.get_reviews())), len(list(pull.get_files()))) == (0, 1)
        for number in range(1, 80, 2):
            assert list(repo.get_issue(number).get_comments()) == []
        assert 450 <= standin.requests <= 500
        assert time.perf_counter() - began < 30


def test_a_workflows_token_has_only_its_rights(tmp_path: Path) -> None:
    """A job's `permissions` are all that its token can do, whatever the account behind the event may do."""
    with StandIn(tmp_path) as standin:
        number = standin.open_issue("sam", "A title", "A body")
        repo = with_token(standin, standin.workflow_token(issues="write"))
        assert repo.get_issue(number).create_comment("Hello").user.login == BOT
        for refused_thing in (lambda: build_commit(repo), lambda: repo.get_workflow("submission.yml")):
            with pytest.raises(GithubException) as found:
                refused_thing()
            assert found.value.status == 403
