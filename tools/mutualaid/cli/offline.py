"""`mutualaid new`, `retire` and `retract`: what is asked and said, and the exit status."""

import argparse
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mutualaid.adapters.git import remote_address
from mutualaid.cli.terminal import (
    FINE,
    PROBLEMS,
    YES,
    Commands,
    StoppedError,
    be_lenient,
    hear,
    is_watched,
    root_of,
    say,
    show,
    tell,
    this_day,
    whole_input,
)
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.removal_code import SALT_BYTES, SECRET_BYTES
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.model import Form
from mutualaid.errors import HouseError, Misuse
from mutualaid.flows.load_trusted import House, load_house
from mutualaid.flows.offline import consider, form_named, open_letter, read_answers, sealed, send, write
from mutualaid.flows.read_offer import Draft
from mutualaid.flows.retire import RetireResult, retire, retract, retract_by_code

BRANCH_BYTES = 8
FROM_INPUT = "-"
A_FORM = "the form “"
HINTS = (
    "What may point to somebody is a hint: look at each. It does not keep the entry from being written. The check "
    "reads English, and a few words of Spanish."
)
NOTHING = "Nothing was written."
NOT_READY = "Nothing was written. Mend what is named above, and try again."
CODE = """
The removal code, shown this once:

    {code}

Hand it to whoever sent this, on paper or by the way they wrote. With it they can ask for removal and need not say who
they are. Only a scrambled form of it is kept, so nobody can show it again. Where you cannot hand it back, it helps
nobody: next time add --no-code."""
NO_CODE_YET = "A removal code is made when the entry is written, and not in a dry run."
SENT = """\
Sent on the branch {branch}. The bot opens a pull request of it.
The commit names nobody. GitHub still shows in its activity log that your account pushed the branch."""
WRITTEN = "Written: {file}. Nothing has left this computer yet."
RETRACTED = """\
{file} now holds only its short name and the month. Its page will say "Removed", and no reason."""
REMOVED = "{file} is deleted. Its address leads nowhere any more."
STAYS = """
It is gone from the site with the next build. It is not gone from:
- the history of this repository, and GitHub's saved views of it, until somebody rewrites the one and asks GitHub to
  drop the other;
- pull requests, issues, and the mails that GitHub sent about them;
- other people's forks and clones, feed readers, search engines and web archives.
Give no reason in the commit's message. What can be done about each: docs/runbook.md, "Retract and redact"."""
RETIRED = "{file} is marked as retired. Its page stays at its address, and says so. Commit it, and have it approved."
AS_BEFORE = "{file} says so already. Nothing was changed."


def add(commands: Commands) -> None:
    """Add the commands."""
    new = commands.add_parser("new", help="take in an entry that came without an account")
    new.add_argument("kind", metavar="KIND", help="what it is: examples, exercises, resources or groups")
    new.add_argument(
        "--from",
        dest="source",
        default="",
        metavar="FILE",
        help="a filled-in form, plain text or mail (.eml); - reads standard input; without it, print the blank form",
    )
    new.add_argument(
        "--dry-run", action="store_true", help="write nothing: YAML to standard output, problems to standard error"
    )
    new.add_argument("--yes", action="store_true", help="do not ask before writing")
    new.add_argument("--no-code", action="store_true", help="make no removal code, where it could not be handed back")
    new.add_argument(
        "--send", action="store_true", help="push it to the remote on a branch of its own, in nobody's name"
    )
    new.add_argument("--remote", default="origin", help="the remote to send it to (default: origin)")
    new.set_defaults(run=_new)
    retire = commands.add_parser("retire", help="keep an entry, and mark it as no longer current")
    retire.add_argument("entry", metavar="KIND/SLUG", help="the entry, such as groups/shift-swap-board")
    retire.add_argument("--why", required=True, metavar="WORDS", help="one line for readers")
    retire.add_argument(
        "--replaced-by", default="", metavar="SLUG", help="the entry of the same kind to see in its place"
    )
    retire.set_defaults(run=_retire)

    retract = commands.add_parser("retract", help="take an entry away at somebody's wish; a tombstone stays")
    retract.add_argument(
        "entry", nargs="?", default="", metavar="KIND/SLUG", help="the entry, such as groups/shift-swap-board"
    )
    retract.add_argument(
        "--code", nargs="?", const="", metavar="CODE", help="a removal code; asked for where it is left out"
    )
    retract.add_argument(
        "--with-address", action="store_true", help="leave no tombstone, where the address itself gives somebody away"
    )
    retract.set_defaults(run=_retract)


def _new(options: argparse.Namespace) -> int:
    """Take in an entry that came without an account."""
    be_lenient()
    if options.send and not options.dry_run:
        remote_address(root_of(options), options.remote)
    house = load_house(root_of(options))
    form = form_named(house, options.kind)
    return _from_letter(house, form, options) if options.source else _blank(form)


def _from_letter(house: House, form: Form, options: argparse.Namespace) -> int:
    letter = open_letter(whole_input() if options.source == FROM_INPUT else Path(options.source))
    if isinstance(letter, Problem):
        return _refuse([replace(letter, place=Place(options.source))])
    answers, reading = read_answers(letter, form)
    if not isinstance(answers, Answers):
        return _refuse(_at(options, answers))
    if reading.left_out:
        say("\n".join(("Left out:", *(f"- {words}" for words in reading.left_out), "")))
    draft = consider(house, form, answers, this_day(), reading.people)
    show(draft.text)
    tell((*_at(options, draft.problems), *draft.hints))
    if draft.hints:
        say(HINTS)
    if draft.errors:
        say(NOT_READY)
        return PROBLEMS
    if options.dry_run:
        if not options.no_code:
            say(NO_CODE_YET)
        return FINE
    if options.source != FROM_INPUT and is_watched() and not options.yes and not _is_wanted():
        return _refuse([])
    return _finish(draft, options)


def _at(options: argparse.Namespace, problems: Sequence[Problem]) -> list[Problem]:
    """Name the file that was read in the place of the form."""
    name = "standard input" if options.source == FROM_INPUT else options.source
    return [
        replace(problem, place=replace(problem.place, file=name)) if problem.place.file.startswith(A_FORM) else problem
        for problem in problems
    ]


def _refuse(problems: Sequence[Problem]) -> int:
    tell(problems)
    say(NOTHING)
    return PROBLEMS


def _is_wanted() -> bool:
    try:
        return hear("\nWrite it? Type yes or no: ").strip().casefold() in YES
    except StoppedError:
        return False


def _blank(form: Form) -> int:
    """Print the form to fill in, for whoever copies a letter from paper."""
    show(write_form(Answers({}), form))
    say(f"This is the blank form. Save it, fill it in, then: mutualaid new {form.name} --from FILE")
    return FINE


def _finish(draft: Draft, options: argparse.Namespace) -> int:
    root, code, status = root_of(options), "", FINE
    if not options.no_code:
        draft, code = sealed(draft, secrets.token_bytes(SECRET_BYTES), secrets.token_bytes(SALT_BYTES))
    if options.send:
        try:
            say(SENT.format(branch=send(root, draft, options.remote, secrets.token_bytes(BRANCH_BYTES), this_day())))
        except HouseError as error:
            status = error.exitcode
            say(f"{error}\nSo that nothing is lost: {WRITTEN.format(file=write(root, draft))}")
    else:
        say(WRITTEN.format(file=write(root, draft)))
    if code:
        say(CODE.format(code=code))
    return status


def _retire(options: argparse.Namespace) -> int:
    outcome = retire(root_of(options), options.entry, options.why, options.replaced_by, this_day())
    tell(outcome.problems)
    if outcome.problems:
        say("Nothing was changed.")
        return PROBLEMS
    say((RETIRED if outcome.changed else AS_BEFORE).format(file=outcome.file))
    return FINE


def _retract(options: argparse.Namespace) -> int:
    """Retract an entry by its name, or by a removal code, which is asked for where it is empty."""
    root, today, entry, code = root_of(options), this_day(), options.entry, options.code
    if code is None:
        if not entry:
            raise Misuse("Name the entry, as in: mutualaid retract groups/ladder. Or use a removal code: --code CODE.")
        outcome = retract(root, entry, today, with_address=options.with_address)
        return _told(outcome, with_address=options.with_address)
    try:
        code = code or hear("The removal code: ")
    except StoppedError:
        raise Misuse("No removal code was given. Write it after --code, or type it when asked.") from None
    whole = code if "/" in code or not entry else f"{entry}: {code}"
    outcome = retract_by_code(root, whole, today, with_address=options.with_address)
    return _told(outcome, with_address=options.with_address)


def _told(outcome: RetireResult, *, with_address: bool) -> int:
    tell(outcome.problems)
    if outcome.problems:
        say("Nothing was changed.")
        return PROBLEMS
    done = REMOVED if with_address else RETRACTED
    say((done if outcome.changed else AS_BEFORE).format(file=outcome.file))
    say(STAYS)
    if outcome.mentions:
        say("\nBefore the next build these must be mended:")
        tell(outcome.mentions)
        return PROBLEMS
    return FINE
