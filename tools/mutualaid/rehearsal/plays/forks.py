"""Attacks by a pull request from a fork: code, other files, trust in what it brings itself, hostile YAML."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from fake_github.git import LINK, PROGRAM, GitError, TreeEntry, git
from mutualaid.rehearsal.plays.attack import Attack
from mutualaid.rehearsal.plays.stage import STRANGER, Stage, must, plain, short

SLUG = "by-hand"
Given = Mapping[str, Any]


def fork_code(stage: Stage) -> str:
    """Code in every place that a careless job would run."""
    leave = f"touch '{stage.trace}'"
    python = f"import pathlib\npathlib.Path({str(stage.trace)!r}).touch()\n"
    files = {
        **_entry(stage),
        "Makefile": f".DEFAULT_GOAL := all\nall reconcile site test:\n\t{leave}\n",
        ".ci/set-up": f"#!/bin/sh\n{leave}\n",
        "pelicanconf.py": python,
        "conftest.py": python,
        "tools/mutualaid/__init__.py": python,
        ".gitattributes": "* filter=hostile\n",
    }
    pull = stage.from_fork(files, "mine")
    head = stage.head(pull)
    _refused(stage, pull)
    must(not _has(stage, head), f"The checkout holds the stranger's commit {short(head)}; it must never be fetched.")
    return f"read #{pull} through the API as data; its commit was never fetched here. {_why(stage, pull)}"


def path_fence(stage: Stage) -> str:
    """All that is not exactly one plain entry."""
    for count, (name, make) in enumerate(FENCE.items(), 1):
        pull = stage.from_fork(make(stage), f"mine-{count}", f"{STRANGER}-{count}")
        before = stage.tip
        stage.approve(pull)
        stage.look(pull)
        must(stage.tip == before, f"What was merged: {name}.")
        found = stage.status_of(pull)
        must(found in ("needs-fix", ""), f"“{found}” is what the bot says of {name}; it must be needs-fix.")
    return f"refused {len(FENCE)} approved pull requests: {', '.join(FENCE)}."


def own_policy(stage: Stage) -> str:
    """A pull request that brings the rules by which it wants to be judged."""
    policy = stage.github.read("schemas/policy.yaml") or ""
    mine = re.sub(r"^approvers: .*$", f"approvers: [{STRANGER}, friend]", policy, flags=re.MULTILINE)
    brought = {"schemas/policy.yaml": f"{mine}# changed\n", ".github/CODEOWNERS": f"* @{STRANGER}\n"}
    pull = stage.from_fork({**_entry(stage), **brought}, "mine")
    stage.github.review("friend", pull, "APPROVE")
    _refused(stage, pull)
    return f"asked main who may approve, and never the pull request. {_why(stage, pull)}"


def hostile_yaml(stage: Stage) -> str:
    """YAML that would run, swell, hide or say two things."""
    whole = stage.texts.file("By hand", SLUG)
    deep = "[" * 2000 + "]" * 2000
    texts = {
        "a tag that runs code": f"{whole}x: !!python/object/apply:os.system [\"touch '{stage.trace}'\"]\n",
        "aliases that swell": "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
        "a key given twice": f"{whole}title: Another title\n",
        "brackets 2,000 deep": f"{whole}x: {deep}\n",
        "text that runs backwards": whole.replace("By hand", "By hand \u202egnp.exe"),
        "two documents": f"{whole}---\n{whole}",
        "no text at all": b"\xff\xfe\x00",
    }
    path = f"submissions/{stage.texts.kind}/{SLUG}.yaml"
    for count, (name, text) in enumerate(texts.items(), 1):
        pull = stage.from_fork({path: text}, f"mine-{count}", f"{STRANGER}-{count}")
        stage.approve(pull)
        stage.look(pull)
        must(not stage.trace.exists(), f"It ran: {name}.")
        found = stage.status_of(pull)
        must(found == "needs-fix", f"“{found}” is what the bot says of {name}; it must be needs-fix.")
    return f"refused each, with the line: {', '.join(texts)}."


def _entry(stage: Stage) -> dict[str, Any]:
    return {f"submissions/{stage.texts.kind}/{SLUG}.yaml": stage.texts.file("By hand", SLUG)}


def _refused(stage: Stage, pull: int) -> None:
    """Have a maintainer approve it, and the bot refuse it twice."""
    stage.approve(pull)
    stage.look(pull)
    stage.look()
    found = stage.status_of(pull)
    must(found == "needs-fix", f"#{pull} is “{found}”; it must be needs-fix.")


def _why(stage: Stage, pull: int) -> str:
    words = [line.partition("): ")[2] for line in stage.said(pull).splitlines() if line.startswith("- **")]
    return f"It said: “{plain(words[0]) if words else stage.first_words(pull)}”"


def _has(stage: Stage, commit: str) -> bool:
    try:
        git("-C", str(stage.project), "cat-file", "-e", commit)
    except GitError:
        return False
    return True


def _at(path: str) -> Callable[[Stage], Given]:
    return lambda stage: {path.format(kind=stage.texts.kind): stage.texts.file("By hand", SLUG)}


def _beside(path: str) -> Callable[[Stage], Given]:
    return lambda stage: {**_entry(stage), path: "x\n"}


def _special(mode: str) -> Callable[[Stage], Given]:
    def made(stage: Stage) -> Given:
        ((path, text),) = _entry(stage).items()
        return {path: TreeEntry(mode, stage.github.repo.git.write("blob", text.encode()))}

    return made


def _many(stage: Stage) -> Given:
    entries = {f"submissions/{stage.texts.kind}/e-{one:03}.yaml": "x\n" for one in range(110)}
    return {**entries, "tools/hidden.py": "x\n"}


def _swollen(stage: Stage) -> Given:
    return {path: text + "#" * 2_000_000 + "\n" for path, text in _entry(stage).items()}


def _taken_away(stage: Stage) -> Given:
    return dict.fromkeys(list(stage.files())[:1])


FENCE: Mapping[str, Callable[[Stage], Given]] = {
    "a file beside the entry": _beside("tools/mutualaid/extra.py"),
    "a second entry": _beside("submissions/resources/other.yaml"),
    "CODEOWNERS": _beside(".github/CODEOWNERS"),
    "a kind that is none": _at("submissions/others/by-hand.yaml"),
    "a deeper folder": _at("submissions/{kind}/a/by-hand.yaml"),
    "another ending": _at("submissions/{kind}/by-hand.yml"),
    "another name than its slug": _at("submissions/{kind}/other.yaml"),
    "a link": _special(LINK),
    "a program": _special(PROGRAM),
    "2 MB": _swollen,
    "111 files": _many,
    "an entry taken away": _taken_away,
    "no entry at all": lambda _: {"README.md": "Hostile\n"},
}

ATTACKS: tuple[Attack, ...] = (
    Attack("fork-code", "a fork brings code wherever a careless job would run it, and is approved.", fork_code),
    Attack("path-fence", "pull requests from forks bring more or other than one entry, and are approved.", path_fence),
    Attack("own-policy", "a fork brings a policy that lets its friend approve, and the friend does.", own_policy),
    Attack("hostile-yaml", "YAML that runs code, swells, hides or says two things, and is approved.", hostile_yaml),
)
