"""Read every entry, check it, accept it. The command and the site both come through here."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mutualaid.adapters.entry_files import entry_files, first_bytes, marks_of, read_entry, stray_files
from mutualaid.adapters.kept_values import KeptValues
from mutualaid.adapters.last_build import OWN, digest_of_bytes
from mutualaid.adapters.schema_files import read_kinds
from mutualaid.adapters.two_processes import results_of
from mutualaid.core.entries.checks import Rulebook, check_together
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry, accept
from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.on_paper import lost_on_paper, printable
from mutualaid.core.entries.problem import Place, Problem, in_reading_order, problem_of
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import problem_at


@dataclass(frozen=True, slots=True)
class Loaded:
    """Kinds, the entries that may be published, and every problem found, in reading order."""

    kinds: tuple[Kind, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    @property
    def is_publishable(self) -> bool:
        return not any(problem.is_error for problem in self.problems)


def load_entries(root: Path, today: dt.date, kept_in: Path | None = None) -> Loaded:
    """Read and check all of `submissions/` below `root`. Raises BrokenCheckout where a schema itself is wrong.

    With a folder to keep them in, entries in which nothing was wrong are read and checked again only where their file,
    schemas, code or the day are others.
    """
    kept = KeptValues(kept_in and kept_in / "entries.json", digest_of_bytes((root / "schemas", OWN), str(today)))
    kinds, retracted = read_kinds(root / "schemas")
    rulebooks = {kind.name: Rulebook.of(kind, retracted) for kind in kinds}
    folder = root / "submissions"
    problems: list[Problem] = list(_strays(folder, root, rulebooks))
    found_files = entry_files(folder, rulebooks)
    files = [(rulebooks[name], file, file.relative_to(root).as_posix()) for name, file in found_files]
    keys = [kept.key_of(shown_as, first_bytes(file)) for _, file, shown_as in files]
    values = [kept.find(key) for key in keys]
    new = [place for place, value in enumerate(values) if value is None]
    checked = results_of([partial(_checked, *files[place], today) for place in new])
    for place, (found, value) in zip(new, checked, strict=True):
        problems.extend(found)
        values[place] = value
        _, file, shown_as = files[place]
        if not found and kept.key_of(shown_as, first_bytes(file)) == keys[place]:  # nobody saved it just now
            kept.now[keys[place]] = value
    submissions = [
        Submission(rulebook.kind, Document(shown_as, value, partial(marks_of, file, shown_as)))
        for (rulebook, file, shown_as), value in zip(files, values, strict=True)
        if value is not None
    ]
    kept.save()
    problems.extend(check_together(submissions))
    return Loaded(kinds, tuple(accept(submission) for submission in submissions), in_reading_order(tuple(problems)))


def _checked(rulebook: Rulebook, file: Path, shown_as: str, today: dt.date) -> tuple[tuple[Problem, ...], Any]:
    """Return what is wrong with an entry, and its value; None in its place where it can't be accepted."""
    reading = read_entry(file, shown_as)
    if reading.document is None:
        return reading.problems, None
    submission = Submission(rulebook.kind, reading.document)
    found = rulebook.check(submission, today)
    problems = (*reading.problems, *found, *_not_on_paper(submission))
    return problems, None if any(problem.is_error for problem in found) else submission.value


def _not_on_paper(submission: Submission) -> Iterator[Problem]:
    for steps, signs in lost_on_paper(submission):
        said = f"has letters that paper cannot show: {signs[:20]}. A book says {printable(signs)} in their place."
        cure = " Write the title in Latin letters too, in `romanized`." if steps == ("title",) else ""
        problem = problem_at(steps, "not-on-paper", said + cure, submission.kind.schema, submission.document)
        yield replace(problem, weight="warning")


def _strays(folder: Path, root: Path, kind_names: Iterable[str]) -> Iterable[Problem]:
    names = ", ".join(kind_names)
    for file in stray_files(folder, kind_names):
        yield problem_of("file.misplaced", "The file", Place(file.relative_to(root).as_posix()), kinds=names)
