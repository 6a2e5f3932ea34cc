"""Asking the fake GitHub as somebody, and what it refuses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from fake_github import BOT, FakeGitHub, Refusal
from fake_github.git import git
from fake_github.operation import Response
from world import PROJECT

README = PROJECT / "tools" / "fake_github" / "README.md"
FILE = "submissions/resources/a-list.yaml"


def ask(github: FakeGitHub, token: str, request: str, **fields: Any) -> Response:
    """Send a request, as `GET issues/1`, with a token; fields go where they belong, the query or the body."""
    method, _, path = request.partition(" ")
    query, body = (f"?{urlencode(fields)}", b"") if method == "GET" else ("", json.dumps(fields).encode())
    response = github.request(method, f"/repos/{github.repository}/{path}".rstrip("/") + query, token, body)
    assert response
    return response


@contextmanager
def refused(status: int, words: str = "") -> Iterator[None]:
    """Hold that GitHub refuses with a status, and with these words somewhere."""
    with pytest.raises(Refusal) as found:
        yield
    assert found.value.status == status
    assert words in str(found.value)


def submission(github: FakeGitHub, branch: str = "submission/1", login: str = BOT) -> int:
    """Have somebody push one file to a branch and open a pull request; returns its number."""
    github.push(login, branch, {FILE: "title: A list\n"})
    return github.open_pull(login, branch, "Add an entry")


def pushed_by_git(github: FakeGitHub, branch: str, url: str = "") -> None:
    """Change the file on a branch with git itself, past the fake."""
    clone, name = Path(github.git_url).parent / "clone", ("-c", "user.name=Eve", "-c", "user.email=eve@example.org")
    git("clone", "--quiet", "--branch", branch, url or github.git_url, str(clone))
    (clone / FILE).write_text("title: Hostile\n", encoding="utf-8")
    git("-C", str(clone), *name, "commit", "--quiet", "--all", "--message", "Change")
    git("-C", str(clone), "push", "--quiet", "origin", branch)


def asked_by_command(patch: pytest.MonkeyPatch, github: FakeGitHub, token: str) -> None:
    for name, value in (("API_URL", github.address), ("REPOSITORY", github.repository), ("TOKEN", token)):
        patch.setenv(f"GITHUB_{name}", value)
