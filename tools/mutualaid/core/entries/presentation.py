"""An entry as readers meet it: card, notices and blocks in order, decided once for page, print and book. No HTML."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.addresses import site_of
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import Schema

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `url` may be an address on this site. Archived copy and its date where known."""

    label: str
    url: str
    is_secure: bool = True
    archived_url: str = ""
    archived_on: str = ""
    dead_on: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact; `date` is an EDTF date where the text is one."""

    label: str
    text: str
    date: str = ""
    is_wide: bool = False
    is_unset: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A group's status, with the date to which it is known in words, or without one."""

    value: str
    label: str
    as_of: str
    is_stale: bool

    @property
    def words(self) -> str:
        """The status with its date: `Closed, as of June 2018`, `Not confirmed since July 2020`."""
        is_unknown = self.value == "unknown"
        if self.as_of:
            return f"{self.label}{' since' if is_unknown else ', as of'} {self.as_of}"
        return f"{self.label}{';' if is_unknown else ','} no date known"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the entry; `shape` says which of the other attributes are filled.

    Steps, prompts and sources are as the entry has them; a source has its `link`, and `is_part` where a part was read.
    A pair has `head` and `text`: a trouble and its answer, or a situation and what to change.
    """

    shape: str
    title: str
    id: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    items: tuple[str, ...] = ()
    pairs: tuple[Fields, ...] = ()
    steps: tuple[Fields, ...] = ()
    links: tuple[Link, ...] = ()
    sources: tuple[Fields, ...] = ()
    prompts: tuple[Fields, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before the text: a title, a line with emphasis and links, and what to read instead.

    `id` is `retired` or `stale`.
    """

    id: str
    title: str
    text: str
    instead: Link | None = None


@dataclass(frozen=True, slots=True)
class Presented:
    """All that readers are shown; `content_note` is a sentence or empty, a topic has `value` and `label`."""

    card: tuple[Fact, ...]
    status: Status | None
    notices: tuple[Notice, ...]
    content_note: str
    blocks: tuple[Block, ...]
    topics: tuple[Fields, ...]
    imprint: tuple[Fact, ...]
    licence: str
    credit: str

    def of_shape(self, shape: str) -> tuple[Block, ...]:
        """Return the blocks of one shape."""
        return tuple(block for block in self.blocks if block.shape == shape)


def present(entry: Entry, today: dt.date, others: Mapping[str, Entry] = MappingProxyType({})) -> Presented:
    """Arrange an entry for readers; `others` are entries by `kind/slug`, for what to read instead.

    A field without a value has no row; a line at the end says what is not reported.
    """
    kind, fields = entry.kind, entry.fields
    return Presented(
        card=card_of(entry, today),
        status=status_of(entry, today),
        notices=tuple(_notices(entry, today, others)),
        content_note=note_on("entry", [kind.label("content_note", note) for note in fields.get("content_note", ())]),
        blocks=tuple(sorted(_blocks(entry), key=lambda block: FIRST.get(block.shape, len(FIRST)))),
        topics=tuple({"value": topic, "label": kind.label("topics", topic)} for topic in fields.get("topics", ())),
        imprint=tuple(_imprint(entry)),
        licence=kind.label("licence", fields["licence"]),
        credit=str(fields["credit"]["name"]) if "credit" in fields else "",
    )


def note_on(what: str, topics: Sequence[str]) -> str:
    """Return the content note on an entry or page as a sentence that begins small, or empty."""
    return f"this {what} speaks of {', '.join(topics).lower()}." if topics else ""


def past_its_date(what: str, since: str, months: int) -> Notice:
    """Return the notice on what should have been looked at again; `since` says since when, `months` how often."""
    risk = next(words for most, words in RISKS if months <= most)
    return Notice("stale", f"This {what} is past its date", f"{since} {risk}")


RISKS = (
    (6, "It speaks of law or safety, where old advice can harm. Ask the sources, a union or a lawyer before you act."),
    (12, "Contacts, funds and links may have gone. Look at their own pages before you send anything or count on them."),
    (999, "Parts of it may be out of date. Check what matters to you before you rely on it."),
)
"""What old words may do, by how many months may pass before the next look at them."""


def _notices(entry: Entry, today: dt.date, others: Mapping[str, Entry]) -> Iterator[Notice]:
    retired = entry.fields.get("retired")
    if retired:
        successor = others.get(f"{entry.kind.name}/{retired.get('replaced_by')}")
        instead = Link(successor.title, successor.address) if successor else None
        yield Notice("retired", f"Retired in {dates.in_words(retired['on'])}", retired["why"], instead)
    elif entry.is_stale(today):
        since = f"It should have been looked at again by {dates.in_words(entry.review_by)}."
        yield past_its_date("entry", since, entry.review_months)


FIRST = {"facts": 0, "privacy": 1}
"""Shapes that come before any step, wherever the schema has them."""


def card_of(entry: Entry, today: dt.date) -> tuple[Fact, ...]:
    """Return the facts of an entry's card, three at most, shortened so that they fit a narrow column."""
    return tuple(fact for name in entry.kind.schema["x-facts"] if (fact := _short_fact(name, entry, today)))


def _short_fact(name: str, entry: Entry, today: dt.date) -> Fact | None:
    title, values = entry.kind.fields[name]["title"], entry.fields.get(name)
    if name == "status" and (status := status_of(entry, today)):
        return Fact(title, status.words)
    if not isinstance(values, tuple) or len(values) <= ON_A_CARD:
        return _fact(name, entry)
    first = entry.kind.label(name, values[0])
    return Fact(title, f"{first} and {len(values) - 1} more")


def in_a_row(labels: tuple[str, ...], *, are_names: bool = False) -> str:
    """Return labels as one phrase: the first as it is, the others without their capital, unless they are names."""
    return ", ".join((*labels[:1], *(label if are_names else label[0].lower() + label[1:] for label in labels[1:])))


ON_A_CARD = 2


def status_of(entry: Entry, today: dt.date) -> Status | None:
    """Return a group's status in words, or None for what has none."""
    if "status" not in entry.fields:
        return None
    value, as_of = entry.status(today), entry.fields.get("status_as_of")
    words = dates.in_words(as_of) if as_of else ""
    is_stale = value != "active" or entry.is_stale(today)
    return Status(value, entry.kind.label("status", value), words, is_stale)


def minutes_in_words(fields: Fields) -> str:
    """Return `45 min` or `30–45 min`."""
    most = fields["minutes_max"]
    return f"{_range(fields.get('minutes_min', most), most)} min"


def people_in_words(fields: Fields) -> str:
    """Return `4–12`, `4 or more` or `1`."""
    least = fields["people_min"]
    return _range(least, fields["people_max"]) if "people_max" in fields else f"{least} or more"


def _range(least: int, most: int) -> str:
    return str(most) if least == most else f"{least}–{most}"


SHORT = {"minutes_max": ("Time", minutes_in_words), "people_min": ("People", people_in_words)}
MERGED = {"minutes_min", "people_max"}


def _blocks(entry: Entry) -> Iterator[Block]:
    shown = (name for name, schema in entry.kind.fields.items() if schema.get("x-show") == "fact")
    facts = tuple(fact for name in shown if name not in MERGED and (fact := _fact(name, entry)))
    if facts:
        yield Block("facts", "At a glance", "at-a-glance", facts=facts)
    for name, schema in entry.kind.fields.items():
        fill = BLOCKS.get(schema.get("x-show", ""))
        value = entry.fields.get(name)
        if fill and value is not None:
            yield Block(schema["x-show"], schema["title"], name.replace("_", "-"), **fill(value, schema))
    asked = {name: words for name, schema in entry.kind.fields.items() if (words := schema.get("x-unreported"))}
    if asked:
        missing = [words for name, words in asked.items() if entry.fields.get(name, "unknown") in NOTHING_KNOWN]
        said = f"We don’t know {_listed(missing)}." if missing else f"We looked for {_listed(list(asked.values()))}."
        yield Block("section", "What is not reported", "not-reported", text=said)


def _listed(words: list[str]) -> str:
    return ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words)


def _fact(name: str, entry: Entry) -> Fact | None:
    schema, value = entry.kind.fields[name], entry.fields.get(name)
    title = str(schema["title"])
    if value is None or value in NOTHING_KNOWN:
        return None
    if name in SHORT:
        title, in_short = SHORT[name]
        return Fact(title, in_short(entry.fields))
    if isinstance(value, tuple):
        labels = tuple(in_words(item) if isinstance(item, Mapping) else entry.kind.label(name, item) for item in value)
        text = in_a_row(labels, are_names=schema.get("x-names", False))
        return Fact(title, text, is_wide=len(text) > WIDE)
    if schema.get("format") == "edtf":
        return Fact(title, dates.in_words(value), date=value)
    text = entry.kind.label(name, value)
    return Fact(title, text, is_wide=len(text) > WIDE)


def in_words(maker: Mapping[str, str]) -> str:
    """Return the name of a person or body as it is spoken."""
    return f"{maker['given']} {maker['name']}" if "given" in maker else maker["name"]


WIDE = 28
NOTHING_KNOWN = ("not-reported", "unknown")
"""Values that say that nobody knows: they have no row, and the line at the end names them."""


def _imprint(entry: Entry) -> Iterator[Fact]:
    fields, kind = entry.fields, entry.kind
    yield Fact("Added", dates.in_words(fields["added"]), date=fields["added"])
    edited, reviewed = fields.get("edited"), fields.get("reviewed")
    if edited:
        yield Fact("Last edited", dates.in_words(edited), date=edited)
    if reviewed:
        words = f"{dates.in_words(reviewed['on'])}, by {reviewed['by_role']}"
        yield Fact("Reviewed", words, date=reviewed["on"])
    else:
        yield Fact("Reviewed", kind.fields["reviewed"]["x-unset"], is_unset=True)
    yield Fact("Look at again by", dates.in_words(entry.review_by), date=entry.review_by)
    if "credit" in fields:
        yield Fact("Credit", fields["credit"]["name"])
    yield Fact("License of this text", kind.label("licence", fields["licence"]))
    yield Fact("How it came in", INTAKE[fields["intake"]["channel"]])


INTAKE = {
    "editors": "Gathered by the editors",
    "issue": "Offered through a form",
    "offline": "Offered without an account",
}


def _link(value: Fields, words: str) -> Link:
    url = str(value["url"])
    more = {name: value[name] for name in ("archived_url", "archived_on", "dead_on") if name in value}
    return Link(value.get("label") or words, url, url.startswith("https://"), **more)


def _source(value: Fields) -> Fields:
    link = _link(value, value["title"]) if "url" in value else None
    return {**value, "link": link, "is_part": value.get("read") == "part"}


def _pairs(value: Any, schema: Schema) -> Fields:
    head, text = schema["items"]["properties"]
    return {"pairs": tuple({"head": item[head], "text": item[text]} for item in value)}


def _privacy(value: Any, schema: Schema) -> Fields:
    parts = schema["properties"].items()
    return {"facts": tuple(Fact(part["title"], value[name], is_wide=True) for name, part in parts if name in value)}


def _reach(value: Any, _schema: Schema) -> Fields:
    links = value if isinstance(value, tuple) else (value,)
    return {"links": tuple(_link(link, site_of(str(link["url"]))) for link in links)}


BLOCKS: Mapping[str, Callable[[Any, Schema], Fields]] = {
    **dict.fromkeys(("section", "lead"), lambda value, _: {"text": value}),
    **dict.fromkeys(("list", "questions"), lambda value, _: {"items": value}),
    "pairs": _pairs,
    "steps": lambda value, _: {"steps": value, "total": sum(step["minutes"] for step in value)},
    "privacy": _privacy,
    "reach": _reach,
    "sources": lambda value, _: {"sources": tuple(map(_source, value))},
    "handout": lambda value, _: {"prompts": value},
}
