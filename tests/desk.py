"""A maintainer's desk: a fake GitHub, a clone of its main, and runs of the reconciler between the two."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fake_github import BOT, FakeGitHub
from forms_under_test import project_forms
from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.flows.reconcile import GitHub, ReconcileRun, ReconcileStep, reconcile
from world import World, real_kinds

KIND = "resources"
PEOPLE = {"admin": "admin", "ada": "maintain", "mo": "write", "tri": "triage"}
SEEDED = ("schemas", "content", "submissions")


def entry_value(title: str, **changes: Any) -> dict[str, Any]:
    """Return what somebody offers: the schema's own examples under a title and an address of its own."""
    schema = real_kinds()[KIND].schema
    value = {name: schema["properties"][name]["examples"][0] for name in schema["required"]}
    word = title.lower().replace(" ", "-")
    own: dict[str, Any] = {
        "title": title,
        "summary": f"All that there is to know about {title}.",
        "link": {"url": f"https://www.example.org/{word}"},
    }
    own["sources"] = [{"title": f"On {title}", "url": f"https://www.example.org/on-{word}"}]
    return {name: inner for name, inner in {**value, **own, **changes}.items() if inner is not None}


def form_body(title: str, **changes: Any) -> str:
    """Return the issue that GitHub makes of it."""
    form, kind = project_forms()[KIND]
    return write_form(answers_of(entry_value(title, **changes), form, kind), form)


def file_text(title: str, slug: str, **changes: Any) -> str:
    """Return the file that somebody writes by hand."""
    own = {"slug": slug, "licence": "CC-BY-NC-SA-4.0", "added": "2026-08", "intake": {"channel": "offline"}}
    return write_yaml({**entry_value(title), **own, **changes})


@dataclass
class Desk:
    """`github` is the fake, `root` the clone."""

    github: FakeGitHub
    root: Path
    runs: list[ReconcileRun] = field(default_factory=list)

    def offer(self, login: str = "sam", title: str = "A Reading List", **changes: Any) -> int:
        """Have somebody fill in the form."""
        return self.github.open_issue(login, "Resource", form_body(title, **changes), (f"kind: {KIND}",))

    def edit(self, number: int, title: str, login: str = "sam", **changes: Any) -> None:
        """Have somebody edit their form."""
        self.github.edit_issue(login, number, body=form_body(title, **changes))

    def run(self, only: int | None = None, event: Any = None, *, dry_run: bool = False) -> list[ReconcileStep]:
        """Run the reconciler as a workflow does, on a fresh checkout of main."""
        self.pull()
        here = GitHub(self.github.address, self.github.repository, self.github.token_for(BOT))
        run, steps = reconcile(self.root, here, self.github.clock, only, event, dry_run=dry_run)
        self.runs.append(run)
        return list(steps)

    def pull(self) -> None:
        """Bring the clone to main."""
        git(self.root, "fetch", "--quiet", "origin", "main")
        git(self.root, "reset", "--quiet", "--hard", "FETCH_HEAD")

    def spent(self) -> tuple[int, int, int]:
        """Return requests, writes and notices so far."""
        return self.github.requests, self.github.writes, self.github.creations

    def pull_of(self, number: int) -> int:
        """Return the open pull request of a form."""
        own = [one for one in self.github.repo.pulls.values() if one.branch == f"submission/{number}"]
        return own[-1].number

    def head(self, number: int) -> str:
        """Return where the branch of a form stands."""
        return self.github.repo.tip(f"submission/{number}") or ""

    def labels(self, number: int) -> set[str]:
        """Return an issue's labels."""
        return set(self.github.repo.issues[number].labels)

    def said(self, number: int) -> str:
        """Return what the bot says; there is never more than one comment of its own."""
        own = [one.body for one in self.github.repo.issues[number].comments if one.author == BOT]
        assert len(own) <= 1
        return own[0] if own else ""

    def picture(self) -> dict[str, Any]:
        """Return all that matters of the end state: commits and ids left out."""
        repo = self.github.repo
        issues = {
            one.number: (one.is_open, sorted(one.labels), [heads_out(said.body) for said in one.comments])
            for one in repo.issues.values()
        }
        pulls = {one.number: (one.branch, bool(one.merged_at)) for one in repo.pulls.values()}
        branches = [one for one in repo.git.refs("refs/heads/") if "submission" in one]
        files = {one: self.files(one) for one in ["main", *(name.removeprefix("refs/heads/") for name in branches)]}
        return {"issues": issues, "pulls": pulls, "files": files}

    def files(self, branch: str) -> dict[str, str]:
        """Return what a branch holds below the entries."""
        git = self.github.repo.git
        tree = git.tree_of(self.github.repo.tip(branch))
        return {path: one.sha for path, one in git.walk(tree) if path.startswith("submissions/")}


def heads_out(body: str) -> str:
    """Return a comment without the name of the commit that it knows."""
    first, _, rest = body.partition("\n")
    return " ".join(one for one in first.split() if not one.startswith("head=")) + rest


@contextmanager
def desk_in(folder: Path, *, off: tuple[str, ...] = ()) -> Iterator[Desk]:
    """Set up a desk; two entries are on main already."""
    (folder / "seed").mkdir(parents=True)
    world = World.made_in(folder / "seed")
    world.entry(KIND, "old-guide", link={"url": "https://www.example.org/old-guide-itself"})
    world.entry("groups", "a-fund")
    with FakeGitHub(folder / "github", people=PEOPLE, off=off) as github:
        github.seed(world.root, SEEDED)
        git(folder, "clone", "--quiet", github.git_url, str(folder / "clone"))
        yield Desk(github, folder / "clone")


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


__all__ = ["BOT", "Desk", "desk_in", "entry_value", "file_text", "form_body", "replace"]
