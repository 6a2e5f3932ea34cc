"""Take in what came without an account: on paper, by mail, or typed in. Read, think, write; or send it on a branch."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from mutualaid.adapters.entry_files import write_new_entry
from mutualaid.adapters.git import send_file
from mutualaid.adapters.yaml import canonical
from mutualaid.core.entries.identifying import as_problem, findings, with_people
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.removal_code import kept_of, write_code
from mutualaid.core.entries.submission import Submission
from mutualaid.core.forms.answers import Answers, lines_of
from mutualaid.core.forms.mail_text import Letter, trimmed
from mutualaid.core.forms.model import Form
from mutualaid.core.forms.plain_text import near_label, parse_plain, places_of, question_in
from mutualaid.core.forms.to_entry import shape
from mutualaid.core.pipeline.situation import OFFLINE
from mutualaid.errors import Misuse
from mutualaid.flows.load_checkout import Checkout
from mutualaid.flows.read_offer import Draft, check_shaped


def form_named(checkout: Checkout, name: str) -> Form:
    """Return the form of the kind `name`. Raises Misuse where there is no such kind."""
    kinds = [rulebook.kind for rulebook in checkout.rulebooks.values()]
    kind = next((kind for kind in kinds if name.casefold() in (kind.name, kind.singular.casefold())), None)
    if kind is None:
        raise Misuse(f"There is no kind {name}. The kinds are: {', '.join(checkout.rulebooks)}.")
    return checkout.forms[kind.name]


def read_answers(letter: Letter, form: Form) -> tuple[Answers | tuple[Problem, ...], Letter]:
    """Return the answers, or why there are none, with what was left of the letter, or of a text attached to it."""

    def is_question(line: str) -> bool:
        return bool(question_in(line, places_of(form)) or near_label(line, form))

    texts = (letter.text, *letter.attached)
    best = next((text for text in texts if any(map(is_question, lines_of(text)))), letter.text)
    others = sum(1 for text in texts if text is not best for line in lines_of(text) if line.strip())
    more = (f"{others} line{'s' * (others > 1)} in other parts of the mail.",) if others else ()
    reading = trimmed(replace(letter, text=best, left_out=(*letter.left_out, *more)), is_question)
    return parse_plain(reading.text, form), reading


def consider(checkout: Checkout, form: Form, answers: Answers, today: dt.date, people: tuple[str, ...] = ()) -> Draft:
    """Make an entry of answers, and say all that is wrong with it.

    `people` are names of whoever sent it, to be found where they're still in the text.
    """
    kind = checkout.rulebooks[form.name].kind
    intake = {"channel": "offline"}
    shaped = shape(answers, form, kind, intake, f"{today:%Y-%m}", None, checkout.taken(form.name))
    draft = check_shaped(checkout, form, answers, shaped, today, checkout.entries.values())
    found = findings(shaped.value, kind, with_people(checkout.patterns, people))
    return replace(draft, hints=tuple(as_problem(match, draft.entry.document) for match in found))


def sealed(draft: Draft, secret: bytes) -> tuple[Draft, str]:
    entry = draft.entry
    value = {**entry.value, "retraction": kept_of(secret)}
    kept = Submission(entry.kind, replace(entry.document, value=value))
    code = write_code(entry.kind.name, entry.file_slug, secret)
    return replace(draft, entry=kept, text=canonical(value, entry.kind)), code


def write(root: Path, draft: Draft) -> str:
    """Write the entry into `submissions/` and return the file's name. Raises Misuse where there is such a file.

    Its first line tells editors which schema completes and checks it.
    """
    name = draft.entry.document.file
    write_new_entry(
        root / name, f"# yaml-language-server: $schema=../../schemas/{draft.entry.kind.name}.schema.yaml\n{draft.text}"
    )
    return name


def send(root: Path, draft: Draft, remote: str, random: bytes, today: dt.date) -> str:
    """Send the entry on a branch of its own and return the branch; the working tree stays as it is."""
    branch = f"{OFFLINE}{random.hex()}"
    message = "Offer an entry that came in without an account"
    send_file(root, remote, branch, draft.entry.document.file, draft.text, message, today)
    return branch
