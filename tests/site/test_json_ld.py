"""JSON-LD: each property is defined by schema.org for its type, as npm's schema-dts has it; nobody is named unasked."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from layouts import file_of
from mutualaid.core.entries.dates import is_real
from mutualaid.core.entries.entry import accept
from mutualaid.flows.load_entries import load_entries
from mutualaid.site.json_ld import JsonLd, duration
from mutualaid.site.renderer import PageMeta
from site_under_test import BuiltSite
from world import PROJECT, TODAY, document_of, tool

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
LITERALS = {"Text": str, "URL": str, "Date": str, "DateTime": str, "Duration": str, "Integer": int, "Boolean": bool}
PLACE = JsonLd("A site", "https://www.example.org", "A line")
META = PageMeta("A page", "/page/", "What it gives.")


@cache
def types() -> dict[str, tuple[tuple[str, ...], dict[str, set[str]]]]:
    found: dict[str, tuple[tuple[str, ...], dict[str, set[str]]]] = {}
    text = (PROJECT / "tests/browser/node_modules/schema-dts/dist/schema.d.ts").read_text(encoding="utf-8")
    for name, parents_of, body in re.findall(r"^interface (\w+)Base extends ([^{]+)\{\n(.*?)^\}", text, re.M | re.S):
        parents = tuple(re.findall(r"(\w+)Base\b", parents_of))
        own = re.findall(r'^    "(\w+)"\?: SchemaValue<([^,]+), "\w+">;', body, re.M)
        found[name] = (parents, {label: set(values.split(" | ")) for label, values in own})
    for name, parents in re.findall(r"^(?:export )?interface (\w+)Leaf extends ([^{]+)\{", text, re.M):
        found.setdefault(name, (tuple(re.findall(r"(\w+)Base\b", parents)), {}))
    assert len(found) > 700
    return found


def above(name: str) -> Iterator[str]:
    yield name
    for parent in types()[name][0] if name in types() else ():
        yield from above(parent)


def complaints(thing: dict[str, Any], where: str = "") -> list[str]:
    """Return what the vocabulary does not know: types, properties of a type, and types of a property's value."""
    named = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
    known = [one for name in named for one in above(name)]
    said = [f"{where}: no type {name}" for name in named if name not in types()]
    properties = {label: values for one in known if one in types() for label, values in types()[one][1].items()}
    for name, value in ((name, value) for name, value in thing.items() if not name.startswith("@")):
        if name in properties:
            items = value if isinstance(value, list) else [value]
            said += [one for item in items for one in _of_value(item, properties[name], f"{where}.{name}")]
        else:
            said.append(f"{where}: {'/'.join(named)} has no property {name}")
    return said


def _of_value(item: Any, allowed: set[str], where: str) -> list[str]:
    if isinstance(item, dict):
        inner = item["@type"] if isinstance(item["@type"], list) else [item["@type"]]
        fits = any(one in allowed for name in inner for one in above(name))
        return ([] if fits else [f"{where}: {inner} is none of {sorted(allowed)}"]) + complaints(item, where)
    fits = any(name in allowed and isinstance(item, kind) for name, kind in LITERALS.items())
    said = [] if fits else [f"{where}: {item!r} is none of {sorted(allowed)}"]
    if allowed <= {"Duration", "IdReference"} and not re.fullmatch(r"PT(\d+H)?(\d+M)?", str(item)):
        said.append(f"{where}: {item!r} is no duration")
    if allowed <= {"Date", "DateTime", "IdReference"} and not is_real(str(item)):
        said.append(f"{where}: {item!r} is no date")
    return said


def test_the_test_can_fail() -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"@type": "Organization", "lastReviewed": "2020"},
        {"@type": "WebPage", "lastReviewed": "soon", "license": {"@type": "Person"}},
        {"@type": "HowTo", "totalTime": "45 minutes"},
        {"@type": "Handout"},
    )
    assert [len(complaints(thing)) for thing in wrong] == [1, 2, 1, 1]


def test_every_page_speaks_the_vocabulary(built_site: BuiltSite) -> None:
    """Each has one block, save for pages that are no place to come to: sheets, lead views, pages of a path."""
    said = []
    for page in built_site.pages():
        text = page.read_text(encoding="utf-8")
        blocks = BLOCK.findall(text)
        is_copy = page.parent.name in ("lead", "sheet") or page.match("paths/*/*/index.html")
        if is_copy or page.name == "404.html" or 'http-equiv="refresh"' in text:
            assert not blocks
            continue
        (thing,) = map(json.loads, blocks)
        assert thing["@context"] == "https://schema.org"
        said += complaints(thing, page.relative_to(built_site.folder).as_posix())
    assert said == []


def test_an_exercise_is_a_how_to(built_site: BuiltSite) -> None:
    file = file_of("exercise", built_site.folder)
    thing = json.loads(BLOCK.findall(built_site.text(file))[0])
    entry = document_of((PROJECT / "submissions" / f"{file.removesuffix('/index.html')}.yaml").read_text("utf-8")).value
    minutes = [step["minutes"] for step in entry["steps"]]
    assert thing["@type"] == ["WebPage", "LearningResource", "HowTo"]
    steps = [(step["position"], step["timeRequired"]) for step in thing["step"]]
    assert steps == [(place, duration(count)) for place, count in enumerate(minutes, 1)]
    assert thing["totalTime"] == thing["timeRequired"] == duration(sum(minutes))
    assert [duration(minutes) for minutes in (5, 60, 90, 0)] == ["PT5M", "PT1H", "PT1H30M", "PT0M"]


def test_nobody_is_named_unasked() -> None:
    """The only persons are those who chose to be credited, and the makers of published works."""
    for entry in load_entries(PROJECT, TODAY).entries:
        thing = PLACE.entry(META, entry)
        assert complaints(thing) == []
        text = json.dumps(thing, ensure_ascii=False)
        makers = sum("given" in maker for maker in entry.fields.get("creators", ()))
        assert text.count('"Person"') == makers + int("credit" in entry.fields)
        assert ("lastReviewed" in text) == ("reviewed" in entry.fields)


def test_a_credit_and_a_review_are_shown() -> None:
    """As they were chosen and as they happened; so is the license of this entry, which is not the site's."""
    reviewed = {"on": "2026-11-15", "by_role": "A steward"}
    thing = PLACE.entry(META, accept(tool(credit={"choice": "pseudonym", "name": "A page"}, reviewed=reviewed)))
    assert thing["author"] == {"@type": "Person", "name": "A page"}
    assert thing["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert thing["lastReviewed"] == "2026-11-15" and "A steward" not in json.dumps(thing)
    assert complaints(thing) == []
