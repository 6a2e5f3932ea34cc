"""What an entry needs and nobody typed, made of what was typed, as `x-propose` says; nothing about people."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.submission import every

_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#]+")


def proposed(value: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    is_latin = re.search("[A-Za-z]", str(value.get("title") or "a"))
    rules = {name: schema["x-propose"] for name, schema in kind.fields.items() if "x-propose" in schema}
    left_out = {
        name: how
        for name, how in rules.items()
        if name not in value and how.get("unless") not in value and (is_latin or "in" not in how)
    }
    made = {
        name: RULES[rule](how, value, kind.fields[name])
        for name, how in left_out.items()
        for rule in RULES.keys() & how.keys()
    }
    return {name: inner for name, inner in made.items() if inner}


def _sentence(how: Schema, value: Mapping[str, Any], schema: Schema) -> str:
    """The first sentence of a text, and as many more as make it long enough; none where it is too long then."""
    text = _MARKS.sub(r"\1", str(value.get(how["sentence"], ""))).partition("\n\n")[0]
    said = ""
    for sentence in re.findall(r"\S.*?[.!?](?=\s|$)", text, re.DOTALL):
        said = f"{said} {' '.join(sentence.split())}".strip()
        if len(said) >= schema["minLength"]:
            break
    return said if schema["minLength"] <= len(said) <= schema["maxLength"] else ""


def _words(how: Schema, value: Mapping[str, Any], schema: Schema) -> list[str]:
    """The choices of which the most words are there, and most often; the first of all choices where none is."""
    text = " ".join(inner for _, inner in every(value) if isinstance(inner, str)).casefold()
    forms = {
        name: [re.escape(word).replace(r"\*", r"\w*") for word in own]
        for name, own in schema["items"]["x-words"].items()
    }
    counts = {name: [len(re.findall(rf"\b{form}s?\b", text)) for form in own] for name, own in forms.items()}
    best = sorted(counts, key=lambda name: (sum(map(bool, counts[name])), sum(counts[name])), reverse=True)
    return [name for name in best[: how["words"]] if any(counts[name])] or schema["items"]["enum"][:1]


def _links(how: Schema, value: Mapping[str, Any], _: Schema) -> list[dict[str, Any]]:
    """The thing itself as its own source, with the first address where it is found."""
    links = value.get(how["links"]) or {}
    link = (links[0] if isinstance(links, list) else links) or {}
    source = {"title": value.get("title"), "url": link.get("url")}
    return [{name: part for name, part in source.items() if part}] if source["title"] else []


RULES: Mapping[str, Callable[[Schema, Mapping[str, Any], Schema], Any]] = {
    "is": lambda how, _, __: how["is"],
    "sentence": _sentence,
    "words": _words,
    "links": _links,
    "sum": lambda how, value, _: sum(part.get(how["of"], 0) for part in value.get(how["sum"], ())),
}
