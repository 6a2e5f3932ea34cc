"""The attacks on the bot: each is tried on a copy and fails, and gets through when its defense is gone."""

import dataclasses
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from desk import KIND, Desk, entry_value, form_body, git
from fake_github.git import LINK, PROGRAM, TreeEntry
from forms_under_test import project_forms
from mutualaid.adapters.yaml import read_yaml, write_yaml
from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import Answers, read_form
from mutualaid.core.forms.model import Form
from mutualaid.core.pipeline.actions import Decision, Merge
from mutualaid.core.pipeline.decide import decide
from mutualaid.core.pipeline.situation import Situation
from mutualaid.flows import gather, read_offer, reconcile
from world import rows_of

GUIDE, FILE, MINE = (f"submissions/{KIND}/{slug}.yaml" for slug in ("old-guide", "a-reading-list", "by-hand"))
POLICY, OTHER = "schemas/policy.yaml", "A hostile title"
BROUGHT = rows_of("attacks")


def entry(**changes: Any) -> str:
    own = {"slug": "by-hand", "added": "2027-01", "intake": {"channel": "offline"}}
    return write_yaml({**entry_value("By hand", **changes), **own})


def trace(desk: Desk) -> Path:
    return desk.root.parent / "hostile-code-ran"


def look(desk: Desk, *numbers: int, wanted: str = "in-review") -> None:
    """Run the bot on one form or pull request, and then by the timer; hold the one status that each of these has."""
    for one in (*numbers[:1], None):
        assert not any(step.publishes for step in desk.run(one)), "The bot asked for a new site."
    for number in numbers:
        own = [label.removeprefix("status: ") for label in desk.labels(number) if label.startswith("status: ")]
        assert " ".join(own) == wanted, f"#{number} is {own}. {desk.said(number)}"


def refused_each(desk: Desk, cases: Iterable[dict[str, Any]]) -> None:
    """Offer each from a fork of its own, have a maintainer approve it, and see it refused."""
    numbers = [desk.by_hand(files, f"eve-{count}") for count, files in enumerate(cases)]
    for number in numbers:
        desk.approve(number)
    look(desk, *numbers, wanted="needs-fix")


def pushed(desk: Desk, number: int, **files: str) -> None:
    desk.github.push("mo", f"submission/{number}", {FILE: on_branch(desk, number).replace("A Reading", OTHER), **files})


def on_branch(desk: Desk, number: int, path: str = FILE) -> str:
    return desk.github.read(path, f"submission/{number}") or ""


def late_push(desk: Desk) -> None:
    """Other bytes are pushed to the branch just before the merge: GitHub refuses (409), and they are replaced."""
    number = desk.approved()
    desk.github.just_before("pulls/merge", lambda: pushed(desk, number))
    desk.run(number)
    assert [status for _, target, status in desk.github.log if target.endswith("/merge")] == [409]
    assert "title: A Reading List\n" in on_branch(desk, number)


def mixed_text(desk: Desk) -> None:
    """A maintainer approves one text, and main has changed another line of it since."""
    text = desk.github.read(GUIDE) or ""
    number = desk.by_hand({GUIDE: text.replace("The old-guide", OTHER)})
    desk.github.plant({GUIDE: text.replace("About old-guide", "All about it")})
    desk.approve(number)
    look(desk, number, wanted="needs-fix")


def pushed_branch(desk: Desk) -> None:
    """Somebody changes the bot's branch, and a maintainer approves that unread."""
    number = desk.in_review()
    pushed(desk, number, Makefile="all:\n\ttrue\n")
    desk.approve(desk.pull_of(number))
    look(desk)
    assert "title: A Reading List\n" in on_branch(desk, number) and not on_branch(desk, number, "Makefile")


def no_review(desk: Desk) -> None:
    """A yes by label, by comment, by people who may not, and for an older commit."""
    number = desk.in_review()
    pull, older = desk.pull_of(number), desk.head(number)
    desk.edit(number, "A Longer List")
    desk.run(number)
    desk.github.edit_issue("ada", number, labels=[*desk.labels(number), "status: approved"])
    desk.github.comment("ada", number, "/approve\n\nLGTM, approved.")
    desk.github.review("ada", pull, "COMMENT", body="APPROVED")
    desk.github.review("ada", pull, "APPROVE", older)
    for login in ("eve", "tri"):
        desk.approve(pull, login)
    look(desk, number)


def own_approval(desk: Desk) -> None:
    """A maintainer approves their own form; a former maintainer approves it too."""
    number = desk.in_review("ada")
    for login in ("ada", "mo"):
        desk.approve(desk.pull_of(number), login)
    desk.github.permit("mo", "read")
    look(desk, number)


def planted_marker(desk: Desk) -> None:
    """A stranger copies the bot's hidden mark and claims “published”: it is left alone, and the bot answers itself."""
    planted = desk.said(desk.in_review()).replace("status=in-review", "status=published")
    number = desk.offer("eve", "Another List")
    desk.github.comment("eve", number, planted)
    look(desk, number)
    comments = desk.github.repo.issues[number].comments
    assert [one["body"] for one in comments if one["user"]["login"] == "eve"] == [planted] and desk.said(number)


def fork_code(desk: Desk) -> None:
    """A fork brings code wherever a careless job would run it, and is approved: it is read as data, never fetched."""
    python = f"import pathlib\npathlib.Path({str(trace(desk))!r}).touch()\n"
    run = dict.fromkeys((".ci/set-up", "pelicanconf.py", "conftest.py", "tools/mutualaid/__init__.py"), python)
    number = desk.by_hand({MINE: entry(), **run, "Makefile": f"all reconcile site test:\n\ttouch '{trace(desk)}'\n"})
    desk.approve(number)
    look(desk, number, wanted="needs-fix")
    with pytest.raises(subprocess.CalledProcessError):
        git(desk.root, "cat-file", "-e", desk.github.repo.tip("mine", "sam") or "")


def path_fence(desk: Desk) -> None:
    """Pull requests from forks bring more or other than one entry, and are approved."""
    blob = desk.github.repo.git.write("blob", entry().encode())
    hidden = {**{f"submissions/{KIND}/e-{one:03}.yaml": "x\n" for one in range(110)}, "tools/hidden.py": "x\n"}
    sets = BROUGHT["fence"].values()
    fence = [{path: text and text.replace("ENTRY", entry()) for path, text in files.items()} for files in sets]
    fence += [{MINE: TreeEntry(mode, blob)} for mode in (LINK, PROGRAM)]
    fence += [{MINE: f"{entry()}{'#' * 2_000_000}\n"}, hidden]
    refused_each(desk, fence)
    look(desk, desk.by_hand({"README.md": "Hostile\n"}), wanted="")
    look(desk, desk.by_hand({MINE: entry()}, "eve"))  # what all of these hold, or change, is fine by itself


def own_policy(desk: Desk) -> None:
    """A fork brings a policy that lets its friend approve, and the friend does: main is asked who may."""
    policy = (desk.github.read(POLICY) or "").replace("approvers: []", "approvers: [sam, friend]")
    assert "friend" in policy
    number = desk.by_hand({MINE: entry(), POLICY: policy, ".github/CODEOWNERS": "* @sam\n"})
    for login in ("friend", "ada"):
        desk.approve(number, login)
    look(desk, number, wanted="needs-fix")


def hostile_yaml(desk: Desk) -> None:
    """YAML that runs code, swells, hides or says two things is approved."""
    texts = [text.replace("ENTRY", entry()).replace("TRACE", str(trace(desk))) for text in BROUGHT["yaml"].values()]
    deep = f"{entry()}x: {'[' * 2000}{']' * 2000}\n"
    refused_each(desk, [{MINE: text} for text in (*texts, deep, b"\xff\xfe\x00")])


def shell_text(desk: Desk) -> None:
    """A title and a text hold commands for a shell and for a workflow."""
    touch = f"touch {trace(desk)}"
    words = form_body("A List", summary=f"Words $({touch}) `{touch}`.")
    number = desk.github.open_issue("eve", f'"; {touch}; ${{{{ github.token }}}}', words, (f"kind: {KIND}",))
    look(desk, number)


def two_readings(desk: Desk) -> None:
    """A text holds the form's own headings, to be read in another way: nothing is guessed."""
    form, whole = project_forms()[KIND][0], form_body("A List")
    last = form.short[-1].heading
    unasked = whole.replace(last, f"{form.fields[-1].heading}\n\nWords\n\n{last}", 1)
    inner = form_body("A List", summary=f"Words.\n\n{whole}")
    for body in (f"{whole}\n### Title\n\nA hostile title\n", inner, unasked):
        number = desk.github.open_issue("eve", "Resource", body, (f"kind: {KIND}",))
        look(desk, number, wanted="needs-fix")
        assert len(desk.github.repo.pulls) == 0


def script_text(desk: Desk, texts: str = "texts") -> None:
    """A text is a script for whoever reads the page, and a tired maintainer approves it."""
    numbers = [desk.offer(f"sam-{count}", **changes) for count, changes in enumerate(BROUGHT[texts].values())]
    look(desk, *numbers, wanted="needs-fix")
    refused_each(desk, [{MINE: entry(**changes)} for changes in BROUGHT[texts].values()])


def hidden_text(desk: Desk) -> None:
    """A text holds words that nobody sees, or shows nothing at all."""
    script_text(desk, "hidden")


def flood(desk: Desk) -> None:
    """One account sends eight forms at once: three are taken, and others' forms don't wait."""
    numbers = [desk.offer(title=f"List {one}") for one in range(8)]
    look(desk, desk.offer("eve", "Another"))
    assert sum("status: received" in desk.labels(one) for one in numbers) == 5


Patch = pytest.MonkeyPatch
TakeAway = Callable[[Patch, Desk], object]


def gullible(situation: Situation, policy: Any, now: Any) -> Decision:
    pull = situation.pull
    if pull is None or not pull.reviews or pull.is_merged:
        return decide(situation, policy, now)
    return Decision("published", (Merge(pull.number, pull.head, "Add", "x", ""),), "Somebody said something.")


def merges_all(patch: Patch, _: Desk) -> None:
    """A bot that takes any review for an approval of everything, and reads the reviews of everything."""
    patch.setattr(reconcile, "decide", gullible)
    by_pull = gather.SituationReader._by_pull

    def with_reviews(reader: gather.SituationReader, pull: Any, row: Any) -> Situation | None:
        seen = by_pull(reader, pull, row)
        if seen is None or seen.pull is None or seen.pull.is_merged:
            return seen
        return dataclasses.replace(seen, pull=reader.reader.with_reviews(seen.pull))

    patch.setattr(gather.SituationReader, "_by_pull", with_reviews)


def finds(found: object, *places: str) -> TakeAway:
    def take_away(patch: Patch, _: Desk) -> None:
        for place in places:
            patch.setattr(f"mutualaid.{place}", lambda *_: found)

    return take_away


def takes_any_head(patch: Patch, desk: Desk) -> None:
    patch.setattr(desk.github.repo, "off", frozenset({"a-merge-needs-the-asked-head"}))


def takes_fifty(_: Patch, desk: Desk) -> None:
    desk.github.plant({POLICY: (desk.github.read(POLICY) or "").replace("account: 3", "account: 50")})


def fetches_heads(patch: Patch, _: Desk) -> None:
    def pull(desk: Desk, pull: Any = Desk.pull) -> None:
        git(desk.root, "fetch", "--quiet", str(desk.github.repo.git.fork("sam")), "mine")
        pull(desk)

    patch.setattr(Desk, "pull", pull)


def runs_tags(patch: Patch, _: Desk) -> None:
    def read(text: str, file: str) -> Any:
        if "!!python" in text:
            yaml.unsafe_load(text)
        return read_yaml(text, file)

    patch.setattr("mutualaid.adapters.entry_files.read_yaml", read)


def runs_words(patch: Patch, _: Desk) -> None:
    def read(body: str, form: Form) -> Answers | tuple[Problem, ...]:
        subprocess.run(f'echo "{body}"', shell=True, check=False)  # noqa: S602 - so careless a bot is what we try
        return read_form(body, form)

    patch.setattr(read_offer, "read_form", read)


def reads_leniently(patch: Patch, _: Desk) -> None:
    """A reader of forms for whom the last heading of a name counts, and every box is checked."""

    def read(body: str, form: Form) -> Answers:
        parts = re.split(r"^### (.+)$", body, flags=re.MULTILINE)
        typed = {name.strip(): text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=False)}
        found = {one.id: typed.get(one.label, "").replace("_No response_", "") for one in form.fields}
        return Answers({name: text.strip("`\n") for name, text in found.items()}, (True,) * len(form.consents))

    patch.setattr(read_offer, "read_form", read)


BY_ANYBODY = finds(True, "core.pipeline.policy.Policy.may_approve")
CHECKS_NOTHING = finds((), "core.entries.checks.Rulebook.check")
GONE: list[tuple[Callable[[Desk], None], TakeAway]] = [
    (late_push, takes_any_head),
    (mixed_text, finds(False, "adapters.github.read.GitHubReader._is_overtaken")),
    (pushed_branch, merges_all),
    (no_review, merges_all),
    (no_review, BY_ANYBODY),
    (own_approval, merges_all),
    (own_approval, BY_ANYBODY),
    (planted_marker, finds(True, "core.pipeline.situation.is_same")),
    (fork_code, merges_all),
    (fork_code, fetches_heads),
    (path_fence, merges_all),
    (own_policy, merges_all),
    (hostile_yaml, merges_all),
    (hostile_yaml, runs_tags),
    (shell_text, runs_words),
    (two_readings, reads_leniently),
    (script_text, CHECKS_NOTHING),
    (hidden_text, CHECKS_NOTHING),
    (hidden_text, finds((), "core.forms.to_entry.hidden_in", "adapters.yaml.hidden_in")),
    (flood, takes_fifty),
]


def play(attack: Callable[[Desk], None], desk: Desk) -> None:
    """Try it; afterwards nothing ran, and nobody moved main but those who plant there."""
    attack(desk)
    git = desk.github.repo.git
    assert not trace(desk).exists()
    movers = {commit.author for one in git.log(desk.github.repo.tip("main") or "") if (commit := git.commit(one))}
    assert {mover.partition(" ")[0] for mover in movers} == {"example"}


@pytest.mark.parametrize("attack", dict.fromkeys(attack for attack, _ in GONE), ids=lambda attack: attack.__name__)
def test_an_attack_fails(attack: Callable[[Desk], None], desk: Desk) -> None:
    play(attack, desk)


@pytest.mark.parametrize(("attack", "take_away"), GONE)
def test_an_attack_gets_through_without_its_defense(
    attack: Callable[[Desk], None], take_away: TakeAway, desk: Desk, monkeypatch: Patch
) -> None:
    take_away(monkeypatch, desk)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        play(attack, desk)
