"""`mutualaid rehearse`."""

import argparse
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mutualaid.cli.terminal import FINE, PROBLEMS, command, many, option, root_of, show
from mutualaid.errors import Misuse

LIST, ALL = "list", "all"


@command(
    "rehearse",
    "play the way from a form to the live site and away again, or an attack on it, on a copy and without GitHub",
    option("--attack", metavar="NAME", help="play an attack and see that it fails: a name, all, or list"),
    option("--keep", type=Path, metavar="FOLDER", help="leave the copy in this new folder, to look at it afterwards"),
)
def _rehearse(options: argparse.Namespace) -> int:
    root, now = root_of(options), dt.datetime.now(tz=dt.UTC)
    return _attacks(root, now, options.attack, options.keep) if options.attack else _story(root, now, options.keep)


@contextmanager
def _place(keep: Path | None) -> Iterator[Path]:
    """Return an empty folder: the one to keep, or one that goes afterwards."""
    if keep is None:
        with TemporaryDirectory(prefix="mutualaid-rehearsal-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise Misuse(f"{keep} is there already and not an empty folder. Name one that is empty, or does not exist yet.")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep.resolve()
    show(f"The copy: {keep.resolve()} (project/ is main at the end, github/ its repository)\n")


def _story(root: Path, now: dt.datetime, keep: Path | None) -> int:
    from mutualaid.rehearsal.stage import Missed, stage_in
    from mutualaid.rehearsal.story import STORY, Tale

    show("From a form to the live site and away again: a rehearsal on a copy, without GitHub\n")
    with _place(keep) as folder, stage_in(root, folder, now) as stage:
        tale = Tale()
        for count, step in enumerate(STORY, 1):
            show(f"{count:2} {step.__doc__}\n")
            try:
                show(f"   ✓ {step(stage, tale)}\n")
            except Missed as missed:
                show(f"   ✗ {missed}\n")
                show(f"It stopped at step {count} of {len(STORY)}. On GitHub it would go wrong there, too.\n")
                return PROBLEMS
    more = "" if keep else " The copy is gone again. To look at it, run this with --keep FOLDER."
    show(f"All {len(STORY)} steps happened.{more}\n")
    return FINE


def _attacks(root: Path, now: dt.datetime, name: str, keep: Path | None) -> int:
    from mutualaid.rehearsal.attacks import ATTACKS, play
    from mutualaid.rehearsal.stage import Missed, stage_in

    if name == LIST:
        show("".join(f"{attack:15} {deed.__doc__}\n" for attack, deed in ATTACKS.items()))
        return FINE
    if name != ALL and name not in ATTACKS:
        raise Misuse(f"There is no attack {name}. Take all, or one of: {', '.join(ATTACKS)}.")
    if name == ALL and keep is not None:
        raise Misuse("--keep keeps the copy of one attack. Name one, or leave --keep out.")
    chosen, through = tuple(ATTACKS) if name == ALL else (name,), []
    for attack in chosen:
        show(f"{attack}\n   Tried: {ATTACKS[attack].__doc__}\n")
        with _place(keep) as folder, stage_in(root, folder, now) as stage:
            try:
                show("   ✓ The bot {}\n   ✓ Published: {}\n".format(*play(stage, attack)))
            except Missed as missed:
                through.append(attack)
                show(f"   ✗ It got through. {missed}\n")
    if through:
        show(f"Got through: {', '.join(through)}. Do not run the bot before this is fixed.\n")
        return PROBLEMS
    show(f"{many(len(chosen), 'attack')} played, and none got through.\n")
    return FINE
