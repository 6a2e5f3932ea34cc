"""All orders of six events around one entry: what is merged is what was approved, or nothing is merged.

The bot, the fake GitHub's rules and git's three-way merge are the real ones; only HTTP and the checkout are left out,
so that some thousand orders take seconds. The clock stands still, so that a commit's name tells all that is in it, and
orders which have led to one state are gone on with once.
"""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import factorial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from github import GithubException

from desk import PEOPLE, SEEDED
from fake_github import BOT, FakeGitHub
from fake_github.git import FILE, HEADS, Commit, TreeEntry
from fake_github.operation import answer
from fake_github.repository import Pull
from forms_under_test import answers, project_forms
from mutualaid.adapters.git import Head
from mutualaid.adapters.github.client import Client, refusal
from mutualaid.adapters.github.read import GitHubReader
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.entries.checks import check_together
from mutualaid.core.entries.submission import Submission
from mutualaid.core.forms.answers import write_form
from mutualaid.flows import reconcile
from mutualaid.flows.load_checkout import Checkout, load_checkout
from world import World, real_kinds

PATH = "submissions/exercises/one-shift.yaml"
ADDRESS = "/exercises/one-shift/"


def text_of(first: int, last: int, title: str = "One shift") -> str:
    """Return the entry: the minutes of its steps must add up, and in a mixture of two texts they do not."""
    schema = real_kinds()["exercises"].schema
    value = {name: schema["properties"][name]["examples"][0] for name in schema["required"]}
    minutes = enumerate((first, 5, last), 1)
    steps = [{"minutes": one, "title": f"Step {place}", "text": "Go round once."} for place, one in minutes]
    own = {"slug": "one-shift", "title": title, "added": "2020-01", "minutes_min": 20}
    return write_yaml({**value, **own, "minutes_max": first + 5 + last, "steps": steps})


HAD, OURS, THEIRS = text_of(10, 10), text_of(15, 10), text_of(10, 15)
EDITED = text_of(20, 10, "One shift, once more")


@dataclass
class Place:
    """A repository with one entry, and the bot."""

    github: FakeGitHub
    checkout: Checkout
    read: dict[str, Submission] = field(default_factory=dict)
    approved: dict[str, str] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    merges: int = 0
    theirs: str = THEIRS
    may_conflict: bool = False

    @property
    def main(self) -> str:
        return self.github.repo.tip("main") or ""

    @property
    def pull(self) -> Pull | None:
        repo = self.github.repo
        return next((one for one in repo.pulls.values() if repo.issues[one.number].is_open), None)

    def head(self, pull: Pull) -> str:
        return self.github.repo.tip(pull.branch, pull.fork) or pull.head_seen

    def blob(self, commit: str) -> str:
        repo = self.github.repo
        there = repo.git.files(repo.git.tree_of(commit)).get(PATH)
        return there.sha if there else ""

    def entries(self) -> dict[str, Submission]:
        repo, found = self.github.repo, {}
        for path, one in repo.git.files(repo.git.tree_of(self.main)).items():
            if path.startswith("submissions/"):
                if one.sha not in self.read:
                    document = read_yaml(self.github.read(path) or "", path).document
                    assert document is not None, path
                    self.read[one.sha] = Submission(self.checkout.rulebooks[path.split("/")[1]].kind, document)
                found[path] = self.read[one.sha]
        return found

    def head_now(self, _: Path) -> Head:
        return Head(self.main, self.github.repo.git.tree_of(self.main), self.github.clock)

    def problems(self) -> list[str]:
        entries, day = self.entries(), self.github.clock.date()
        each = (one for entry in entries.values() for one in self.checkout.rulebooks[entry.kind.name].check(entry, day))
        return [one.message for one in (*each, *check_together(entries.values())) if one.is_error]

    def approve(self) -> None:
        pull = self.pull
        if pull is not None:
            head = self.head(pull)
            self.approved[head] = self.blob(head)
            self.github.review("ada", pull.number, "APPROVE")

    def look(self) -> None:
        before, pulls = self.main, list(self.github.repo.pulls.values())
        heads = [self.head(pull) for pull in pulls]
        here = Client("https://api.github.example", self.github.repository, "token")
        refusals = [step.refusal for step in reconcile.reconcile(Path(), here, self.github.clock)[1] if step.refusal]
        if self.main != before:
            self.merges += 1
            self._hold(before, heads)
        assert not refusals or self.may_conflict, f"After {self.done} the bot was refused: {refusals}"

    def _hold(self, before: str, heads: list[str]) -> None:
        changed = [one["filename"] for one in self.github.repo.git.changes(before, self.main)]
        blob, told = self.blob(self.main), f"After {self.done}"
        assert changed == [PATH], f"{told} these files were merged: {changed}"
        assert blob in {self.approved.get(head) for head in heads}, f"{told} bytes were merged that nobody approved."
        assert blob in {self.blob(head) for head in heads}, f"{told} bytes were merged that are changed since."
        assert not (found := self.problems()), f"{told} main does not pass its check: {found}"

    def update(self, *, by_hand: bool = False) -> None:
        """Somebody brings main into the branch; where the two conflict only by hand, and then its own text is kept."""
        pull, repo = self.pull, self.github.repo
        if pull is None:
            return
        head = self.head(pull)
        tree = repo.git.merged_tree(self.main, head)
        if tree is None and by_hand:
            own = {PATH: TreeEntry(FILE, self.blob(head))}
            tree = repo.git.changed_tree(repo.git.tree_of(self.main), own)
        if tree is not None and repo.git.base(self.main, head) != self.main:
            signed = repo.signature("ada")
            made = repo.git.write_commit(Commit(tree, (head, self.main), signed, signed, "Merge main"))
            repo.git.set_ref(HEADS + pull.branch, made, pull.fork)

    def keep(self) -> tuple[Any, ...]:
        repo = self.github.repo
        things = copy.deepcopy((repo.issues, repo.pulls))
        return things, dict(repo.statuses), self._refs(), dict(self.approved), self.done, self.merges

    def put_back(self, kept: tuple[Any, ...]) -> None:
        repo = self.github.repo
        things, statuses, refs, approved, self.done, self.merges = kept
        repo.issues, repo.pulls = copy.deepcopy(things)
        repo.statuses, self.approved = dict(statuses), dict(approved)
        for (fork, branch), tip in refs.items():
            if repo.tip(branch, fork) != tip:
                repo.git.set_ref(HEADS + branch, tip, fork)

    def state(self) -> str:
        """Return all by which one state differs from another, but for the numbers of comments and reviews."""
        repo = self.github.repo
        issues, pulls = [], []
        for issue in repo.issues.values():
            said = [(one["user"]["login"], one["body"]) for one in issue.comments]
            issues.append((issue.number, issue.body, issue.is_open, issue.labels, said))
        for pull in repo.pulls.values():
            reviews = [(one["user"]["login"], one["state"], one["commit_id"]) for one in pull.reviews]
            pulls.append((pull.number, pull.merged_at, pull.head_seen, reviews))
        return repr((issues, pulls, sorted(self._refs().items(), key=str), self.merges))

    def _refs(self) -> dict[tuple[str | None, str], str | None]:
        repo = self.github.repo
        places = {(None, "main"), *((one.fork, one.branch) for one in repo.pulls.values())}
        return {(fork, branch): repo.tip(branch, fork) for fork, branch in places}


def by_fork(place: Place) -> Callable[[], object]:
    """Have a stranger open a pull request from a fork that changes the entry; returns how they change it again."""
    place.github.push("sam", "mine", {PATH: OURS})
    place.github.open_pull("sam", "mine", "My entry")
    return lambda: place.github.push("sam", "mine", {PATH: EDITED})


def by_branch(place: Place) -> Callable[[], object]:
    branch = "submission/offline-4f9a"
    place.github.push("mo", branch, {PATH: OURS})
    place.look()
    return lambda: place.github.push("mo", branch, {PATH: EDITED})


def by_form(place: Place) -> Callable[[], object]:

    def body(first: int, title: str = "") -> str:
        form, _ = project_forms()["correct"]
        steps = "\n".join(f"{one} min | Step {place} | Go round once." for place, one in enumerate((first, 5, 10), 1))
        changes = f"Time to allow: {first + 15}\n{title and f'Title: {title}'}\nSteps: {steps}"
        return write_form(answers(form, corrects=ADDRESS, changes=changes), form)

    number = place.github.open_issue("sam", "Correction", body(15), ("kind: correct",))
    place.look()
    return lambda: place.github.edit_issue("sam", number, body=body(20, "One shift, once more"))


def by_form_beside_a_note(place: Place) -> Callable[[], object]:
    """The same, while main's change is one that no field tells: the correction's text stays what it was."""
    place.theirs = f"{HAD}# Looked at again, and right.\n"
    return by_form(place)


Door = Callable[[Place], Callable[[], object]]


@contextmanager
def place_in(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Place]:
    world = World.made_in(folder / "seed")
    world.write(PATH, HAD)
    with FakeGitHub(folder / "github", people=PEOPLE) as github:
        github.seed(world.root, SEEDED)
        token = github.token_for(BOT)

        def ask(line: Client, verb: str, path: str, parameters: Mapping[str, Any], body: Any) -> tuple[Any, Any]:
            line.requests += 1
            target = path if path[:1] == "/" else f"/repos/{github.repository}/{path}".rstrip("/")
            target += f"?{urlencode(parameters)}" if parameters else ""
            github.repo.events.clear()
            given = json.dumps(dict(body)).encode() if body is not None else b""
            said, _ = answer(github.repo, verb, target, token, given)
            if said.status >= 400:
                raise refusal(verb, path, GithubException(said.status, said.data, {}))
            return {name.lower(): value for name, value in said.headers.items()}, said.data

        place = Place(github, load_checkout(world.root))
        patch.setattr(Client, "_ask", ask)
        patch.setattr(reconcile, "load_checkout", lambda _: replace(place.checkout, entries=place.entries()))
        patch.setattr(reconcile, "head_of", place.head_now)
        assert not place.problems()
        yield place


def play(place: Place, edit: Callable[[], object]) -> tuple[int, int]:
    six: Mapping[str, Callable[[], object]] = {
        "main changes the same entry": lambda: place.github.plant({PATH: place.theirs}),
        "main changes something else": lambda: place.github.plant({"content/other.md": "Other words.\n"}),
        "its text is edited": edit,
        "it is approved": place.approve,
        "the bot looks": place.look,
        "main is brought into its branch": place.update,
    }
    seen: dict[tuple[frozenset[str], str], tuple[int, int]] = {}

    def on(left: frozenset[str]) -> tuple[int, int]:
        if not left:
            merged = place.merges
            _end(place, edit)
            return 1, merged
        at = (left, place.state())
        if at not in seen:
            every = []
            for name in sorted(left):
                kept = place.keep()
                place.done = (*place.done, name)
                six[name]()
                every.append(on(left - {name}))
                place.put_back(kept)
            seen[at] = (sum(one for one, _ in every), sum(one for _, one in every))
        return seen[at]

    return on(frozenset(six))


def _end(place: Place, edit: Callable[[], object]) -> None:
    """However it stands, it can be brought to its end: looked at, approved; else brought up to date and mended."""
    for is_stuck in (False, True):
        if place.merges:
            continue
        if is_stuck:
            place.update(by_hand=True)
            edit()
        place.look()
        place.approve()
        place.look()
    assert place.merges == 1, f"After {place.done} it was merged {place.merges} times."


@pytest.mark.parametrize("door", [by_fork, by_branch, by_form, by_form_beside_a_note])
def test_all_orders(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with place_in(tmp_path, monkeypatch) as place:
        orders, merged = play(place, door(place))
    assert orders == factorial(6)
    assert 0 < merged < orders


@pytest.mark.parametrize("door", [by_fork, by_branch, by_form_beside_a_note])
def test_without_the_first_net_an_order_breaks_it(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody asks whether main has changed the entry, some order merges what nobody approved.

    A correction whose own text main's change reaches is caught before that: it is written anew.
    """
    monkeypatch.setattr(GitHubReader, "_is_overtaken", lambda *_: False)
    with place_in(tmp_path, monkeypatch) as place:
        place.may_conflict = True
        with pytest.raises(AssertionError, match="bytes were merged that nobody approved"):
            play(place, door(place))
