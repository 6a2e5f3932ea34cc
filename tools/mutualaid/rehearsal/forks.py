"""Attacks by a pull request from a fork: code, other files, trust in what it brings itself, hostile YAML."""

import re
from collections.abc import Mapping
from typing import Any

from fake_github.git import LINK, PROGRAM, GitError, TreeEntry, git
from mutualaid.rehearsal.hands import STRANGER, Missed, must, plain, short
from mutualaid.rehearsal.stage import Stage


def fork_code(stage: Stage) -> str:
    """A fork brings code wherever a careless job would run it, and is approved."""
    leave = f"touch '{stage.trace}'"
    python = f"import pathlib\npathlib.Path({str(stage.trace)!r}).touch()\n"
    files = {
        **stage.entry(),
        "Makefile": f".DEFAULT_GOAL := all\nall reconcile site test:\n\t{leave}\n",
        ".ci/set-up": f"#!/bin/sh\n{leave}\n",
        "pelicanconf.py": python,
        "conftest.py": python,
        "tools/mutualaid/__init__.py": python,
        ".gitattributes": "* filter=hostile\n",
    }
    pull = stage.from_fork(files)
    head = stage.head(pull)
    why = _refused(stage, pull)
    try:
        git("-C", str(stage.project), "cat-file", "-e", head)
    except GitError:
        return f"read #{pull} through the API as data; its commit was never fetched here. {why}"
    raise Missed(f"The checkout holds the stranger's commit {short(head)}; it must never be fetched.")


def path_fence(stage: Stage) -> str:
    """Pull requests from forks bring more or other than one entry, and are approved."""
    ((path, text),) = stage.entry().items()
    folder, beside = path.rpartition("/")[0], {path: text}
    blob = stage.github.repo.git.write("blob", text.encode())
    fence: dict[str, Mapping[str, Any]] = {
        "a file beside the entry": {**beside, "tools/mutualaid/extra.py": "x\n"},
        "a second entry": {**beside, "submissions/resources/other.yaml": "x\n"},
        "CODEOWNERS": {**beside, ".github/CODEOWNERS": "x\n"},
        "a kind that is none": {"submissions/others/by-hand.yaml": text},
        "a deeper folder": {f"{folder}/a/by-hand.yaml": text},
        "another ending": {f"{folder}/by-hand.yml": text},
        "another name than its slug": {f"{folder}/other.yaml": text},
        "a link": {path: TreeEntry(LINK, blob)},
        "a program": {path: TreeEntry(PROGRAM, blob)},
        "2 MB": {path: text + "#" * 2_000_000 + "\n"},
        "111 files": {**{f"{folder}/e-{one:03}.yaml": "x\n" for one in range(110)}, "tools/hidden.py": "x\n"},
        "an entry taken away": dict.fromkeys(stage.files()[:1]),
        "no entry at all": {"README.md": "Hostile\n"},
    }
    names = refuses_each(stage, fence, "needs-fix", "")
    return f"refused {len(fence)} approved pull requests: {names}."


def own_policy(stage: Stage) -> str:
    """A fork brings a policy that lets its friend approve, and the friend does."""
    policy = stage.github.read("schemas/policy.yaml") or ""
    mine = re.sub(r"^approvers: .*$", f"approvers: [{STRANGER}, friend]", policy, flags=re.MULTILINE)
    brought = {"schemas/policy.yaml": f"{mine}# changed\n", ".github/CODEOWNERS": f"* @{STRANGER}\n"}
    pull = stage.from_fork({**stage.entry(), **brought})
    stage.approve(pull, "friend")
    return f"asked main who may approve, and never the pull request. {_refused(stage, pull)}"


def hostile_yaml(stage: Stage) -> str:
    """YAML that runs code, swells, hides or says two things is approved."""
    ((path, whole),) = stage.entry().items()
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
    return f"refused each, with the line: {refuses_each(stage, {name: {path: text} for name, text in texts.items()})}."


def refuses_each(stage: Stage, cases: Mapping[str, Mapping[str, Any]], *wanted: str) -> str:
    """Offer each from a fork of its own, have a maintainer approve it, and see it refused; returns all their names."""
    for count, (name, files) in enumerate(cases.items(), 1):
        pull = stage.from_fork(files, login=f"{STRANGER}-{count}")
        stage.approve(pull)
        stage.look(pull)
        must(not stage.trace.exists(), f"It ran: {name}.")
        must(stage.tip == stage.planted, f"It was merged: {name}.")
        stage.must_be(pull, *(wanted or ("needs-fix",)), what=name)
    return ", ".join(cases)


def _refused(stage: Stage, pull: int) -> str:
    stage.approve(pull)
    stage.look_again(pull)
    stage.must_be(pull, "needs-fix")
    words = [line.partition("): ")[2] for line in stage.said(pull).splitlines() if line.startswith("- **")]
    return f"It said: “{plain(words[0]) if words else stage.first_words(pull)}”"
