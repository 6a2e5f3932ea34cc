"""`mutualaid new`, `retire` and `retract`: what is asked and said, and the exit status."""

import argparse
import secrets
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mutualaid.adapters.git import remote_address
from mutualaid.adapters.mail import letter_from, read_letter
from mutualaid.cli.terminal import FINE, PROBLEMS, command, hear, option, root_of, said, say, show, tell, this_day
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.removal_code import SECRET_BYTES
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.model import Form
from mutualaid.errors import Misuse, MutualAidError
from mutualaid.flows.load_checkout import Checkout, load_checkout
from mutualaid.flows.offline import consider, form_named, read_answers, sealed, send, write
from mutualaid.flows.read_offer import Draft
from mutualaid.flows.retire import RetireResult, retire, retract, retract_by_code


@command(
    "new",
    "take in an entry that came without an account",
    option("kind", metavar="KIND", help="what it is, such as examples: the name of its folder in submissions/"),
    option(
        "--from",
        dest="source",
        default="",
        metavar="FILE",
        help="a filled-in form, plain text or mail (.eml); - reads standard input; without it, print the blank form",
    ),
    option("--dry-run", action="store_true", help="write nothing: YAML to standard output, problems to standard error"),
    option("--yes", action="store_true", help="do not ask before writing"),
    option("--no-code", action="store_true", help="make no removal code, where it could not be handed back"),
    option("--send", action="store_true", help="push it to the remote on a branch of its own, in nobody's name"),
    option("--remote", default="origin", help="the remote to send it to (default: origin)"),
)
def _new(options: argparse.Namespace) -> int:
    root = root_of(options)
    if options.send and not options.dry_run:
        remote_address(root, options.remote)
    checkout = load_checkout(root)
    form = form_named(checkout, options.kind)
    if options.source:
        return _from_letter(checkout, form, options)
    show(write_form(Answers({}), form))
    say(f"This is the blank form. Save it, fill it in, then: mutualaid new {form.name} --from FILE")
    return FINE


def _from_letter(checkout: Checkout, form: Form, options: argparse.Namespace) -> int:
    is_piped = options.source == "-"
    name = "standard input" if is_piped else options.source
    letter = letter_from(sys.stdin.buffer.read()) if is_piped else read_letter(Path(options.source))
    if isinstance(letter, Problem):
        return _refuse([letter], name)
    answers, reading = read_answers(letter, form)
    if reading.left_out:
        say("\n".join(("Left out:", *(f"- {words}" for words in reading.left_out), "")))
    if not isinstance(answers, Answers):
        return _refuse(answers, name)
    draft = consider(checkout, form, answers, this_day(), reading.people)
    show(draft.text)
    tell((*_at(name, draft.problems), *draft.hints))
    if draft.hints:
        say(said("hints"))
    if draft.errors:
        say("Nothing was written. Fix what is named above, and try again.")
        return PROBLEMS
    if options.dry_run:
        if not options.no_code:
            say("A removal code is made when the entry is written, and not in a dry run.")
        return FINE
    is_asked = not is_piped and sys.stdin.isatty() and not options.yes
    if is_asked and hear("\nWrite it? Type yes or no: ").casefold() not in ("y", "yes"):
        return _refuse([])
    return _finish(draft, options)


def _at(name: str, problems: Sequence[Problem]) -> list[Problem]:
    """Name the file that was read in the place of the form."""
    return [
        replace(problem, place=replace(problem.place, file=name))
        if problem.place.file.startswith(("the form “", "the file"))
        else problem
        for problem in problems
    ]


def _refuse(problems: Sequence[Problem], name: str = "") -> int:
    tell(_at(name, problems))
    say("Nothing was written.")
    return PROBLEMS


def _finish(draft: Draft, options: argparse.Namespace) -> int:
    root, code, status = root_of(options), "", FINE
    if not options.no_code:
        draft, code = sealed(draft, secrets.token_bytes(SECRET_BYTES))
    if options.send:
        try:
            say(said("sent", branch=send(root, draft, options.remote, secrets.token_bytes(8), this_day())))
        except MutualAidError as error:
            status = error.exitcode
            written = said("written", file=write(root, draft))
            say(f"{error}\nSo that nothing is lost: {written}")
    else:
        say(said("written", file=write(root, draft)))
    if code:
        say("\n" + said("code", code=code))
    return status


@command(
    "retire",
    "keep an entry, and mark it as no longer current",
    option("entry", metavar="KIND/SLUG", help="the entry, such as groups/shift-swap-board"),
    option("--why", required=True, metavar="WORDS", help="one line for readers"),
    option("--replaced-by", default="", metavar="SLUG", help="the entry of the same kind to see in its place"),
)
def _retire(options: argparse.Namespace) -> int:
    return _report(retire(root_of(options), options.entry, options.why, options.replaced_by, this_day()), "retired")


@command(
    "retract",
    "take an entry away at somebody's wish; a tombstone stays",
    option("entry", nargs="?", default="", metavar="KIND/SLUG", help="the entry, such as groups/shift-swap-board"),
    option("--code", nargs="?", const="", metavar="CODE", help="a removal code; asked for where it is left out"),
    option(
        "--with-address", action="store_true", help="leave no tombstone, where the address itself gives somebody away"
    ),
)
def _retract(options: argparse.Namespace) -> int:
    root, today, entry, code = root_of(options), this_day(), options.entry, options.code
    done = "removed" if options.with_address else "retracted"
    if code is None:
        if not entry:
            raise Misuse("Name the entry, as in: mutualaid retract groups/ladder. Or use a removal code: --code CODE.")
        return _report(retract(root, entry, today, with_address=options.with_address), done)
    code = code or hear("The removal code: ")
    if not code:
        raise Misuse("No removal code was given. Write it after --code, or type it when asked.")
    whole = code if "/" in code or not entry else f"{entry}: {code}"
    return _report(retract_by_code(root, whole, today, with_address=options.with_address), done)


def _report(outcome: RetireResult, done: str) -> int:
    if outcome.problems:
        tell(outcome.problems)
        say("Nothing was changed.")
        return PROBLEMS
    say(said(done if outcome.changed else "as before", file=outcome.file))
    if outcome.changed and done != "retired":
        say("\n" + said("stays"))
    if outcome.mentions:
        say("\nBefore the next build these must be fixed:")
        tell(outcome.mentions)
        return PROBLEMS
    return FINE
