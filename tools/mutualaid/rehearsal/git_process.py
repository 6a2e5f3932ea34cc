"""The git command: run once, or kept running and asked again and again. It reads nobody's own settings."""

import os
import subprocess
from typing import IO

from mutualaid.errors import HouseError

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_DEFAULT_HASH": "sha1",
    "GIT_DEFAULT_REF_FORMAT": "files",
    "GIT_TERMINAL_PROMPT": "0",
}

Process = subprocess.Popen[bytes]


class GitRefused(HouseError):
    """Git itself refused; carries what it said."""


def git(*arguments: str) -> bytes:
    """Run one git command. Raises GitRefused."""
    run = subprocess.run(("git", *arguments), capture_output=True, env=environment(), check=False)
    if run.returncode:
        raise GitRefused(f"git {' '.join(arguments[2:4])}: {run.stderr.decode('utf-8', 'replace').strip()}")
    return run.stdout


def environment() -> dict[str, str]:
    """Return the environment in which git reads nobody's own settings."""
    return {**{name: text for name, text in os.environ.items() if not name.startswith("GIT_")}, **QUIET}


def long_running(*arguments: str) -> Process:
    """Start a git command that answers line by line until its input ends."""
    pipe = subprocess.PIPE
    return subprocess.Popen(("git", *arguments), stdin=pipe, stdout=pipe, stderr=pipe, env=environment())


def say(process: Process, words: str) -> IO[bytes]:
    """Write a line to a process and return where its answer can be read."""
    if not (process.stdin and process.stdout):
        raise GitRefused("git gave no pipes")
    process.stdin.write(words.encode() + b"\n")
    process.stdin.flush()
    return process.stdout
