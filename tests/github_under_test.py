"""Driving the stand-in as the house drives GitHub: with PyGithub, through its base address."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from github import Auth, Github, GithubException, InputGitTreeElement
from github.Repository import Repository

from mutualaid.rehearsal.standin import BOT, StandIn

FILE = "submissions/resources/a-list.yaml"


def client(standin: StandIn, token: str | None) -> Github:
    """Return a client for a token, without the waits and second tries that are meant for the real GitHub."""
    auth = Auth.Token(token) if token else None
    return Github(
        base_url=standin.address, auth=auth, retry=None, seconds_between_requests=None, seconds_between_writes=None
    )


def repository(standin: StandIn, login: str = BOT) -> Repository:
    """Return the repository as somebody sees it; one request."""
    return client(standin, standin.token_for(login)).get_repo(standin.repository)


def with_token(standin: StandIn, token: str | None) -> Repository:
    """Return the repository as the holder of a token sees it; one request."""
    return client(standin, token).get_repo(standin.repository)


@contextmanager
def refused(status: int, words: str = "") -> Iterator[None]:
    """Hold that GitHub answers with a status, and with these words somewhere."""
    with pytest.raises(GithubException) as found:
        yield
    assert found.value.status == status
    assert words in str(found.value.data)


def submission(standin: StandIn, text: str = "title: A list\n", branch: str = "submission/1") -> int:
    """Have the bot push one file to a branch and open a pull request; returns its number."""
    standin.push(BOT, branch, {FILE: text})
    return standin.open_pull(BOT, branch, "Add an entry")


def build_commit(repo: Repository, path: str = FILE, text: str = "title: A list\n", above: str = "heads/main") -> str:
    """Build a commit from blob, tree and parent, as the bot does; returns its sha."""
    parent = repo.get_git_commit(repo.get_git_ref(above).object.sha)
    blob = repo.create_git_blob(text, "utf-8")
    tree = repo.create_git_tree([InputGitTreeElement(path, "100644", "blob", sha=blob.sha)], parent.tree)
    return repo.create_git_commit("Add an entry", tree, [parent]).sha
