"""What a rehearsal shows on the screen: each step, and what was seen; plain lines where there is no terminal."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from mutualaid.core.entries.shown import with_stand_ins
from mutualaid.errors import Misuse
from mutualaid.rehearsal.plays.attack import Attack, play
from mutualaid.rehearsal.plays.repertoire import ATTACKS
from mutualaid.rehearsal.plays.stage import Missed, Stage
from mutualaid.rehearsal.plays.story import MOST_NOTICES, MOST_REQUESTS, STORY, Tale, spent
from mutualaid.rehearsal.setup import stage_in

FINE, PROBLEMS = 0, 1
LIST, ALL = "list", "all"
INDENT = 5


class Screen:
    """The screen: what is being done now, and what was done."""

    def __init__(self, steps: int, *, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=False)
        columns = (SpinnerColumn(), TextColumn("{task.description} …"), BarColumn(18), MofNCompleteColumn())
        is_shown = self.console.is_terminal and steps > 0
        self.progress = Progress(*columns, console=self.console, transient=True, disable=not is_shown)
        self.task = self.progress.add_task("Copying the project", total=steps)

    def begin(self, name: str) -> None:
        """Say what is being done now."""
        self.progress.update(self.task, description=name)

    def done(self, name: str, *seen: str, is_fine: bool = True) -> None:
        """Tell a step and what was seen."""
        self.progress.advance(self.task)
        mark, style = ("✓", "green") if is_fine else ("✗", "bold red")
        self.console.print(Text.assemble((f" {mark} ", style), (name, "bold" if is_fine else style)))
        for line in seen:
            self.tell(line, INDENT)

    def tell(self, words: str, indent: int = 0, style: str = "") -> None:
        """Print words as they are, whoever wrote them."""
        text = Text(with_stand_ins(words), style, overflow="fold")
        if self.console.is_terminal:
            self.console.print(Padding(text, (0, 0, 0, indent), expand=False))
        else:
            self.console.print(Text(" " * indent).append_text(text), soft_wrap=True)


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


def rehearse(root: Path, now: dt.datetime, keep: Path | None) -> int:
    """Play the story from a form to its page; returns the exit status."""
    screen = Screen(len(STORY))
    screen.tell("From a form to the live site: a rehearsal on a copy, without GitHub", style="bold")
    with _place(keep) as folder, screen.progress, stage_in(root, folder, now) as stage:
        tale = Tale(stage)
        for count, step in enumerate(STORY, 1):
            screen.begin(step.name)
            try:
                seen = step.deed(tale)
            except Missed as missed:
                screen.done(f"{count} {step.name}", str(missed), is_fine=False)
                screen.tell(f"It stopped at step {count} of {len(STORY)}. This form would not have reached the site.")
                _kept(screen, keep)
                return PROBLEMS
            screen.done(f"{count} {step.name}", seen)
        return _summed_up(screen, tale, keep)


def _summed_up(screen: Screen, tale: Tale, keep: Path | None) -> int:
    took = spent(tale)
    if took.is_frugal:
        screen.tell(f"All {len(STORY)} steps happened.", style="bold")
    else:
        screen.tell("All steps happened, but with more requests than they may take.", style="bold red")
    screen.tell(
        f"Requests: {took.mistake} for the mistake, {took.own} for the form (at most {MOST_REQUESTS}); "
        f"{took.notices} create content (at most {MOST_NOTICES})."
    )
    screen.tell(f"New page: {tale.built.folder / tale.address if keep and tale.built else tale.address}")
    _kept(screen, keep)
    return FINE if took.is_frugal else PROBLEMS


def _kept(screen: Screen, keep: Path | None) -> None:
    if keep is None:
        screen.tell("The copy is gone again. To look at it, run this with --keep FOLDER.", style="dim")
    else:
        screen.tell(f"The copy: {keep} (project/ is main at the end, github/ its repository)")


def attack(root: Path, now: dt.datetime, name: str, keep: Path | None) -> int:
    """Play one attack, or `all`, or `list` them; returns the exit status."""
    if name == LIST:
        _list()
        return FINE
    if name != ALL and name not in ATTACKS:
        raise Misuse(f"There is no attack {name}. Take all, or one of: {', '.join(ATTACKS)}.")
    if name == ALL and keep is not None:
        raise Misuse("--keep keeps the copy of one attack. Name one, or leave --keep out.")
    chosen = tuple(ATTACKS.values()) if name == ALL else (ATTACKS[name],)
    screen = Screen(len(chosen))
    with screen.progress:
        through = [attack.name for attack in chosen if not _withstood(screen, root, now, attack, keep)]
    if through:
        screen.tell(f"Got through: {', '.join(through)}. Do not run the bot before this is mended.", style="bold red")
        return PROBLEMS
    count = len(chosen)
    screen.tell(f"{count} {'attack was' if count == 1 else 'attacks were'} played, and none got through.", style="bold")
    return FINE


def _withstood(screen: Screen, root: Path, now: dt.datetime, one: Attack, keep: Path | None) -> bool:
    screen.begin(one.name)
    with _place(keep) as folder, stage_in(root, folder, now) as stage:
        try:
            seen = _played(stage, one)
        except Missed as missed:
            screen.done(one.name, f"Tried: {one.tried}", f"It got through. {missed}", is_fine=False)
            return False
    screen.done(one.name, f"Tried: {one.tried}", *seen)
    return True


def _played(stage: Stage, one: Attack) -> Sequence[str]:
    did, published = play(stage, one)
    return f"The bot: {did}", f"Published: {published}"


def _list() -> None:
    console = Console(highlight=False)
    width = max(len(name) for name in ATTACKS)
    for attack in ATTACKS.values():
        if console.is_terminal:
            console.print(Text(f"{attack.name:{width}}  ", "bold"), end="")
            rest = Text(attack.tried)
            lines = rest.wrap(console, max(20, console.width - width - 3))
            console.print(Text(f"\n{' ' * (width + 2)}").join(lines))
        else:
            console.print(Text(f"{attack.name:{width}}  {attack.tried}"), soft_wrap=True)
