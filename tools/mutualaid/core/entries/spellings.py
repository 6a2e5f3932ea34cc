"""Values that have one right spelling, and many that people use: names from a table, such as countries, and ISBN."""

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mutualaid.core.entries.kind import Schema, plain
from mutualaid.core.entries.problem import QUOTED

_PASSED_OVER = {"the", "language", "languages", "only", "in", "both", "bilingual", "also", "version"}
_BETWEEN = re.compile(r"[,;/&+|·•()\n]|\s[-–—:]\s|:|(?<!\w)(?:and|y|e|et)(?!\w)", re.I)
_TAG = re.compile(r"([a-z]{2,3})((?:[-_][a-z]{4})?)((?:[-_](?:[a-z]{2}|[0-9]{3}))?)", re.I)
_ISBN = re.compile(
    r"(?:urn:)?(?:isbn(?:-?1[03])?)?[:\s]*([0-9](?:[- ]?[0-9x]){8,12})\.?(?:\s*\(?[a-z][a-z. -]*\)?)?", re.I
)


@dataclass(frozen=True)
class Table:
    """Rows of value, label and other spellings; a value of two letters wins over any other spelling."""

    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def spellings(self) -> dict[str, str]:
        labels = [(row[1], row[0]) for row in self.rows]
        others = [(name, row[0]) for row in self.rows if row[2:] for name in row[2].split("; ")]
        codes = [(row[0], row[0]) for row in self.rows]
        short = [code for code in codes if len(code[0]) < SHORT_CODE]
        return {_key(name): value for name, value in (*codes, *reversed(others), *reversed(labels), *short)}


SHORT_CODE, OLD_ISBN = 3, 10
"""Codes with fewer letters, and digits of an ISBN of before 2007."""


def table_of(text: str) -> Table:
    """Return the table that a file holds, its columns parted by tabs; a line that begins with # is none of it."""
    return Table(tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#")))


def in_schema(schema: Any, read_table: Callable[[str], Table]) -> Any:
    """Return a schema in which each `x-table` holds the table that it names, and `x-labels` its labels."""

    def put(whole: Schema) -> Schema:
        if "x-table" not in whole:
            return whole
        table = read_table(whole["x-table"])
        return {**whole, "x-table": table, "x-labels": {row[0]: row[1] for row in table.rows}}

    return plain(schema, put)


def read_names(text: str, schema: Schema) -> tuple[list[str], str]:
    """Return the values of a table that are named in `text` and '', or what there is and why it is not all."""
    ways = ([text], _BETWEEN.split(text), text.split())
    read = [{part: _named(part, schema) for part in way if _key(part) not in ("", *_PASSED_OVER)} for way in ways]
    values = next((found for found in read if found and all(found.values())), read[1])
    unknown = next((part.strip() for part, value in values.items() if not value), text.strip())[:QUOTED]
    near = difflib.get_close_matches(unknown, schema["x-labels"].values(), n=1) if not all(values.values()) else ()
    cure = f"; the nearest is “{near[0]}”" if near else ""
    unlike = f"{schema['x-sentence']}. Nothing known is called “{unknown}”{cure}"
    return [*dict.fromkeys(filter(None, values.values()))], "" if values and all(values.values()) else unlike


def read_name(text: str, schema: Schema) -> tuple[str, str]:
    """Return what `text` names as one text: a name, or several in a row."""
    names, fault = read_names(text, schema)
    return ("", fault) if fault else (" and ".join(filter(None, (", ".join(names[:-1]), names[-1]))), "")


def read_isbn(text: str) -> tuple[str, str]:
    """Return an ISBN of thirteen digits and '', or '' and what is wrong; ten digits get the three that they lack."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text.strip())
    found = _ISBN.fullmatch(plain)
    digits = re.sub(r"[- ]", "", found[1]).upper() if found else ""
    if len(re.findall(r"97[89](?:[- ]?[0-9]){10}", plain)) > 1:
        return "", "must be one ISBN. Keep that of the edition that you describe"
    if not re.fullmatch(r"[0-9]{13}|[0-9]{9}[0-9X]", digits):
        return "", f"must be the thirteen digits of an ISBN, or ten. This has {len(re.findall('[0-9]', plain))} digits"
    check = _check_digit_of(digits)
    is_old = len(digits) == OLD_ISBN
    if digits[-1] != check or not (is_old or digits.startswith(("978", "979"))):
        return "", "must be an ISBN that adds up: its last one, the check digit, doesn't fit. Copy it anew"
    whole = f"978{digits[:-1]}"
    return (f"{whole}{_check_digit_of(f'{whole}0')}" if is_old else found[1] if found else ""), ""


def _check_digit_of(digits: str) -> str:
    if len(digits) == OLD_ISBN:
        return "0123456789X"[-sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:-1])) % 11]
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:-1])) % 10)


def _named(text: str, schema: Schema) -> str:
    spellings, tag = schema["x-table"].spellings, _TAG.fullmatch(text.strip())
    is_regional = tag and spellings.get(tag[1].lower()) == tag[1].lower()
    made = f"{tag[1].lower()}{tag[2].title()}{tag[3].upper()}".replace("_", "-") if tag and is_regional else ""
    return str(spellings.get(_key(text), made))


def _key(text: str) -> str:
    """Return what all spellings of a name share: no case, accents, marks and order of its words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = re.sub(r"['’ʼ‘`ʻ.]", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    words = re.findall(r"[^\W_]+", plain)
    return " ".join(sorted([word for word in words if word not in _PASSED_OVER] or words))
