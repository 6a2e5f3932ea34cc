"""`mutualaid check`, `forms`, `claims` and `reading`."""

import argparse
import datetime as dt
import gc
import json
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from statistics import median

from mutualaid.adapters.kept_values import KeptValues
from mutualaid.cli.terminal import FINE, PROBLEMS, command, many, option, root_of, this_day
from mutualaid.core.content.claims import claims_in, claims_of, drawn
from mutualaid.core.content.page import Page, overdue
from mutualaid.core.entries.problem import Problem, as_annotation, as_line, as_mapping, within
from mutualaid.errors import Misuse
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import load_entries

KEPT = Path(".build/kept")
FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": lambda problems: "\n".join(map(as_line, problems)),
    "json": lambda problems: json.dumps([*map(as_mapping, problems)], indent=1, ensure_ascii=False),
    "github": lambda problems: "\n".join(map(as_annotation, problems)),
}


@command(
    "check",
    "check entries and pages, and name every problem with its place",
    option("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; default: everything"),
    option("--format", choices=tuple(FORMATS), default="text", help="how to print problems"),
)
def _check(options: argparse.Namespace) -> int:
    root, today = root_of(options), this_day()
    names = [_name_below(root, path) for path in options.paths]
    gc.disable()  # nothing here goes in circles, and looking for circles among 10,000 entries takes a third of the time
    loaded = load_entries(root, today, root / KEPT)
    is_of_entries = names and all(PurePosixPath(name).is_relative_to("submissions") for name in names)
    of_pages, read = ((), "") if is_of_entries else _checked_pages(root, today)
    problems = within((*loaded.problems, *of_pages), names or ["."])
    counted = "" if names else f"{len(loaded.entries)} entries and {read}. "
    shown = FORMATS[options.format](problems)
    if shown:
        print(shown)
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    print(f"{counted}{many(errors, 'problem')}, {many(warnings, 'warning')}.", file=sys.stderr)
    return PROBLEMS if errors else FINE


def _checked_pages(root: Path, today: dt.date) -> tuple[tuple[Problem, ...], str]:
    from mutualaid.core.content.readability import hard_pages

    loaded = load_content(root)
    pages = loaded.content.pages if loaded.content else ()
    found = _grades(root, pages)
    due = overdue(loaded.content.law, today) if loaded.content else ()
    problems = (*loaded.problems, *due, *hard_pages(pages, found))
    return problems, f"{len(pages)} pages read, median reading grade {round(median(found.values() or [0.0]), 1)}"


def _grades(root: Path, pages: tuple[Page, ...]) -> dict[str, float]:
    from mutualaid.core.content.readability import grade_of, grades

    kept = KeptValues(root / KEPT / "grades.json", version("textstat"))
    found = grades(pages, lambda text: kept.get(text, grade_of))
    kept.save()
    return found


def _name_below(root: Path, path: Path) -> str:
    if not path.exists():
        raise Misuse(f"There is no file or folder {path}. Name one that exists, for example submissions/groups.")
    if not path.resolve().is_relative_to(root):
        raise Misuse(f"{path} is not in the checkout {root}. Name a file or folder that is, or pass --root.")
    return path.resolve().relative_to(root).as_posix()


@command(
    "forms",
    "write the issue forms anew from the schemas",
    option("--check", action="store_true", help="write nothing; exit 1 where a form is out of date"),
)
def _forms(options: argparse.Namespace) -> int:
    from mutualaid.flows.make_forms import make_forms

    root = root_of(options)
    if not options.check:
        written = make_forms(root)
        print("\n".join([*written, f"{many(len(written), 'file')} written."]))
        return FINE
    odd = make_forms(root, writes=False)
    for name in odd:
        print(f"{name} is not what the schemas make. Run: mutualaid forms; delete it where no schema makes it.")
    return PROBLEMS if odd else FINE


@command(
    "claims",
    "list the sentences of pages that lean on a source, with the source",
    option("--entries", action="store_true", help="the sentences of entries instead"),
    option("--draw", type=int, metavar="COUNT", help="only so many, drawn at random"),
    option("--seed", default="", help="the same seed draws the same sentences, such as a commit's hash"),
)
def _claims(options: argparse.Namespace) -> int:
    if options.entries:
        entries = load_entries(root_of(options), this_day()).entries
        found = tuple(claim for entry in entries for claim in claims_in(entry))
    else:
        found = tuple(claim for page in _pages(options) for claim in claims_of(page))
    for claim in drawn(found, options.draw, options.seed) if options.draw else found:
        print(f"{claim.file}:{claim.line}: {claim.sentence}")
        for source in claim.sources:
            print(f"    {source}")
    print(f"{many(len(found), 'sentence')} with a source.", file=sys.stderr)
    return FINE


def _pages(options: argparse.Namespace) -> tuple[Page, ...]:
    content = load_content(root_of(options)).content
    if content is None:
        raise Misuse("The pages have problems. Run mutualaid check and fix them first.")
    return content.pages


@command("reading", "print how each guide page sounds: its words, sentences and grade")
def _reading(options: argparse.Namespace) -> int:
    from mutualaid.core.content.readability import voice_of

    pages = tuple(page for page in _pages(options) if page.is_guide)
    found = _grades(root_of(options), pages)
    print(f"{'page':44} {'words':>5} {'median':>6} {'short':>5} {'grade':>5}")
    for page in pages:
        voice = voice_of(page.body)
        print(f"{page.address:44} {voice.words:5} {voice.median:6g} {voice.short:5.0%} {found[page.address]:5}")
    return FINE
