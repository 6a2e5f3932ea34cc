"""Retire an entry, so that it stays and is marked; or retract it, so that only a tombstone stays, or nothing at all."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from mutualaid.adapters.content_files import page_files, read_content_file
from mutualaid.adapters.entry_files import read_entry, rewrite_entry
from mutualaid.adapters.yaml import canonical, read_yaml, write_yaml
from mutualaid.core.entries.mentions import mentions_in, mentions_in_text, successors_in
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.removal_code import Code, opens, read_code
from mutualaid.core.entries.submission import Submission
from mutualaid.errors import Misuse
from mutualaid.flows.load_checkout import Checkout, load_checkout

_ENTRY = re.compile(r"/?(?:submissions/)?([a-z0-9-]+)/([a-z0-9-]+)(?:\.yaml|/)?", re.ASCII)

NOT_OPENED = {
    "no-such-entry": "The removal code names the entry {}, and there is none here. Fetch the newest state of the "
    "repository; then look whether the name was copied right.",
    "none-made": "No removal code was made for {}. A maintainer may still retract it by its name.",
    "damaged": "What {} keeps of the code is damaged, so the code cannot be tried. Look at its history.",
    "not-this-one": "The removal code is not the one that was made for {}, so nothing was done. Read it again, "
    "group by group; B, D, P and T, or F and S, are easily misheard.",
}
PROMISED = Path("tests/expected/addresses.txt")


@dataclass(frozen=True, slots=True)
class RetireResult:
    """What became of the entry in `file`: whether it `changed`, or the `problems` that kept it as it is.

    `mentions` are places elsewhere that must be fixed before the site can be built again.
    """

    file: str
    changed: bool = False
    problems: tuple[Problem, ...] = ()
    mentions: tuple[Problem, ...] = ()


def retire(root: Path, name: str, why: str, replaced_by: str, today: dt.date) -> RetireResult:
    """Mark an entry, named `KIND/SLUG`, as no longer current, and say why to readers."""
    checkout = load_checkout(root)
    file = _file_named(checkout, root, name)
    entry = checkout.entries.get(file)
    if entry is None:
        return RetireResult(file, problems=_why_unreadable(checkout, root, file, today))
    if entry.is_retracted:
        raise Misuse(f"{file} was retracted: nothing of it is left that could be retired.")
    retired = {"on": today.strftime("%Y-%m"), "why": why.strip()}
    if replaced_by:
        retired["replaced_by"] = replaced_by.rpartition("/")[2].removesuffix(".yaml")
    before = entry.value.get("retired")
    if isinstance(before, Mapping) and {**before, "on": ""} == {**retired, "on": ""}:
        return RetireResult(file)
    text = canonical({**entry.value, "retired": retired}, entry.kind)
    reading = read_yaml(text, file)
    problems = reading.problems
    if reading.document is not None:
        problems = checkout.errors_in(Submission(entry.kind, reading.document), today)
    if not problems:
        rewrite_entry(root / file, text)
    return RetireResult(file, not problems, problems)


def retract(root: Path, name: str, today: dt.date, *, with_address: bool = False) -> RetireResult:
    """Leave of an entry, named `KIND/SLUG`, only its slug and the month; or nothing, where its address must go too.

    Its earlier names go in both cases.
    """
    checkout = load_checkout(root)
    return _retracted(checkout, root, _file_named(checkout, root, name), today, with_address=with_address)


def retract_by_code(root: Path, code: str, today: dt.date, *, with_address: bool = False) -> RetireResult:
    read = read_code(code)
    if isinstance(read, Problem):
        return RetireResult("", problems=(read,))
    checkout = load_checkout(root)
    entry = checkout.entry_named(read.kind, read.slug)
    file = entry.document.file if entry else checkout.policy.path_of(read.kind, read.slug)
    rule = _why_not_opened(checkout, entry, read) if (root / file).is_file() else "no-such-entry"
    if rule:
        place = entry.document.place_of(("retraction",)) if entry else Place("the removal code")
        problem = Problem(f"code.{rule}", "The removal code", NOT_OPENED[rule].format(file), place)
        return RetireResult(file, problems=(problem,))
    return _retracted(checkout, root, file, today, with_address=with_address)


def _retracted(checkout: Checkout, root: Path, file: str, today: dt.date, *, with_address: bool) -> RetireResult:
    entry, (kind, slug) = checkout.entries.get(file), PurePosixPath(file).with_suffix("").parts[-2:]
    mentions = tuple(_mentions(checkout, root, kind, slug))
    for alias in entry.value.get("aliases", ()) if entry else ():
        mentions += (*_mentions(checkout, root, kind, alias), *_promises(root, kind, alias))
    if with_address:
        mentions += tuple(_promises(root, kind, slug))
        (root / file).unlink()
    elif entry and entry.is_retracted:
        return RetireResult(file, mentions=mentions)
    else:
        rewrite_entry(root / file, write_yaml({"slug": slug, "retracted": today.strftime("%Y-%m")}))
    return RetireResult(file, changed=True, mentions=mentions)


def _file_named(checkout: Checkout, root: Path, name: str) -> str:
    named = _ENTRY.fullmatch(name.strip())
    if not named or named[1] not in checkout.rulebooks:
        names = ", ".join(checkout.rulebooks)
        raise Misuse(f"{name!r} names no entry. Write KIND/SLUG, such as groups/ladder; the kinds are {names}.")
    file = checkout.policy.path_of(named[1], named[2])
    if not (root / file).is_file():
        raise Misuse(f"There is no entry {named[1]}/{named[2]}. Its file would be {file}.")
    return file


def _why_unreadable(checkout: Checkout, root: Path, file: str, today: dt.date) -> tuple[Problem, ...]:
    reading = read_entry(root / file, file)
    if reading.document is None:
        return reading.problems
    rulebook = checkout.rulebooks[PurePosixPath(file).parent.name]
    return rulebook.check(Submission(rulebook.kind, reading.document), today)


def _why_not_opened(checkout: Checkout, entry: Submission | None, code: Code) -> str:
    """Return the rule by which a code does not open an entry; '' where it does, or where nothing is left to open."""
    if entry is None:
        return "damaged"
    checked = checkout.rulebooks[code.kind].check(entry, dt.date.max)
    if any(problem.code.startswith("retraction.") for problem in checked):
        return "damaged"
    kept = entry.value.get("retraction")
    if kept is None and not entry.is_retracted:
        return "none-made"
    return "" if entry.is_retracted or opens(code.secret, kept) else "not-this-one"


def _mentions(checkout: Checkout, root: Path, kind: str, slug: str) -> Iterator[Problem]:
    content = root / "content"
    for page in page_files(content, root):
        document = page.front_matter.document
        if document:
            yield from mentions_in(document, kind, slug)
            yield from mentions_in_text(page.body, Place(document.file, page.body_line), kind, slug)
    for file in sorted(content.rglob("*.yaml")):
        document = read_content_file(file, root).document
        yield from mentions_in(document, kind, slug) if document else ()
    for entry in checkout.entries.values():
        yield from successors_in(entry.document, slug) if entry.kind.name == kind else ()


def _promises(root: Path, kind: str, slug: str) -> Iterator[Problem]:
    file = root / PROMISED
    if file.is_file():
        for mention in mentions_in_text(file.read_text(encoding="utf-8"), Place(PROMISED.as_posix()), kind, slug):
            yield replace(mention, message="The address is promised here, and a test holds it. Take the line out.")
