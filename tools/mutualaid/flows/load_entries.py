"""Read every entry, check it, accept it. The command and the site both come through here."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mutualaid.adapters.entry_files import entry_files, read_entry, stray_files
from mutualaid.adapters.schema_files import read_kinds
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
        """Whether no problem is an error."""
        return not any(problem.is_error for problem in self.problems)


def load_entries(root: Path, today: dt.date) -> Loaded:
    """Read and check all of `submissions/` below `root`. Raises BrokenCheckout where a schema itself is wrong."""
    kinds, retracted = read_kinds(root / "schemas")
    rulebooks = {kind.name: Rulebook.of(kind, retracted) for kind in kinds}
    folder = root / "submissions"
    submissions: list[Submission] = []
    problems: list[Problem] = list(_strays(folder, root, rulebooks))
    for name, file in entry_files(folder, rulebooks):
        reading = read_entry(file, file.relative_to(root).as_posix())
        problems.extend(reading.problems)
        if reading.document is None:
            continue
        submission = Submission(rulebooks[name].kind, reading.document)
        found = rulebooks[name].check(submission, today)
        problems.extend((*found, *_not_on_paper(submission)))
        if not any(problem.is_error for problem in found):
            submissions.append(Submission(submission.kind, _with_few_places(reading.document)))
    problems.extend(check_together(submissions))
    return Loaded(kinds, tuple(accept(submission) for submission in submissions), in_reading_order(tuple(problems)))


def _with_few_places(document: Document) -> Document:
    """Return a document that knows only the places where it may be wrong beside others: a third of the memory."""
    return replace(
        document, marks={steps: at for steps, at in document.marks.items() if not COMPARED.isdisjoint(steps)}
    )


COMPARED = frozenset({"slug", "title", "url", "aliases", "replaced_by"})
"""The fields that `check_together` names."""


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
