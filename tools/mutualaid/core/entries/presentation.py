"""An entry as readers meet it: card, notices and blocks in order, decided once for page, print and book. No HTML."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.addresses import site_of
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.kind import Schema

Fields = Mapping[str, Any]


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
    """A group's status, in `words` with its date: `Closed, as of June 2018`, `Not confirmed since July 2020`."""

    value: str
    words: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the entry; by its `shape` it has a `text`, or `rows`: see `BLOCKS`. A block of facts has facts."""

    shape: str
    title: str
    id: str
    text: str = ""
    rows: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know before the text: a title, a line with emphasis and links, and what to read instead.

    `id` is `retired` or `stale`.
    """

    id: str
    title: str
    text: str
    instead: Entry | None = None


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
        yield Notice("retired", f"Retired in {dates.in_words(retired['on'])}", retired["why"], successor)
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
    if isinstance(values, tuple) and len(values) > ON_A_CARD:
        return Fact(title, f"{entry.kind.label(name, values[0])} and {len(values) - 1} more")
    return _fact(name, entry)


def in_a_row(labels: tuple[str, ...], *, are_names: bool = False) -> str:
    """Return labels as one phrase: the first as it is, the others without their capital, unless they are names."""
    return ", ".join((*labels[:1], *(label if are_names else label[0].lower() + label[1:] for label in labels[1:])))


ON_A_CARD = 2


def status_of(entry: Entry, today: dt.date) -> Status | None:
    """Return a group's status in words, or None for what has none."""
    if "status" not in entry.fields:
        return None
    value, as_of = entry.status(today), entry.fields.get("status_as_of")
    known, unknown = (" since ", "; no date known") if value == "unknown" else (", as of ", ", no date known")
    words = entry.kind.label("status", value) + (known + dates.in_words(as_of) if as_of else unknown)
    return Status(value, words, value != "active" or entry.is_stale(today))


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


def _blocks(entry: Entry) -> Iterator[Block]:
    shown = (name for name, schema in entry.kind.fields.items() if schema.get("x-show") == "fact")
    facts = tuple(fact for name in shown if name not in ("minutes_min", "people_max") and (fact := _fact(name, entry)))
    if facts:
        yield Block("facts", "At a glance", "at-a-glance", rows=facts)
    for name, schema in entry.kind.fields.items():
        shape, value = schema.get("x-show", ""), entry.fields.get(name)
        if shape in BLOCKS and value is not None:
            filled = {"text": value} if isinstance(value, str) else {"rows": tuple(BLOCKS[shape](value, schema))}
            yield Block(shape, schema["title"], name.replace("_", "-"), **filled)
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
        return Fact(SHORT[name][0], SHORT[name][1](entry.fields))
    if schema.get("format") == "edtf":
        return Fact(title, dates.in_words(value), date=value)
    items = value if isinstance(value, tuple) else (value,)
    labels = tuple(in_words(item) if isinstance(item, Mapping) else entry.kind.label(name, item) for item in items)
    text = in_a_row(labels, are_names=schema.get("x-names", False))
    return Fact(title, text, is_wide=len(text) > WIDE)


def in_words(maker: Mapping[str, str]) -> str:
    return f"{maker['given']} {maker['name']}" if "given" in maker else maker["name"]


WIDE = 28
NOTHING_KNOWN = ("not-reported", "unknown")
"""Values that say that nobody knows: they have no row, and the line at the end names them."""


def _imprint(entry: Entry) -> Iterator[Fact]:
    fields, kind, unset = entry.fields, entry.kind, entry.kind.fields["reviewed"]["x-unset"]
    edited, reviewed = fields.get("edited", ""), fields.get("reviewed", {"on": ""})
    rows = (
        ("Added", "", fields["added"]),
        ("Last edited", "", edited),
        (
            "Reviewed",
            f"{dates.in_words(reviewed['on'])}, by {reviewed['by_role']}" if reviewed["on"] else unset,
            reviewed["on"],
        ),
        ("Look at again by", "", entry.review_by),
        ("Credit", fields.get("credit", {}).get("name", ""), ""),
        ("License of this text", kind.label("licence", fields["licence"]), ""),
        ("How it came in", INTAKE[fields["intake"]["channel"]], ""),
    )
    for label, text, date in rows:
        if text or date:
            yield Fact(label, text or dates.in_words(date), date, is_unset=text == unset)


INTAKE = {
    "editors": "Gathered by the editors",
    "issue": "Offered through a form",
    "offline": "Offered without an account",
}


def _pairs(value: Any, schema: Schema) -> Iterator[tuple[str, ...]]:
    names = tuple(schema["items"]["properties"])
    return (tuple(item[name] for name in names) for item in value)


def _privacy(value: Any, schema: Schema) -> Iterator[Fact]:
    parts = schema["properties"].items()
    return (Fact(part["title"], value[name], is_wide=True) for name, part in parts if name in value)


def _reach(value: Any, _schema: Schema) -> Iterator[Fields]:
    return ({"label": site_of(link["url"]), **link} for link in (value if isinstance(value, tuple) else (value,)))


BLOCKS: Mapping[str, Callable[[Any, Schema], Iterable[Any]]] = {
    **dict.fromkeys(("section", "lead", "list", "questions", "steps", "handout"), lambda value, _: value),
    "pairs": _pairs,
    "privacy": _privacy,
    "reach": _reach,
    "sources": lambda value, _: ({"label": source["title"], **source} for source in value),
}
"""What makes the rows of a block: texts, steps, prompts as the entry has them; pairs of a trouble and its answer, or of
a situation and what to change; facts; links, and sources that may have a link, each with its `label`."""
