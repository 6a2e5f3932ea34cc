"""Read every page, path, glossary term, figure and the facts about the host, and check them against their schemas."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mutualaid.adapters.content_files import PageFile, page_files, read_content_file
from mutualaid.adapters.schema_files import OWN_WORDS, read_content_schemas, read_schema_file
from mutualaid.adapters.svg import read_drawing_file
from mutualaid.adapters.yaml import Reading
from mutualaid.core.content.conditional_blocks import as_set_up, is_open
from mutualaid.core.content.page import Content, Figure, Page, ReadingPath, ShortEdition, Term
from mutualaid.core.entries.checks import unseen_texts
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.entry import frozen
from mutualaid.core.entries.kind import Schema
from mutualaid.core.entries.problem import Place, Problem, in_reading_order, problem_of
from mutualaid.core.entries.submission import texts_in
from mutualaid.core.entries.validation import Validator, problem_at, problems_with, validator_for
from mutualaid.errors import NotPublishable
from mutualaid.flows.load_entries import Loaded, load_entries

COLLECTIONS = "collections"
SINGLES = ("glossary", "host", "home", "synonyms", "law", "short-edition")
"""Files of content that there is one of, each with a schema of its name."""


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """The content, or None where problems keep it from being whole; and the problems."""

    content: Content | None
    problems: tuple[Problem, ...]


def load_content(root: Path) -> LoadedContent:
    reader = _ContentReader(root, read_content_schemas(root / "schemas"))
    pages = tuple(reader.pages())
    paths = tuple(sorted(reader.paths(), key=lambda path: (path.rank, path.slug)))
    figures = {figure.name: figure for figure in reader.figures()}
    singles = {name: one for name in SINGLES if (one := reader.single(name))}
    short = None
    if found := singles.get("short-edition"):
        short = ShortEdition(**frozen(found.value), document=found)
    problems = (*reader.problems, *_gaps(pages, paths), *(_gaps_of_short_edition(root, pages, short) if short else ()))
    if any(problem.is_error for problem in problems) or short is None or len(singles) < len(SINGLES):
        return LoadedContent(None, in_reading_order(problems))
    host = singles["host"]
    terms = tuple(Term(**frozen(term)) for term in singles["glossary"].value["terms"])
    ready = tuple(
        replace(
            page,
            body=as_set_up(page.body, host.value),
            is_stub="needs" in page.fields and not is_open(host.value, page.fields["needs"]),
        )
        for page in pages
    )
    intros = {Path(page.document.file).stem: page for page in ready if page.section == COLLECTIONS}
    shown = tuple(page for page in ready if page.section != COLLECTIONS)
    data = (host.value, singles["home"].value, singles["law"], figures, singles["synonyms"].value)
    content = Content(shown, paths, short, terms, intros, *data)
    return LoadedContent(
        content, (*problems, *_unset(host), *_not_looked_at(read_schema_file(root / "schemas" / OWN_WORDS), host))
    )


def load_publishable(root: Path, today: dt.date) -> tuple[Loaded, Content]:
    """Read entries and content. Raises NotPublishable where they have problems."""
    loaded, content = load_entries(root, today), load_content(root).content
    if content is None or not loaded.is_publishable:
        raise NotPublishable("Entries or pages have problems. Run mutualaid check and fix them first.")
    return loaded, content


@dataclass
class _ContentReader:
    root: Path
    schemas: Mapping[str, Schema]
    problems: list[Problem] = field(default_factory=list)
    _validators: dict[str, Validator] = field(default_factory=dict)

    def pages(self) -> Iterator[Page]:
        for file in page_files(self.root / "content", self.root):
            document = self._checked(file.front_matter, "page")
            if document:
                yield _page(file, document)

    def paths(self) -> Iterator[ReadingPath]:
        for file in sorted((self.root / "content" / "paths").glob("*.yaml")):
            document = self._checked(read_content_file(file, self.root), "path")
            if document:
                yield ReadingPath(**frozen(document.value), document=document)

    def figures(self) -> Iterator[Figure]:
        folder = self.root / "content" / "images"
        for file in sorted(folder.glob("*.yaml")):
            document = self._checked(read_content_file(file, self.root), "figure")
            drawn = file.with_suffix(".svg")
            drawing = read_drawing_file(drawn, drawn.relative_to(self.root).as_posix())
            if isinstance(drawing, Problem):
                self.problems.append(drawing)
            elif document:
                yield Figure(name=file.stem, drawing=drawing, **document.value)
        for drawn in sorted(folder.glob("*.svg")):
            if not drawn.with_suffix(".yaml").is_file():
                place = Place(drawn.relative_to(self.root).as_posix())
                self.problems.append(problem_of("figure.no-words", "The figure", place, name=drawn.stem))

    def single(self, name: str) -> Document | None:
        return self._checked(read_content_file(self.root / "content" / f"{name}.yaml", self.root), name)

    def _checked(self, reading: Reading, schema: str) -> Document | None:
        self.problems.extend(reading.problems)
        if reading.document is None:
            return None
        if schema not in self._validators:
            self._validators[schema] = validator_for(self.schemas[schema])
        document, whole = reading.document, self.schemas[schema]
        unseen = unseen_texts(texts_in(document.value))
        found = problems_with(document, self._validators[schema])
        found = found or tuple(problem_at(*what, whole, document) for what in unseen)
        self.problems.extend(found)
        return None if found else document


def _page(file: PageFile, document: Document) -> Page:
    section, _, rest = file.inside.partition("/")
    stem = Path(rest).stem
    usual = f"/{section}/" if stem == "index" else f"/{section}/{stem}/"
    fields: Mapping[str, Any] = document.value
    return Page(fields.get("address") or usual, section, fields, file.body, file.body_line, document)


def _gaps(pages: tuple[Page, ...], paths: tuple[ReadingPath, ...]) -> Iterator[Problem]:
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.address, page)
        if other is not page:
            at = page.document.place_of_key(("address",))
            yield problem_of("address.taken", "Address", at, address=page.address, file=other.document.file)
    for path in paths:
        for index, address in enumerate(path.pages):
            if address not in first:
                at = path.document.place_of(("pages", index))
                yield problem_of("pages.no-such-page", "Pages", at, order=index + 1, address=address)


def _gaps_of_short_edition(root: Path, pages: tuple[Page, ...], short: ShortEdition) -> Iterator[Problem]:
    bodies = {page.address: page.body for page in pages}
    for index, place in enumerate(short.pages):
        address, _, section = place.partition("#")
        is_there = address in bodies and (not section or f"{{#{section}}}" in bodies[address])
        if not is_there:
            at = short.document.place_of(("pages", index))
            yield problem_of("pages.no-such-page or section", "Pages", at, order=index + 1, address=place)
    for index, name in enumerate(short.entries):
        if not (root / "submissions" / f"{name}.yaml").is_file():
            at = short.document.place_of(("entries", index))
            yield problem_of("entries.no-such-entry", "Entries", at, order=index + 1, name=name)


def _unset(host: Document) -> Iterator[Problem]:
    names = [name for name, value in host.value.items() if not value]
    if names:
        at = host.place_of((names[0],))
        yield problem_of("host.unset", "Who runs this edition", at, "warning", names=", ".join(names))


def _not_looked_at(words: Document, host: Document) -> Iterator[Problem]:
    """Say so where the words of the check for details are those of another edition."""
    site, last = host.value.get("site_address"), words.value.get("for_site") or "no site yet"
    if site and site != last:
        what, place = "Words of the check for details", words.place_of(("for_site",))
        yield problem_of("identifying.untouched", what, place, "warning", last=last, site=site)
