"""`mutualaid rehearse`."""

import argparse
import datetime as dt
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mutualaid.cli.terminal import FINE, PROBLEMS, command, github_of, option, root_of, said, show
from mutualaid.errors import Misuse

if TYPE_CHECKING:
    from mutualaid.rehearsal.stage import Stage

SECOND = "MUTUALAID_REHEARSE_SECOND_TOKEN"


@command(
    "rehearse",
    "play the way from a form to the live site and away again, on a copy and without GitHub",
    option("--on", metavar="OWNER/REPO", help="play it on GitHub, on a test repository that nobody works in"),
    option("--keep", type=Path, metavar="FOLDER", help="leave the copy in this new folder, to look at it afterwards"),
)
def _rehearse(options: argparse.Namespace) -> int:
    root, now = root_of(options), dt.datetime.now(tz=dt.UTC)
    if options.on and options.keep:
        raise Misuse("With --on there is no copy to keep. Leave --keep out.")
    return _on(root, now, options.on) if options.on else _story(root, now, options.keep)


@contextmanager
def _staged(root: Path, now: dt.datetime, keep: Path | None = None) -> Iterator["Stage"]:
    """Yield a copy in an empty folder: the one to keep, or one that goes afterwards."""
    from mutualaid.rehearsal.stage import stage_in

    if keep is None:
        with (
            TemporaryDirectory(prefix="mutualaid-rehearsal-", ignore_cleanup_errors=True) as folder,
            stage_in(root, Path(folder), now) as stage,
        ):
            yield stage
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise Misuse(f"{keep} is there already and not an empty folder. Name one that is empty, or does not exist yet.")
    keep.mkdir(parents=True, exist_ok=True)
    with stage_in(root, keep.resolve(), now) as stage:
        yield stage
    show(f"The copy: {keep.resolve()} (project/ is main at the end, github/ its repository)\n")


def _story(root: Path, now: dt.datetime, keep: Path | None) -> int:
    from mutualaid.rehearsal.story import play

    show("From a form to the live site and away again: a rehearsal on a copy, without GitHub\n")
    with _staged(root, now, keep) as stage:
        played = play(stage, now, show)
    if not all(is_so for is_so, _ in played):
        show(f"It stopped at step {len(played)}. On GitHub it would go wrong there, too.\n")
        return PROBLEMS
    more = "" if keep else " The copy is gone again. To look at it, run this with --keep FOLDER."
    show(f"All {len(played)} steps happened.{more}\n")
    return FINE


def _on(root: Path, now: dt.datetime, name: str) -> int:
    from mutualaid.rehearsal.on_github import differences, odd_answers, on_github
    from mutualaid.rehearsal.story import play

    first, second = (os.environ.get(one) for one in ("GITHUB_TOKEN", SECOND))
    if not first:
        raise Misuse(said("rehearsal's token"))
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
        raise Misuse(f"--on takes owner/name, as in https://github.com/owner/name; {name} was given.")
    lines = github_of(name, first), github_of(name, second, SECOND) if second else None
    with on_github(root, *lines, f"A rehearsed list {now:%Y-%m-%d %H%M}", time.sleep) as hands:
        show(f"Nobody's work is in {name}. First the same on a copy, to know what to expect: a minute or two\n")
        with _staged(root, now) as stage:
            stage.title = hands.title
            expected = play(stage, now, str)
        if not all(is_so for is_so, _ in expected):
            raise Misuse(f"It goes wrong on a copy already: {expected[-1][1]}")
        show(f"Now on {name}. A step waits up to 15 minutes for GitHub.\n")
        show("" if second else said("rehearsal alone", second=SECOND) + "\n")
        came = play(hands, now, show, [seen for _, seen in expected])
    odd = differences(expected, came) + odd_answers(stage.shapes, hands.shapes)
    show(f"What it opened in {name} is closed again, with the label “rehearsal”. Now delete the tokens.\n")
    show("".join(f"Differs: {one}\n" for one in odd) or "Nothing differs from the fake GitHub.\n")
    return PROBLEMS if odd else FINE
