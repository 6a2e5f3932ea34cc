"""Retire an entry, so that it stays and is marked; or retract it, so that only a tombstone stays, or nothing at all."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mutualaid.adapters.content_files import page_files, read_content_file, yaml_files
from mutualaid.adapters.entry_files import entry_files, read_entry, rewrite_entry
from mutualaid.adapters.schema_files import read_kinds
from mutualaid.adapters.yaml import canonical, read_yaml, write_yaml
from mutualaid.core.entries.checks import Rulebook, check_beside
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.mentions import mentions_in, mentions_in_text, successors_in
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.entries.removal_code import Code, opens, read_code
from mutualaid.core.entries.submission import Submission
from mutualaid.errors import Misuse

_ENTRY = re.compile(r"/?(?:submissions/)?([a-z0-9-]+)/([a-z0-9-]+)(?:\.yaml|/)?", re.ASCII)

PROMISED = Path("tests/expected/addresses.txt")


@dataclass(frozen=True, slots=True)
class RetireResult:
    """What became of the entry in `file`: whether it `changed`, or the `problems` that kept it as it is.

    `mentions` are places elsewhere that must be mended before the site can be built again.
    """

    file: str
    changed: bool = False
    problems: tuple[Problem, ...] = ()
    mentions: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Found:
    """An entry as it is in the checkout."""

    root: Path
    file: Path
    rulebook: Rulebook
    document: Document
    unreadable: tuple[Problem, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.rulebook.kind

    @property
    def name(self) -> str:
        return self.document.file

    @property
    def is_retracted(self) -> bool:
        return Submission(self.kind, self.document).is_retracted


def retire(root: Path, entry: str, why: str, replaced_by: str, today: dt.date) -> RetireResult:
    """Mark an entry, named `KIND/SLUG`, as no longer current, and say why to readers."""
    found = _found(root, entry)
    if found.is_retracted:
        raise Misuse(f"{found.name} was retracted: nothing of it is left that could be retired.")
    if found.unreadable:
        return RetireResult(found.name, problems=found.unreadable)
    retired = {"on": today.strftime("%Y-%m"), "why": why.strip()}
    if replaced_by:
        retired["replaced_by"] = replaced_by.rpartition("/")[2].removesuffix(".yaml")
    before = found.document.value.get("retired", {})
    if {**before, "on": ""} == {**retired, "on": ""}:
        return RetireResult(found.name)
    value = {**found.document.value, "retired": retired}
    text = canonical(value, found.kind)
    problems = tuple(_wrong_after(found, text, today))
    if not problems:
        rewrite_entry(found.file, text)
    return RetireResult(found.name, not problems, problems)


def retract(root: Path, entry: str, today: dt.date, *, with_address: bool = False) -> RetireResult:
    """Leave of an entry, named `KIND/SLUG`, only its slug and the month; or nothing, where its address must go too.

    Its earlier names go in both cases.
    """
    return _retracted(_found(root, entry), today, with_address=with_address)


def retract_by_code(root: Path, code: str, today: dt.date, *, with_address: bool = False) -> RetireResult:
    """Retract the entry that a removal code names, where the code opens it."""
    read = read_code(code)
    if isinstance(read, Problem):
        return RetireResult("", problems=(read,))
    try:
        found = _found(root, f"{read.kind}/{_slug_now(root, read)}")
    except Misuse:
        return RetireResult("", problems=(_no_such_entry(read),))
    problem = None if found.is_retracted else _not_opened(found, read)
    if problem:
        return RetireResult(found.name, problems=(problem,))
    return _retracted(found, today, with_address=with_address)


def _retracted(found: _Found, today: dt.date, *, with_address: bool) -> RetireResult:
    slug = found.file.stem
    mentions = tuple(_mentions(found.root, found.kind.name, slug))
    for alias in found.document.value.get("aliases", ()):
        mentions += (*_mentions(found.root, found.kind.name, alias), *_promises(found.root, found.kind.name, alias))
    if with_address:
        mentions += tuple(_promises(found.root, found.kind.name, slug))
        found.file.unlink()
    elif found.is_retracted:
        return RetireResult(found.name, mentions=mentions)
    else:
        rewrite_entry(found.file, write_yaml({"slug": slug, "retracted": today.strftime("%Y-%m")}))
    return RetireResult(found.name, changed=True, mentions=mentions)


def _found(root: Path, entry: str) -> _Found:
    kinds, retracted = read_kinds(root / "schemas")
    named = _ENTRY.fullmatch(entry.strip())
    kind = next((kind for kind in kinds if named and kind.name == named[1]), None)
    if not named or kind is None:
        names = ", ".join(kind.name for kind in kinds)
        raise Misuse(f"{entry!r} names no entry. Write KIND/SLUG, such as groups/ladder; the kinds are {names}.")
    file = root / "submissions" / kind.name / f"{named[2]}.yaml"
    if not file.is_file():
        raise Misuse(
            f"There is no entry {kind.name}/{named[2]}. Its file would be {file.relative_to(root).as_posix()}."
        )
    shown_as = file.relative_to(root).as_posix()
    reading = read_entry(file, shown_as)
    rulebook, document = Rulebook.of(kind, retracted), reading.document
    if document is None:
        return _Found(root, file, rulebook, Document(shown_as, {}, {}), reading.problems)
    if not isinstance(document.value, Mapping):
        broken = rulebook.check(Submission(kind, document), dt.date.max)
        return _Found(root, file, rulebook, Document(shown_as, {}, {}), broken)
    return _Found(root, file, rulebook, document)


def _wrong_after(found: _Found, text: str, today: dt.date) -> Iterator[Problem]:
    """Yield what would be wrong with the entry once it holds `text`."""
    reading = read_yaml(text, found.name)
    yield from reading.problems
    if reading.document is None:
        return
    submission = Submission(found.kind, reading.document)
    problems = (*found.rulebook.check(submission, today), *check_beside(submission, _others(found)))
    yield from (problem for problem in problems if problem.is_error)


def _others(found: _Found) -> Iterator[Submission]:
    for file, document in _documents(found.root, found.kind.name):
        if file != found.file:
            yield Submission(found.kind, document)


def _documents(root: Path, kind: str) -> Iterator[tuple[Path, Document]]:
    for _, file in entry_files(root / "submissions", (kind,)):
        document = read_entry(file, file.name).document
        if document and isinstance(document.value, Mapping):
            yield file, document


def _slug_now(root: Path, code: Code) -> str:
    """Return the slug that an entry has now, where it was renamed after its code was made."""
    aliases = {file.stem: document.value.get("aliases", ()) for file, document in _documents(root, code.kind)}
    renamed = (slug for slug, earlier in aliases.items() if code.slug in earlier)
    return code.slug if code.slug in aliases else next(renamed, code.slug)


def _no_such_entry(code: Code) -> Problem:
    sentence = (
        f"The removal code names the entry {code.kind}/{code.slug}, and there is none here. Fetch the newest state of "
        "the repository; then look whether the name was copied right."
    )
    return Problem("code.no-such-entry", "The removal code", sentence, Place("the removal code"))


def _not_opened(found: _Found, code: Code) -> Problem | None:
    kept = found.document.value.get("retraction")
    place = found.document.place_of(("retraction",))
    if kept is None:
        sentence = f"No removal code was made for {found.name}. A maintainer may still retract it by its name."
        return Problem("code.none-made", "The removal code", sentence, place)
    if any(
        problem.code.startswith("retraction.")
        for problem in found.rulebook.check(Submission(found.kind, found.document), dt.date.max)
    ):
        sentence = f"What {found.name} keeps of the code is damaged, so the code cannot be tried. Look at its history."
        return Problem("code.damaged", "The removal code", sentence, place)
    if opens(code.secret, kept):
        return None
    sentence = (
        f"The removal code is written right, and is not the one that was made for {found.name}. Nothing was done."
    )
    return Problem("code.not-this-one", "The removal code", sentence, place)


def _mentions(root: Path, kind: str, slug: str) -> Iterator[Problem]:
    """Yield where pages and entries name the entry: a build would stop at each."""
    content = root / "content"
    for page in page_files(content, root):
        document = page.front_matter.document
        if document:
            yield from mentions_in(document, kind, slug)
            yield from mentions_in_text(page.body, Place(document.file, page.body_line), kind, slug)
    for folder in sorted({content, *(file.parent for file in content.rglob("*.yaml"))}):
        for file in yaml_files(folder):
            document = read_content_file(file, root).document
            yield from mentions_in(document, kind, slug) if document else ()
    for _, file in entry_files(root / "submissions", (kind,)):
        document = read_entry(file, file.relative_to(root).as_posix()).document
        yield from successors_in(document, slug) if document else ()


def _promises(root: Path, kind: str, slug: str) -> Iterator[Problem]:
    file = root / PROMISED
    if file.is_file():
        for mention in mentions_in_text(file.read_text(encoding="utf-8"), Place(PROMISED.as_posix()), kind, slug):
            yield replace(mention, message="The address is promised here, and a test holds it. Take the line out.")
