"""act, driven by tests: the real workflow files against the stand-in, without Docker.

act does not know the key `queue`, so it is given copies without that key; it looks at neither `types`, `permissions`
nor `environment`, which test_invariants.py holds. Remote actions are stand-ins that do nothing.
"""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from mutualaid.rehearsal.standin import StandIn
from world import PROJECT

FOLDER = PROJECT / ".github" / "workflows"
ACT = Path(sys.executable).parent / "act"
QUEUE = re.compile(r"^ +queue: max\n", re.MULTILINE)
REMOTE = re.compile(r"uses: (actions/[a-z-]+@[0-9a-f]{40})")
NOTHING = "name: Nothing\nruns:\n  using: composite\n  steps:\n    - run: 'true'\n      shell: sh\n"


def without_queue(text: str) -> str:
    """Take out exactly the key that act does not know."""
    return QUEUE.sub("", text)


def workflow_copies() -> dict[str, str]:
    """Return the copies by their path."""
    return {
        f".github/workflows/{file.name}": without_queue(file.read_text(encoding="utf-8"))
        for file in sorted(FOLDER.glob("*.yml"))
    }


def in_git(folder: Path) -> None:
    """Make a folder a repository with one commit."""
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        name = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *name, *command], cwd=folder, check=True, capture_output=True)


def nothing_in(folder: Path) -> None:
    """Make the action that does nothing."""
    folder.mkdir()
    (folder / "action.yml").write_text(NOTHING, encoding="utf-8")
    in_git(folder)


@dataclass
class Runner:
    """act, in a small repository that holds the copies and a Makefile."""

    root: Path
    github: StandIn

    @property
    def home(self) -> Path:
        """Where act keeps its own things, and the Makefile what it was asked."""
        return self.root.parent

    def run(self, event: str, workflow: str, token: str, **payload: object) -> subprocess.CompletedProcess[str]:
        """Run one workflow as an event would."""
        file = self.home / "event.json"
        file.write_text(json.dumps(payload), encoding="utf-8")
        remote = {name for copy in FOLDER.glob("*.yml") for name in REMOTE.findall(copy.read_text(encoding="utf-8"))}
        command = [ACT, event, "--workflows", f".github/workflows/{workflow}.yml", "--eventpath", file]
        command += ["--platform", "ubuntu-latest=-self-hosted", "--defaultbranch", "main", "--actor", "ada"]
        command += [f"--local-repository={name}={self.home / 'nothing'}" for name in sorted(remote)]
        command += ["--secret", "GITHUB_TOKEN", "--env", f"GITHUB_API_URL={self.github.address}"]
        command += [
            "--env",
            f"GITHUB_REPOSITORY={self.github.repository}",
            "--env",
            f"SEEN={self.root.parent / 'seen'}",
        ]
        environment = {
            **os.environ,
            "GITHUB_TOKEN": token,
            "HOME": str(self.root.parent),
            "XDG_CACHE_HOME": str(self.root.parent),
        }
        return subprocess.run(
            [str(part) for part in command], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    @property
    def seen(self) -> list[str]:
        """What the Makefile's targets wrote down, in order."""
        file = self.home / "seen"
        return file.read_text(encoding="utf-8").split() if file.exists() else []
