"""A maintainer's desk: a fake GitHub, a clone of its main, and runs of the reconciler between the two."""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fake_github import BOT, FakeGitHub
from forms_under_test import answers, project_forms
from mutualaid.adapters.github.client import Client
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.flows.reconcile import ReconcileRun, ReconcileStep, Trial, reconcile
from world import World, real_kinds

KIND = "resources"
PEOPLE = {"admin": "admin", "ada": "maintain", "mo": "write", "tri": "triage"}
SEEDED = ("schemas", "content", "submissions")


def entry_value(title: str, **changes: Any) -> dict[str, Any]:
    """Return what somebody offers: the schema's own examples under a title and an address of its own."""
    schema = real_kinds()[KIND].schema
    value = {name: schema["properties"][name]["examples"][0] for name in schema["required"]}
    word = title.lower().replace(" ", "-")
    own: dict[str, Any] = {"title": title, "summary": f"All that there is to know about {title}."}
    own["link"] = {"url": f"https://www.example.org/{word}"}
    own["sources"] = [{"title": f"On {title}", "url": f"https://www.example.org/on-{word}"}]
    return {name: inner for name, inner in {**value, **own, **changes}.items() if inner is not None}


def form_body(title: str, **changes: Any) -> str:
    form, kind = project_forms()[KIND]
    return write_form(answers_of(entry_value(title, **changes), form, kind), form)


def correction_body(
    corrects: str = "https://aid.example.org/resources/old-guide/", words: str = "", sources: str = "", **values: str
) -> str:
    """Return a correction with free words, and a line for each of the `values` by the id of its question."""
    (kind, _), (form, _) = project_forms()[KIND], project_forms()["correct"]
    lines = [f"{asked.label}: {values[asked.id]}" for asked in kind.fields if asked.id in values]
    changes = "\n\n".join(filter(None, (words, *lines)))
    return write_form(answers(form, corrects=corrects, changes=changes, sources=sources), form)


@dataclass
class Desk:
    """`github` is the fake, `root` the clone."""

    github: FakeGitHub
    root: Path
    runs: list[ReconcileRun] = field(default_factory=list)

    def offer(self, login: str = "sam", title: str = "A Reading List", **changes: Any) -> int:
        return self.github.open_issue(login, "Resource", form_body(title, **changes), (f"kind: {KIND}",))

    def correct(self, **values: str) -> int:
        body = correction_body(**(values or {"title": "A New Guide"}))
        return self.github.open_issue("sam", "Correction", body, ("kind: correct",))

    def edit(self, number: int, title: str, login: str = "sam", **changes: Any) -> None:
        self.github.edit_issue(login, number, body=form_body(title, **changes))

    @property
    def here(self) -> Client:
        return Client(self.github.address, self.github.repository, self.github.token_for(BOT))

    def in_review(self, *arguments: str, **changes: Any) -> int:
        number = self.offer(*arguments, **changes)
        self.run(number)
        return number

    def approved(self, *arguments: str, **changes: Any) -> int:
        number = self.in_review(*arguments, **changes)
        self.approve(self.pull_of(number))
        return number

    def corrected(self, **values: str) -> int:
        number = self.correct(**values)
        self.run(number)
        self.approve(self.pull_of(number))
        return number

    def approve(self, pull: int, who: str = "ada") -> None:
        self.github.review(who, pull, "APPROVE")

    def comment(self, who: str, number: int, words: str) -> int:
        """Have somebody write below a form, five minutes after what was last."""
        self.github.later(minutes=5)
        return self.github.comment(who, number, words)

    def by_hand(self, files: dict[str, Any], login: str = "sam") -> int:
        self.github.push(login, "mine", files)
        return self.github.open_pull(login, "mine", "My entry")

    @contextmanager
    def merging_more(self, files: Callable[[str], dict[str, Any]]) -> Iterator[None]:
        """Have GitHub bring `files` of the head to main with every merge, beside what was approved."""
        git = self.github.repo.git
        real = git.merged_tree

        def hostile(_: object, base: str, head: str) -> str | None:
            tree = real(base, head)
            return git.changed_tree(tree, files(head)) if tree else None

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(git), "merged_tree", hostile)
            yield

    def look(self, only: int | None = None, event: Any = None) -> list[str]:
        """Run, and return what was decided; nothing may have been refused."""
        steps = self.run(only, event)
        assert [step.refusal for step in steps if step.refusal] == []
        return [step.decision.status for step in steps]

    def changes_nothing(self, *numbers: int | None) -> bool:
        """Whether runs that look at these, or sweep where there is none, write nothing."""
        before = self.github.writes
        for number in numbers or (None,):
            self.look(number)
        return self.github.writes == before

    def run(
        self, only: int | None = None, event: Any = None, *, dry_run: bool = False, trial: Trial | None = None
    ) -> list[ReconcileStep]:
        """Run the reconciler as a workflow does, on a fresh checkout of main."""
        self.pull()
        event = {"issue": {"number": only}} if only else event
        run, steps = reconcile(self.root, self.here, self.github.clock, event, dry_run=dry_run, trial=trial)
        self.runs.append(run)
        return list(steps)

    def pull(self) -> None:
        git(self.root, "fetch", "--quiet", "origin", "main")
        git(self.root, "reset", "--quiet", "--hard", "FETCH_HEAD")

    def spent(self) -> tuple[int, int, int]:
        return self.github.requests, self.github.writes, self.github.creations

    def pull_of(self, number: int) -> int:
        own = [one for one in self.github.repo.pulls.values() if one.branch == f"submission/{number}"]
        return own[-1].number

    def head(self, number: int) -> str:
        return self.github.repo.tip(f"submission/{number}") or ""

    def labels(self, number: int) -> set[str]:
        return set(self.github.repo.issues[number].labels)

    def said(self, number: int) -> str:
        """Return what the bot says; there is never more than one comment of its own."""
        comments = self.github.repo.issues[number].comments
        own = [str(one["body"]) for one in comments if one["user"]["login"] == BOT]
        assert len(own) <= 1
        return own[0] if own else ""

    def picture(self) -> tuple[Any, ...]:
        """Return all that matters of the end state: commits and ids left out."""
        repo = self.github.repo
        said = [[re.sub(r" head=\S+", "", its["body"]) for its in one.comments] for one in repo.issues.values()]
        issues = [(one.number, one.is_open, sorted(one.labels)) for one in repo.issues.values()]
        pulls = [(one.number, one.branch, bool(one.merged_at)) for one in repo.pulls.values()]
        branches = [one.removeprefix("refs/heads/") for one in repo.git.refs("refs/heads/") if "submission" in one]
        return said, issues, pulls, {one: self.files(one) for one in ("main", *branches)}

    def files(self, branch: str) -> dict[str, str]:
        git = self.github.repo.git
        tree = git.tree_of(self.github.repo.tip(branch))
        return {path: one.sha for path, one in git.files(tree).items() if path.startswith("submissions/")}


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    (folder / "seed").mkdir(parents=True)
    world = World.made_in(folder / "seed")
    world.entry(KIND, "old-guide", link={"url": "https://www.example.org/old-guide-itself"})
    world.entry("groups", "a-fund")
    with FakeGitHub(folder / "github", people=PEOPLE) as github:
        github.seed(world.root, SEEDED)
        git(folder, "clone", "--quiet", github.git_url, str(folder / "clone"))
        yield Desk(github, folder / "clone")


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Jane Roe", "-c", "user.email=jane@work.example")
    return subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def with_remote(root: Path, remote: Path) -> None:
    git(root.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=Begin")
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "--quiet", "origin", "main")
