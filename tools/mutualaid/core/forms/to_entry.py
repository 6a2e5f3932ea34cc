"""From answers to the plain value of an entry, with the problems that no schema finds; and from an entry back."""

import re
import unicodedata
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice, zip_longest
from textwrap import shorten
from typing import Any

from unidecode import unidecode

from mutualaid.core.entries.addresses import site_of
from mutualaid.core.entries.hidden_characters import hidden_in, name_of_hidden, without_hidden
from mutualaid.core.entries.kind import Kind, Schema, in_schema_order
from mutualaid.core.entries.presentation import in_words
from mutualaid.core.entries.problem import Problem, shortened
from mutualaid.core.entries.spellings import read_names
from mutualaid.core.entries.validation import code_name, field_at, given, value_at
from mutualaid.core.forms import line_items
from mutualaid.core.forms.addressed_items import read_line, without_records
from mutualaid.core.forms.answers import BETWEEN_CHOICES, Answers, lines_of
from mutualaid.core.forms.model import Form, FormField
from mutualaid.core.forms.proposals import proposed

LICENCE = "CC-BY-NC-SA-4.0"
MOST = 12
"""Problems reported in one answer: somebody who reads more gives up."""
LONGEST = 80
WINDOWS = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
RESERVED = frozenset(("all", "data", "feed", "index", "new", "print", *WINDOWS))
"""Names that mean something else: pages of the site, and files that Windows cannot hold."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """`value` is what the file would hold, in the order of the schema; what has a problem may be missing from it.

    `proposed` names the fields that nobody typed.
    """

    value: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    proposed: tuple[str, ...] = ()


def shape(
    answers: Answers,
    form: Form,
    kind: Kind,
    intake: Mapping[str, Any],
    month: str,
    slug: str | None,
    taken: Collection[str],
) -> Shaped:
    """Make the value of an entry of `kind` from what was typed into its form.

    `intake` is how it came in, such as `{"channel": "issue", "issue": 12}`, and `month` when, such as `2026-11`.
    Without a `slug` of its own it gets one from its title, none of those `taken` by other entries of the kind.
    """
    shaper = _Shaper(answers, form, kind)
    value = shaper.value()
    typed = {asked.steps[0] for asked in form.fields if answers.values.get(asked.id, "").strip()}
    more = {name: inner for name, inner in proposed(value, kind).items() if name not in typed}
    value.update(more)
    made: dict[str, Any] = {"slug": slug, "licence": LICENCE, "added": month, "intake": dict(intake)}
    if slug is None and "slug" in kind.fields:
        own_pages = (f"page-{number}" for number in range(2, 1000))  # A long collection's further pages.
        names = {*taken, *(rule.slug for rule in kind.facet_rules), *own_pages}
        made["slug"] = slug_from(_words_for_slug(value), names, kind.singular)
        if value.get("title") and not _plain(_words_for_slug(value)):
            label = next(asked.label for asked in form.fields if asked.id == "title")
            shaper.problems.append(form.problem("title.no-words", label, answers.lines.get("title", 1)))
    value.update({name: inner for name, inner in made.items() if name in kind.fields})
    return Shaped(
        in_schema_order(value, kind.schema), (*shaper.problems, *_unchecked(answers, form, intake)), tuple(more)
    )


def _words_for_slug(value: Mapping[str, Any]) -> str:
    link = next(iter((value["link"],) if "link" in value else value.get("reach") or value.get("sources") or ()), None)
    by = f"{in_words(value['creators'][0])} {value.get('published', '')}" if value.get("creators") else ""
    site = site_of(link["url"]) if link and "url" in link else ""
    return next(filter(_plain, (str(value.get("title", "")), by, site)), "")


def _unchecked(answers: Answers, form: Form, intake: Mapping[str, Any]) -> Iterator[Problem]:
    name = "consents.unchecked in a letter" if intake.get("channel") == "offline" else "consents.unchecked"
    for sentence, is_checked in zip_longest(form.consents, answers.consents):
        if not is_checked:
            yield form.problem(name, form.consent_block.label, 1, sentence=sentence)


class _Shaper:
    def __init__(self, answers: Answers, form: Form, kind: Kind) -> None:
        self.answers, self.form, self.kind = answers, form, kind
        self.problems: list[Problem] = []

    def value(self) -> dict[str, Any]:
        whole: dict[str, Any] = {}
        for asked in self.form.fields:
            shaped = self._shaped(asked, self._tidy(asked)) if self.answers.values.get(asked.id) else None
            if shaped is not None:
                holder = whole if len(asked.steps) == 1 else whole.setdefault(asked.steps[0], {})
                holder[asked.steps[-1]] = shaped
        return whole

    def _tidy(self, asked: FormField) -> str:
        """Return the answer in NFC, without hidden characters and without white space at the end of lines."""
        typed = self.answers.values.get(asked.id, "")
        text = "\n".join(lines_of(unicodedata.normalize("NFC", typed))).replace("\t", line_items.INDENT)
        for start, run in islice(hidden_in(text), MOST):
            before = without_hidden(text[max(0, start - 24) : start].rpartition("\n")[2]).strip()
            where = f" after “{before}”" if before else ""
            said = f"holds an invisible character ({name_of_hidden(run)}){where}. Delete it, and type the words anew."
            self.problem(asked, "invisible-character", said, text.count("\n", 0, start))
        return "\n".join(line.rstrip() for line in without_hidden(text).split("\n")).rstrip()

    def _shaped(self, asked: FormField, text: str) -> Any:
        schema = field_at(asked.steps, self.kind.schema)
        one, is_list = schema.get("items", schema), schema["type"] == "array"
        if not text.strip():
            return None
        if is_list and "x-table" in one:
            names, fault = read_names(text, one)
            if fault:
                self.problem(asked, "not-in-list", f"{fault}{given(text)}", 0)
            return names or None
        items = line_items.items_of(without_records(text, one) if asked.parts else text) if is_list else [(text, 0)]
        if asked.multiple:
            items = [(word, 0) for word in text.split(",", len(asked.options)) if word.strip()]
        shaped = [
            self._item(asked, item.strip(), line, one, order) for order, (item, line) in enumerate(items, is_list)
        ]
        values = [value for value in shaped if value is not None]
        return (values if is_list else values[0]) if values else None

    def _item(self, asked: FormField, text: str, line: int, schema: Schema, order: int) -> Any:
        """Shape one item; `order` counts from 1, and is 0 where the field is no list."""
        if schema["type"] != "object":
            return self._value(asked, line_items.joined(text) if order else text, schema, line)
        parts = read_line(text, schema)
        where = f" {order}" if order else ""
        if isinstance(parts, str):
            return self.problem(asked, "malformed", f"{parts}{given(text)}", line, where)
        value: dict[str, Any] = {}
        known = schema["properties"]
        absent = [str(known[name]["title"]) for name in schema.get("required", ()) if name not in parts.values]
        for rule, sentence in _faults(parts, absent, schema, order):
            self.problem(asked, rule, sentence, line, where)
        for name, inner in known.items():
            if typed := parts.values.get(name):
                is_told = not absent or "format" in inner
                value[name] = self._value(asked, typed, inner, line, f"{where}, {inner['title']}", is_told=is_told)
        return {name: inner for name, inner in value.items() if inner is not None}

    def _value(
        self, asked: FormField, text: str, schema: Schema, line: int, where: str = "", *, is_told: bool = True
    ) -> Any:
        value, rule, fault = line_items.read_value(text, schema)
        if fault and is_told:
            self.problem(asked, rule, f"{fault}{given(text)}", line, where)
        return value

    def problem(self, asked: FormField, rule: str, sentence: str, line: int, where: str = "") -> None:
        if sum(problem.where == asked.label for problem in self.problems) >= MOST:
            return
        first = self.answers.lines.get(asked.id, 1)
        said = f"{asked.label}{where} {sentence}"
        code = f"{code_name(asked.steps)}.{rule}"
        self.problems.append(Problem(code, asked.label, said, self.form.place(first + line)))


def _faults(parts: line_items.Parts, absent: Sequence[str], schema: Schema, order: int) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the parts of an item, of which some are `absent`: the end of a code, and a sentence."""
    if absent:
        named = " and no ".join(f"“{title}”" for title in absent)
        is_wrapped = order > 1 and len(parts.values) == 1
        wrapped = " If the line goes on with the item above, begin it with two spaces." if is_wrapped else ""
        layout = line_items.shape_of_line(schema, parts.values)
        yield "too-few-parts", f"has no {named}. Write it as `{layout}`.{wrapped}"
    if parts.left_over:
        names = ", ".join(f"`{title}: …`" for title in line_items.ends_of(schema).values())
        layout = f"`{line_items.shape_of_line(schema)}`{f' and then {names}' if names else ''}"
        too_much = shortened(parts.left_over[0].partition("\n")[0])
        cure = "Where a bar belongs to the text, write it as `\\|`."
        yield "too-many-parts", f"has more parts than {layout}. Too much is “{too_much}”. {cure}"


def answers_of(value: Mapping[str, Any], form: Form, kind: Kind) -> Answers:
    """Return the answers with which `form` gives `value` again; every box is checked."""
    return Answers(
        {asked.id: _typed(value_at(asked.steps, value), asked, kind) for asked in form.fields},
        (True,) * len(form.consents),
    )


def _typed(value: Any, asked: FormField, kind: Kind) -> str:
    if value is None:
        return ""
    schema = field_at(asked.steps, kind.schema)
    if asked.element == "dropdown":
        labels = dict(asked.options)
        return BETWEEN_CHOICES.join(labels[choice] for choice in (value if asked.multiple else [value]))
    if schema["type"] == "array":
        one = schema["items"]
        if "x-table" in one:
            return "; ".join(line_items.scalar_text(item, one) for item in value)
        return line_items.items_text(line_items.item_text(item, one) if asked.parts else str(item) for item in value)
    return line_items.item_text(value, schema) if asked.parts else line_items.scalar_text(value, schema)


def slug_from(title: str, taken: Container[str], fallback: str = "entry") -> str:
    """Make a slug of `title` that is neither in `taken` nor reserved; a number is added where it would be.

    `fallback` is used where the title holds no letter or digit.
    """
    plain = _plain(title) or _plain(fallback) or "entry"
    ends = chain(("",), (f"-{number}" for number in count(2)))
    slugs = (f"{_cut(plain, LONGEST - len(end))}{end}" for end in ends)
    return next(slug for slug in slugs if slug not in taken and slug not in RESERVED)


def _plain(text: str) -> str:
    """Return the words of a text in the letters of ASCII; those of another alphabet are spelt as they sound."""
    spelt = unidecode(re.sub(r"['’ʼ‘`]", "", text.replace("&", " and "))).lower()
    return re.sub(r"[^a-z0-9]+", "-", spelt.replace("'", "")).strip("-")


def _cut(plain: str, longest: int) -> str:
    """Cut at the last hyphen that fits; a single long word is cut where it must be."""
    return shorten(plain.replace("-", " "), longest, placeholder="").replace(" ", "-") or plain[:longest]
