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
from mutualaid.adapters.yaml import canonical
from mutualaid.core.entries.checks import Rulebook
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import Entry, plain
from mutualaid.core.entries.identifying import Patterns, as_problem, findings, with_people
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.removal_code import kept_of, write_code
from mutualaid.core.entries.submission import Submission
from mutualaid.core.forms.answers import Answers
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.mail_text import Letter, trimmed
from mutualaid.core.forms.model import CORRECTS, Form
from mutualaid.core.forms.plain_text import parse_plain
from mutualaid.core.forms.to_entry import shape
from mutualaid.core.pipeline.policy import Policy
from mutualaid.errors import Misuse
from mutualaid.flows.load_trusted import load_policy
from mutualaid.flows.read_offer import check_shaped

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
    policy: Policy


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
    kind = next((kind for kind in kinds if name.casefold() in (kind.name, kind.singular.casefold())), None)
    if kind is None:
        raise Misuse(f"There is no kind {name}. The kinds are: {', '.join(kind.name for kind in kinds)}.")
    there = tuple(
        Submission(entry.kind, Document(f"submissions/{entry.kind.name}/{entry.slug}.yaml", plain(entry.fields), {}))
        for entry in entries
        if not entry.is_retracted
    )
    taken = frozenset(file.stem for file in (root / "submissions" / kind.name).glob("*"))
    taken |= {alias for entry in there if entry.kind.name == kind.name for alias in entry.value.get("aliases", ())}
    patterns = read_identifying_details(root / "schemas")
    return Desk(root, form_of(kind), Rulebook.of(kind, retracted), patterns, there, taken, today, load_policy(root))


def open_letter(source: Path | bytes) -> Letter | Problem:
    """Read a letter from a file, or from bytes that were handed in. Raises Misuse where the file cannot be opened."""
    if isinstance(source, bytes):
        return letter_from(source)
    try:
        return read_letter(source)
    except OSError as error:
        raise Misuse(f"{source} cannot be read: {error.strerror or error}. Name a file that can be.") from error


def read_answers(letter: Letter, form: Form) -> tuple[Answers | tuple[Problem, ...], Letter]:
    """Return the answers, or why there are none, with what was left of the letter."""
    reading = trimmed(letter, lambda line: _is_question(line, form))
    return parse_plain(reading.text, form), reading


def consider(desk: Desk, answers: Answers, people: tuple[str, ...] = ()) -> Draft:
    """Make an entry of answers, and say all that is wrong with it.

    `people` are names of whoever sent it, to be found where they still stand.
    """
    shaped = shape(answers, desk.form, desk.rulebook.kind, INTAKE, desk.today.strftime("%Y-%m"), None, desk.taken)
    first = (*_for_a_file(answers, desk.form), *(_for_whoever_types(problem) for problem in shaped.problems))
    slug = str(shaped.value["slug"])
    shaped = replace(shaped, problems=first)
    checked = check_shaped(shaped, answers, desk.form, desk.rulebook, desk.policy, desk.today, desk.there)
    document = checked.submission.document if checked.submission else Document(_file(desk, slug), shaped.value, {})
    patterns = with_people(desk.patterns, people)
    hints = (as_problem(match, document) for match in findings(shaped.value, desk.rulebook.kind, patterns))
    return Draft(slug, shaped.value, checked.text, checked.problems, tuple(hints))


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
    return desk.policy.path_of(desk.rulebook.kind.name, slug)


def _for_a_file(answers: Answers, form: Form) -> tuple[Problem, ...]:
    """Say so where an entry is to be corrected: here only new ones are made."""
    if form.corrects is None or not answers.values.get(CORRECTS, "").strip():
        return ()
    sentence = (
        "It corrects an entry that is on the site, and this command makes new entries only. Change that entry's file "
        "by hand, run `mutualaid check`, and open a pull request. For a new entry, leave this answer empty."
    )
    line = answers.lines.get(CORRECTS, 1)
    return (form.problem("corrects.by-hand", form.corrects.label, sentence, line),)


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
