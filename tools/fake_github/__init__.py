"""A GitHub on this machine for tests: REST answers over HTTP, over a real bare git repository. README.md says more.

    fake.py        `FakeGitHub`: starts it, lets people act, hands out tokens
    server.py      HTTP in and out, on 127.0.0.1 only
    operation.py   one request to one answer: who asks, what for, may they, do it
    operations/    what each request does, by the name that GitHub gives it
    shapes.py      answers as GitHub writes them
    events.py      what GitHub would send to workflows
    repository.py  what GitHub remembers, and the names of rules that can be switched off
    git.py         the git repository and its forks

It imports nothing but the standard library, and runs the program `git`.
"""

from fake_github.fake import FakeGitHub
from fake_github.git import GitError
from fake_github.repository import BOT, RULES, Refusal

__all__ = ["BOT", "RULES", "FakeGitHub", "GitError", "Refusal"]
