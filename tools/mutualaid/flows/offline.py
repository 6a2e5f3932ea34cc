"""Take in what came without an account: on paper, by mail, or typed in. Read, think, write; or send it on a branch."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mutualaid.adapters.entry_files import write_new_entry
from mutualaid.adapters.git import send_file
from mutualaid.adapters.mail import letter_from, read_letter
from mutualaid.adapters.schema_files import read_identifying_details, read_kinds
from mutualaid.adapters.yaml import canonical, read_yaml
from mutualaid.core.entries.checks import Rulebook, check_together
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry, plain
from mutualaid.core.entries.identifying import Patterns, as_problem, findings, with_people
from mutualaid.core.entries.problem import Place, Problem, as_line
from mutualaid.core.entries.removal_code import kept_of, write_code
from mutualaid.core.entries.submission import Submission
from mutualaid.core.forms.form import Answers, Form, FormRefusal, form_of, parse_plain
from mutualaid.core.forms.mail_text import Letter, readings
from mutualaid.core.forms.messages import form_problem
from mutualaid.core.forms.model import CORRECTS
from mutualaid.core.forms.reword import all_told
from mutualaid.core.forms.to_entry import shape
from mutualaid.errors import BrokenHouse, Misuse
from mutualaid.flows.load_trusted import load_policy

INTAKE = {"channel": "offline"}
COMMIT_MESSAGE = "Offer an entry that came in without an account"


@dataclass(frozen=True)
class Desk:
    """What is needed to take in an entry of one kind: its form, its rules, and the entries that there are."""

    root: Path
    form: Form
    rulebook: Rulebook
    patterns: Patterns
    there: tuple[Submission, ...]
    taken: frozenset[str]
    today: dt.date
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as it would be written, with what is wrong in it and what in it could point to somebody."""

    slug: str
    value: Mapping[str, Any]
    text: str
    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing keeps it from being written."""
        return not any(problem.is_error for problem in self.problems)


def open_desk(root: Path, name: str, entries: Iterable[Entry], today: dt.date) -> Desk:
    """Read what the kind `name` needs, beside `entries` that there are. Raises Misuse where there is no such kind."""
    kinds, retracted = read_kinds(root / "schemas")
    kind = next((one for one in kinds if name.casefold() in (one.name, one.singular.casefold())), None)
    if kind is None:
        raise Misuse(f"There is no kind {name}. The kinds are: {', '.join(one.name for one in kinds)}.")
    there = tuple(
        Submission(one.kind, Document(f"submissions/{one.kind.name}/{one.slug}.yaml", plain(one.fields), {}))
        for one in entries
        if not one.is_retracted
    )
    taken = frozenset(file.stem for file in (root / "submissions" / kind.name).glob("*"))
    taken |= {alias for one in there if one.kind.name == kind.name for alias in one.value.get("aliases", ())}
    patterns = read_identifying_details(root / "schemas")
    return Desk(
        root, form_of(kind), Rulebook.of(kind, retracted), patterns, there, taken, today, load_policy(root).max_bytes
    )


def open_letter(source: Path | bytes) -> Letter | Problem:
    """Read a letter from a file, or from bytes that were handed in. Raises Misuse where the file cannot be opened."""
    if isinstance(source, bytes):
        return letter_from(source)
    try:
        return read_letter(source)
    except OSError as error:
        raise Misuse(f"{source} cannot be read: {error.strerror or error}. Name a file that can be.") from error


def read_answers(letter: Letter, form: Form) -> tuple[Answers | tuple[Problem, ...], Letter]:
    """Return the answers, or why there are none, with the reading of the letter that gave them."""
    refusals: list[tuple[tuple[Problem, ...], Letter]] = []
    for reading in readings(letter, lambda line: _is_question(line, form)):
        answers = parse_plain(reading.text, form)
        if not isinstance(answers, FormRefusal):
            return answers, reading
        refusals.append((answers.problems, reading))
    return refusals[0]


def consider(desk: Desk, answers: Answers, people: tuple[str, ...] = ()) -> Draft:
    """Make an entry of answers, and say all that is wrong with it.

    `people` are names of whoever sent it, to be found where they still stand.
    """
    kind = desk.rulebook.kind
    shaped = shape(answers, desk.form, kind, INTAKE, desk.today.strftime("%Y-%m"), None, desk.taken)
    slug = str(shaped.value["slug"])
    text = canonical(shaped.value, kind)
    document = _document(desk, slug, text)
    submission = Submission(kind, document)
    found = desk.rulebook.check(submission, desk.today)
    others = check_together([*desk.there, submission])
    together = (one for one in others if one.place.file == document.file)
    first = (*_for_a_file(answers, desk.form), *(_for_whoever_types(one) for one in shaped.problems))
    told = (*all_told(first, (*found, *together), desk.form, answers), *_too_large(text, document.file, desk.max_bytes))
    patterns = with_people(desk.patterns, people)
    hints = tuple(as_problem(one, document) for one in findings(shaped.value, kind, patterns))
    return Draft(slug, shaped.value, text, told, hints)


def sealed(desk: Desk, draft: Draft, secret: bytes, salt: bytes) -> tuple[Draft, str]:
    """Return the draft with what is kept of a removal code, and the code."""
    value = {**draft.value, "retraction": kept_of(secret, salt)}
    kind = desk.rulebook.kind
    return replace(draft, value=value, text=canonical(value, kind)), write_code(kind.name, draft.slug, secret)


def write(desk: Desk, draft: Draft) -> str:
    """Write the entry into `submissions/` and return the file's name. Raises Misuse where there is such a file."""
    name = _file(desk, draft.slug)
    write_new_entry(desk.root / name, draft.text)
    return name


def send(desk: Desk, draft: Draft, remote: str, random: bytes) -> str:
    """Send the entry on a branch of its own and return the branch; the working tree stays as it is."""
    branch = f"submission/offline-{random.hex()}"
    send_file(desk.root, remote, branch, _file(desk, draft.slug), draft.text, COMMIT_MESSAGE, desk.today)
    return branch


def _file(desk: Desk, slug: str) -> str:
    return f"submissions/{desk.rulebook.kind.name}/{slug}.yaml"


def _document(desk: Desk, slug: str, text: str) -> Document:
    reading = read_yaml(text, _file(desk, slug))
    if reading.document is None:
        said = "; ".join(as_line(problem) for problem in reading.problems)
        raise BrokenHouse(f"The entry as it would be written cannot be read back, and was not written: {said}")
    return reading.document


def _too_large(text: str, file: str, most: int) -> tuple[Problem, ...]:
    size = len(text.encode())
    if size <= most:
        return ()
    sentence = f"The entry would be {size:,} bytes long; it may have {most:,}. Shorten it, or make two of it."
    return (Problem("file.too-large", "The entry", sentence, Place(file)),)


def _for_a_file(answers: Answers, form: Form) -> tuple[Problem, ...]:
    """Say so where an entry is to be corrected: here only new ones are made."""
    if form.corrects is None or not answers.values.get(CORRECTS, "").strip():
        return ()
    sentence = (
        "It corrects an entry that is on the site, and this command makes new entries only. Change that entry's file "
        "by hand, run `mutualaid check`, and open a pull request. For a new entry, leave this answer empty."
    )
    line = answers.lines.get(CORRECTS, 1)
    return (form_problem(form, "corrects.by-hand", form.corrects.label, sentence, line),)


def _is_question(line: str, form: Form) -> bool:
    labels = [*(asked.label for asked in form.questions), form.consent_block.label]
    begun = line.strip().casefold()
    return line.rstrip() in form.headings or any(
        begun.startswith((f"{label.casefold()}:", f"{label.casefold()} :"))
        or (label.endswith("?") and begun.startswith(label.casefold()))
        for label in labels
        if label
    )


def _for_whoever_types(problem: Problem) -> Problem:
    """Retell what only makes sense to somebody with an issue open."""
    if problem.code != "consents.unchecked":
        return problem
    said = problem.message.partition(" is not checked.")[0]
    sentence = (
        f"{said} is not checked. Check it only where whoever sent this said yes to it; without it, publish nothing."
    )
    return replace(problem, message=sentence)
