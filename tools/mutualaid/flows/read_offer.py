"""From a stranger's text to an outcome: the body of an issue, or the one file of a pull request."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mutualaid.adapters.entry_files import read_bytes
from mutualaid.adapters.yaml import canonical, read_yaml, write_yaml
from mutualaid.core.entries.addresses import ADDRESS, read_address, same_place
from mutualaid.core.entries.checks import OPENING, check_beside
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.identifying import findings
from mutualaid.core.entries.near_duplicates import Offered
from mutualaid.core.entries.on_paper import lost_on_paper, printable
from mutualaid.core.entries.problem import Place, Problem, problem_of
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import problems_with, validator_for
from mutualaid.core.forms import corrections
from mutualaid.core.forms.answers import Answers, read_form, which_form
from mutualaid.core.forms.model import CORRECTS, Form
from mutualaid.core.forms.reword import field_of, reworded_problems, understood
from mutualaid.core.forms.to_entry import Shaped, shape
from mutualaid.core.pipeline.situation import (
    REGULAR_FILE,
    ChangedFile,
    NeedsFix,
    NotOurs,
    OnlyForPeople,
    Outcome,
    Ready,
)
from mutualaid.flows.load_checkout import Checkout


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """The body of an issue, with its number, when it was opened, and the file that it was given before, '' for none.

    `base` is that of its open pull request (see Ready), None where it has none: while there is one, the form stays what
    it is.
    """

    body: str
    issue: int
    offered: dt.datetime
    path: str = ""
    no_credit: bool = False
    base: str | None = None


def take_in_form(checkout: Checkout, offer: SubmittedForm, today: dt.date) -> Outcome:
    """Read what somebody offers by a form; what was given a file before keeps it."""
    place = checkout.policy.entry_at(offer.path)
    form = which_form(offer.body, checkout.forms.values()) or (checkout.forms[place[0]] if place else None)
    if form is None:
        return NotOurs()
    if form.name not in checkout.rulebooks and not form.corrects:
        return OnlyForPeople(form.name)
    answers = read_form(offer.body, form)
    if not isinstance(answers, Answers):
        return NeedsFix(form.name, answers)
    outcome = (_correction if form.corrects else _shaped)(checkout, form, answers, offer, today)
    return _bound(checkout, form, answers, offer, outcome)


def offered_in(checkout: Checkout, body: str) -> Offered | None:
    """Return what a form offers, as far as it takes to tell whether two are alike; None where it offers no entry."""
    form = which_form(body, checkout.forms.values())
    is_read = form is not None and (form.corrects or form.name in checkout.rulebooks)
    answers = read_form(body, form) if form is not None and is_read else None
    if form is None or not isinstance(answers, Answers):
        return None
    typed = [answers.values[asked.id] for asked in form.fields if asked.element != "dropdown"]
    whole = " ".join(typed)
    addresses = {same_place(read_address(found)[0]) for found in ADDRESS.findall(whole.replace("|", " "))} - {""}
    entry = _entry_to_correct(checkout, answers)
    addresses |= {address_of(entry)} if entry else set()
    return Offered(form.name, ADDRESS.sub(" ", whole)[:OPENING], frozenset(addresses))


def _entry_to_correct(checkout: Checkout, answers: Answers) -> Submission | None:
    place = corrections.place_of(answers.values.get(CORRECTS, ""), checkout.policy.kinds)
    return checkout.entry_named(*place) if place else None


def _bound(checkout: Checkout, form: Form, answers: Answers, offer: SubmittedForm, outcome: Outcome) -> Outcome:
    """Return the outcome, unless its text is now for another entry than the one that its pull request is for."""
    if offer.base is None or not isinstance(outcome, Ready):
        return outcome
    place = checkout.policy.entry_at(offer.path)
    had = checkout.entry_named(*place) if place and offer.base else None
    if outcome.path == had.document.file if had else not outcome.base:
        return outcome
    bound = f"corrects the entry at `{address_of(had)}`. Put that address back here" if had else "offers something new"
    return NeedsFix(form.name, (corrections.not_correctable("changed", form, answers, bound),))


def _correction(checkout: Checkout, form: Form, answers: Answers, offer: SubmittedForm, today: dt.date) -> Outcome:
    kind, month = checkout.form_kinds[form.name], f"{offer.offered:%Y-%m}"
    typed = shape(answers, form, kind, {}, month, None, ())
    missing = problems_with(Document("", typed.value), validator_for(kind.schema))
    problems = reworded_problems(typed.problems, missing, form, answers)
    entry = _entry_to_correct(checkout, answers)
    said = {} if problems else corrections.said_in(typed.value, kind, month)
    why = "unknown" if entry is None else "removed" if entry.is_retracted else ""
    if entry is not None and not said.keys() <= {*entry.kind.fields, corrections.SOURCES}:
        why = "other-kind"
    if problems or why or entry is None:
        found = (*problems, *([corrections.not_correctable(why, form, answers)] if why else ()))
        return NeedsFix(entry.kind.name if entry else form.name, found)
    own = checkout.forms[entry.kind.name]
    lines = corrections.lines_in(answers, own, entry.kind)
    if isinstance(lines, str):
        return NeedsFix(entry.kind.name, (corrections.not_correctable("twice", form, answers, lines),))
    if corrections.CHANGES in typed.value and not lines.values and offer.base is None:
        return OnlyForPeople(form.name)
    if offer.no_credit:
        lines = replace(lines, values={**lines.values, corrections.CREDIT: corrections.TAKEN_OUT})
    shaped = corrections.corrected(lines, entry.value, own, entry.kind, said)
    if not shaped.problems and shaped.value == entry.value:
        return NeedsFix(entry.kind.name, (corrections.not_correctable("no-change", form, answers),))
    outcome = _outcome(checkout, check_shaped(checkout, own, lines, shaped, today), entry.value)
    base = blob_name(canonical(entry.value, entry.kind).encode())
    return replace(outcome, base=base) if isinstance(outcome, Ready) else outcome


def _shaped(checkout: Checkout, form: Form, answers: Answers, offer: SubmittedForm, today: dt.date) -> Outcome:
    if offer.no_credit:
        answers = replace(answers, values={**answers.values, corrections.CREDIT: ""})
    place = checkout.policy.entry_at(offer.path)
    taken = checkout.taken(form.name)
    slug = place[1] if place and place[0] == form.name and place[1] not in taken else None
    intake = {"channel": "issue", "issue": offer.issue}
    kind = checkout.rulebooks[form.name].kind
    shaped = shape(answers, form, kind, intake, f"{offer.offered:%Y-%m}", slug, taken)
    return _outcome(checkout, check_shaped(checkout, form, answers, shaped, today))


@dataclass(frozen=True, slots=True)
class Draft:
    """The entry that answers make, and its text; what is wrong with it, and what in it could point to somebody."""

    entry: Submission
    text: str
    problems: tuple[Problem, ...]
    hints: tuple[Problem, ...] = ()
    proposed: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


def check_shaped(
    checkout: Checkout, form: Form, answers: Answers, shaped: Shaped, today: dt.date, others: Iterable[Submission] = ()
) -> Draft:
    """Check what answers were shaped into, beside `others` that there are; problems are in the words of the form.

    What was proposed of an answer with a mistake has it again; that is not said twice.
    """
    rulebook, policy = checkout.rulebooks[form.name], checkout.policy
    text, path = canonical(shaped.value, rulebook.kind), policy.path_of(form.name, str(shaped.value["slug"]))
    reading = read_yaml(text, path)
    if reading.document is None:
        unread = Submission(rulebook.kind, Document(path, shaped.value))
        return Draft(unread, text, (*shaped.problems, *reading.problems))
    entry = Submission(rulebook.kind, reading.document)
    problems = reworded_problems(
        shaped.problems, (*rulebook.check(entry, today), *check_beside(entry, others)), form, answers
    )
    typed = [one for one in problems if (asked := field_of(one, form)) is None or asked.steps[0] not in shaped.proposed]
    problems = tuple(typed) if any(one.is_error for one in typed) else problems
    if len(text.encode()) > policy.max_bytes:
        problems = (*problems, _too_long(policy.max_bytes, Place(f"the form “{form.title}”")))
    return Draft(entry, text, problems, proposed=shaped.proposed)


def _outcome(checkout: Checkout, draft: Draft, had: Mapping[str, Any] | None = None) -> Ready | NeedsFix:
    """Return the outcome of a draft, with how it was understood; beside what an entry `had`, only what changes."""
    kind = draft.entry.kind
    shown = [*understood(draft.entry.value, checkout.forms[kind.name], kind, draft.proposed, had)]
    if signs := "".join(dict.fromkeys("".join(found for _, found in lost_on_paper(draft.entry)))):
        lost = f"The fonts for paper lack {signs[:20]}, so a book says {printable(signs)} there"
        shown.append(f"{lost}; the site shows them as you typed them.")
    read = () if draft.entry.is_retracted else tuple(shown)
    if draft.errors:
        return NeedsFix(kind.name, draft.errors, read)
    return replace(_ready(checkout, draft.entry, draft.text), understood=read)


def take_in_files(
    checkout: Checkout, files: tuple[ChangedFile, ...], read: Callable[[str], bytes], today: dt.date
) -> Outcome:
    """Read what a pull request changes; `read` returns the bytes of a file by their hash, once it may be looked at."""
    if not any(file.path.startswith(f"{checkout.policy.fence}/") for file in files):
        return NotOurs()
    place = checkout.policy.entry_at(files[0].path)
    refused = _refused(checkout, files)
    if refused or place is None:
        return NeedsFix(place[0] if place else "", (refused,) if refused else ())
    file, raw = files[0], read(files[0].blob)
    reading = read_bytes(raw, file.path)
    if reading.document is None:
        return NeedsFix(place[0], reading.problems)
    rulebook = checkout.rulebooks[place[0]]
    entry = Submission(rulebook.kind, reading.document)
    had = checkout.entries.get(file.path)
    draft = Draft(entry, raw.decode(), rulebook.check(entry, today))
    return _outcome(checkout, draft, had.value if had else None)


def changed_since(checkout: Checkout, outcome: Ready, text: str) -> tuple[str, ...]:
    now, had = (read_yaml(one, outcome.path).document for one in (outcome.text, text))
    if now is None or had is None or outcome.is_retraction:
        return ()
    kind = checkout.rulebooks[outcome.kind].kind
    return tuple(understood(now.value, checkout.forms[outcome.kind], kind, had=had.value))


def overtaken(outcome: Outcome, files: Iterable[ChangedFile]) -> Outcome:
    """Return what becomes of a pull request by hand whose file main has changed since its branch began.

    A merge would mix two texts that nobody has read together.
    """
    if not isinstance(outcome, Ready | NeedsFix):
        return outcome
    had = outcome.problems if isinstance(outcome, NeedsFix) else ()
    return NeedsFix(outcome.kind, (*had, *(_problem(file, "file.overtaken") for file in files)))


def problems_on_main(checkout: Checkout, path: str, today: dt.date) -> tuple[str, ...]:
    """Return what is wrong on main with an entry that was merged, by whomever: the site cannot be built while it is."""
    entry = checkout.entries.get(path)
    if entry is None:
        return (f"The file `{path}` is not there, or cannot be read.",)
    return tuple(problem.message for problem in checkout.errors_in(entry, today))


def tombstone_of(checkout: Checkout, path: str, month: str) -> tuple[str, bool]:
    """Return what would be left of an entry on main, '' where there is none; and whether it is retracted already."""
    entry = checkout.entries.get(path)
    if entry is None or entry.is_retracted:
        return "", entry is not None
    return write_yaml({"slug": entry.file_slug, "retracted": month}), False


def _refused(checkout: Checkout, files: tuple[ChangedFile, ...]) -> Problem | None:
    odd = next((file for file in files if checkout.policy.entry_at(file.path) is None), None)
    if not files or odd is not None:
        return _problem(odd or ChangedFile("", "", ""), "file.outside", fence=checkout.policy.fence)
    if len(files) > 1:
        return _problem(files[1], "file.several", count=len(files))
    file = files[0]
    if file.change not in ("added", "modified"):
        return _problem(file, "file.change")
    if file.mode != REGULAR_FILE:
        return _problem(file, "file.mode")
    return _too_long(checkout.policy.max_bytes, Place(file.path)) if file.size > checkout.policy.max_bytes else None


def _ready(checkout: Checkout, submission: Submission, text: str) -> Ready:
    kind, path = submission.kind, submission.document.file
    is_retraction = submission.is_retracted
    together = () if is_retraction else checkout.beside(submission)
    found = () if is_retraction else findings(submission.value, kind, checkout.patterns)
    return Ready(
        kind=kind.name,
        path=path,
        text=text,
        blob=blob_name(text.encode()),
        warnings=tuple(problem.message for problem in together if not problem.is_error),
        clashes=tuple(problem.message for problem in together if problem.is_error),
        findings=tuple(f"{detail.field}: “{detail.text}” {detail.advice}" for detail in found),
        is_retraction=is_retraction,
        is_correction=path in checkout.entries and not is_retraction,
    )


def address_of(entry: Submission) -> str:
    return f"{entry.kind.address}{entry.file_slug}/"


def blob_name(content: bytes) -> str:
    """Return the SHA-1 of a blob. Source: Pro Git, "Git Internals - Git Objects"."""
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def _too_long(max_bytes: int, place: Place) -> Problem:
    return problem_of("file.too-long", "The text", place, most=max_bytes)


def _problem(file: ChangedFile, code: str, **facts: Any) -> Problem:
    return problem_of(code, "The file", Place(file.path), path=file.path, **facts)
