"""act, driven by tests: the real workflow files against a fake GitHub, without Docker.

act does not know the key `queue`, so it is given copies without that key; it looks at neither `types`, `permissions`
nor `environment`, which test_invariants.py holds. Remote actions are local stand-ins: they do nothing, or, where
`actions_in` made them, they bring the checkout to main, keep what is handed to Pages, and put it in the folder `site`.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fake_github import FakeGitHub
from world import PROJECT

FOLDER = PROJECT / ".github" / "workflows"
ACT = Path(sys.executable).parent / "act"
QUEUE = re.compile(r"^ +queue: max\n", re.MULTILINE)
REMOTE = re.compile(r"uses: (actions/[a-z-]+@[0-9a-f]{40})")
NOTHING = "name: Nothing\nruns:\n  using: composite\n  steps:\n    - run: 'true'\n      shell: sh\n"
CHECKOUT = """
name: Checkout
inputs: {ref: {required: true}, persist-credentials: {required: true}}
runs:
  using: composite
  steps:
    - run: |
        git init --quiet && git fetch --quiet "$ORIGIN" "$REF"
        git reset --quiet --hard FETCH_HEAD && git clean -fdxq
      shell: sh
      env: {REF: '${{ inputs.ref }}'}
"""
UPLOAD = """
name: Upload
inputs: {path: {required: true}}
runs:
  using: composite
  steps:
    - run: rm -rf "$HANDED" && cp -R "$FROM" "$HANDED"
      shell: sh
      env: {FROM: '${{ inputs.path }}'}
"""
DEPLOY = """
name: Deploy
outputs: {page_url: {value: '${{ steps.deploy.outputs.page_url }}'}}
runs:
  using: composite
  steps:
    - id: deploy
      run: rm -rf "$PAGES" && mv "$HANDED" "$PAGES" && echo "page_url=https://example.org/" >> "$GITHUB_OUTPUT"
      shell: sh
"""
ACTING = {"actions/checkout": CHECKOUT, "actions/upload-pages-artifact": UPLOAD, "actions/deploy-pages": DEPLOY}


def workflow_copies() -> dict[str, str]:
    texts = {f".github/workflows/{file.name}": file.read_text(encoding="utf-8") for file in FOLDER.glob("*.yml")}
    return {path: QUEUE.sub("", text) for path, text in texts.items()}


def in_git(folder: Path) -> None:
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *name, *command], cwd=folder, check=True, capture_output=True)


def nothing_in(folder: Path, text: str = NOTHING) -> None:
    """Make the action that does nothing, or another."""
    folder.mkdir(parents=True)
    (folder / "action.yml").write_text(text, encoding="utf-8")
    in_git(folder)


def actions_in(home: Path) -> None:
    """Make actions that act: main is checked out, and what is handed to Pages ends in the folder `site`."""
    nothing_in(home / "nothing")
    for name, text in ACTING.items():
        nothing_in(home / name, text)


@dataclass
class Runner:
    """act, in a small repository that holds the copies and a Makefile."""

    root: Path
    github: FakeGitHub

    @property
    def home(self) -> Path:
        """Where act keeps its own things, and the Makefile what it was asked."""
        return self.root.parent

    @property
    def site(self) -> Path:
        """What is on Pages now."""
        return self.home / "site"

    def run(self, event: str, workflow: str, token: str, **payload: object) -> subprocess.CompletedProcess[str]:
        """Run one workflow as an event would."""
        file = self.home / "event.json"
        file.write_text(json.dumps(payload), encoding="utf-8")
        remote = {name for copy in FOLDER.glob("*.yml") for name in REMOTE.findall(copy.read_text(encoding="utf-8"))}
        own = {name: self.home / name.partition("@")[0] for name in sorted(remote)}
        command = [ACT, event, "--workflows", f".github/workflows/{workflow}.yml", "--eventpath", file]
        command += ["--platform", "ubuntu-latest=-self-hosted", "--defaultbranch", "main", "--actor", "ada"]
        stand_ins = {name: place if place.is_dir() else self.home / "nothing" for name, place in own.items()}
        command += [f"--local-repository={name}={place}" for name, place in stand_ins.items()]
        told = {
            "GITHUB_API_URL": self.github.address,
            "GITHUB_REPOSITORY": self.github.repository,
            "SEEN": self.home / "seen",
            "ORIGIN": self.github.git_url,
            "HANDED": self.home / "handed",
            "PAGES": self.site,
        }
        command += ["--secret", "GITHUB_TOKEN", *(["--no-skip-checkout"] if (self.home / "actions").is_dir() else [])]
        command += [part for name, value in told.items() for part in ("--env", f"{name}={value}")]
        environment = {**os.environ, "GITHUB_TOKEN": token, "HOME": str(self.home), "XDG_CACHE_HOME": str(self.home)}
        return subprocess.run(
            [str(part) for part in command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def seen(self) -> list[str]:
        file = self.home / "seen"
        return file.read_text(encoding="utf-8").split() if file.exists() else []
