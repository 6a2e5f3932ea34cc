"""Retire an entry, so that it stays and is marked; or retract it, so that only a tombstone stays, or nothing at all."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from mutualaid.adapters.content_files import page_files, read_content_file
from mutualaid.adapters.entry_files import read_entry, rewrite_entry
from mutualaid.adapters.yaml import canonical, read_yaml, write_yaml
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.problem import Place, Problem, problem_of
from mutualaid.core.entries.removal_code import Code, code_problem, opens, read_code
from mutualaid.core.entries.submission import Submission, texts_in
from mutualaid.core.entries.validation import value_at
from mutualaid.errors import Misuse
from mutualaid.flows.load_checkout import Checkout, load_checkout

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
        reading, rulebook = read_entry(root / file, file), checkout.rulebooks[PurePosixPath(file).parent.name]
        found = rulebook.check(Submission(rulebook.kind, reading.document), today) if reading.document else ()
        return RetireResult(file, problems=(*reading.problems, *found))
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
        place = entry.document.place_of(("retraction",)) if entry else None
        return RetireResult(file, problems=(code_problem(rule, place, file=file),))
    return _retracted(checkout, root, file, today, with_address=with_address)


def _retracted(checkout: Checkout, root: Path, file: str, today: dt.date, *, with_address: bool) -> RetireResult:
    entry, (kind, slug) = checkout.entries.get(file), PurePosixPath(file).with_suffix("").parts[-2:]
    earlier = tuple(entry.value.get("aliases", ())) if entry else ()
    promised = (*earlier, slug) if with_address else earlier
    mentions = (*_mentions(checkout, root, kind, (slug, *earlier)), *_promises(root, kind, promised))
    if with_address:
        (root / file).unlink()
    elif entry and entry.is_retracted:
        return RetireResult(file, mentions=mentions)
    else:
        rewrite_entry(root / file, write_yaml({"slug": slug, "retracted": today.strftime("%Y-%m")}))
    return RetireResult(file, changed=True, mentions=mentions)


def _file_named(checkout: Checkout, root: Path, name: str) -> str:
    named = re.fullmatch(r"/?(?:submissions/)?([a-z0-9-]+)/([a-z0-9-]+)(?:\.yaml|/)?", name.strip(), re.ASCII)
    if not named or named[1] not in checkout.rulebooks:
        names = ", ".join(checkout.rulebooks)
        raise Misuse(f"{name!r} names no entry. Write KIND/SLUG, such as groups/ladder; the kinds are {names}.")
    file = checkout.policy.path_of(named[1], named[2])
    if not (root / file).is_file():
        raise Misuse(f"There is no entry {named[1]}/{named[2]}. Its file would be {file}.")
    return file


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


def _mentions(checkout: Checkout, root: Path, kind: str, slugs: Collection[str]) -> Iterator[Problem]:
    """Yield each place that names the entry by one of these: the site cannot be built while it does."""
    content, name = root / "content", _name_of(kind, slugs)
    for page in page_files(content, root):
        if document := page.front_matter.document:
            yield from _in_document(document, name, kind, slugs)
            yield from _in_text(page.body, Place(document.file, page.body_line), name)
    for file in sorted(content.rglob("*.yaml")):
        if document := read_content_file(file, root).document:
            yield from _in_document(document, name, kind, slugs)
    steps = ("retired", "replaced_by")
    for entry in checkout.entries.values():
        if entry.kind.name == kind and value_at(steps, entry.value) in slugs:
            yield problem_of("entry.still-named", "Mention", entry.document.place_of(steps))


def _in_document(document: Document, name: re.Pattern[str], kind: str, slugs: Collection[str]) -> Iterator[Problem]:
    """Yield each text that names the entry as `kind/slug`, or as `slug` alone below a field called `kind`."""
    for steps, text in texts_in(document.value):
        if name.search(text) or (text in slugs and kind in steps):
            yield problem_of("entry.still-named", "Mention", document.place_of(steps))


def _in_text(text: str, begins: Place, name: re.Pattern[str]) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), begins.line):
        if name.search(line):
            yield problem_of("entry.still-named", "Mention", Place(begins.file, number))


def _name_of(kind: str, slugs: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(kind)}/(?:{'|'.join(map(re.escape, slugs))})(?![\w-])")


def _promises(root: Path, kind: str, slugs: Collection[str]) -> Iterator[Problem]:
    file = root / PROMISED
    if slugs and file.is_file():
        for mention in _in_text(file.read_text(encoding="utf-8"), Place(PROMISED.as_posix()), _name_of(kind, slugs)):
            yield replace(mention, message="The address is promised here, and a test holds it. Take the line out.")
