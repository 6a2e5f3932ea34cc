"""Single values as people type them: each row of the table gives its right value, or the words that help."""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from forms_under_test import answers, project_forms
from mutualaid.core.entries.addresses import ADDRESS, read_address, same_place
from mutualaid.core.forms.addressed_items import EXPRESSIONS
from mutualaid.core.forms.reword import understood
from mutualaid.core.forms.to_entry import Shaped, shape
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.read_offer import check_shaped
from mutualaid.site.pages.drafts import _question
from mutualaid.text.filters import spoken
from world import PROJECT, SAMPLES, ran, rows_of

TABLE = (SAMPLES / "as-typed.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
ROWS = [line.replace("⏎", "\n").split("\t") for line in TABLE]


def _shaped(kind: str, **typed: str) -> Shaped:
    form, schema = project_forms()[kind]
    return shape(answers(form, **typed), form, schema, {"channel": "issue"}, "2026-11", None, ())


@pytest.mark.parametrize(("question", "typed", "right"), ROWS)
def test_a_row(question: str, typed: str, right: str) -> None:
    """`⏎` is the end of a line; after `!` are words of the message that refuses it."""
    if question == "same address":
        assert same_place(typed) == right
        return
    kind, name = question.split()
    shaped = _shaped(kind, **{name: typed})
    value, said = shaped.value.get(name), [problem.message for problem in shaped.problems]
    if right.startswith("! "):
        assert right.removeprefix("! ") in " ".join(said)
        return
    assert said == []
    wanted = json.loads(right) if right[0] in "[{" else right
    assert (value["url"] if isinstance(value, dict) and len(value) == 1 else value) == wanted
    pages = [page for page in (value if isinstance(value, list) else [value]) if isinstance(page, dict)]
    assert not any(ADDRESS.search(f"{page.get('title')} {page.get('label')}") for page in pages)
    assert all(read_address(page["url"])[0] == page["url"] for page in pages if "url" in page)


@pytest.mark.parametrize("typed", ["Dean Spade", "Dean Spade, Mariame Kaba", "!Spade, Dean", "!Labor Notes", "!Nolo"])
def test_a_body_that_may_be_a_person(typed: str) -> None:
    """It stays a body, and the line that shows how it was read says how to write a person; not those after `!`."""
    shown = understood(_shaped("resources", creators=typed.lstrip("!")).value, *project_forms()["resources"])
    assert any("read as a body; write a person as" in line for line in shown) == (typed[0] != "!")


def test_the_draft_page_reads_alike() -> None:
    form, kind = project_forms()["groups"]
    asked = _question(next(field for field in form.fields if field.id == "sources"), kind.schema)
    of_sources = [row[1:] for row in ROWS if row[0].endswith(" sources") and row[2][0] == "["]
    rows = [(typed, json.loads(right)[0]) for typed, right in of_sources if not typed.startswith(("@", "TY"))]
    reading = {name: expression.pattern for name, expression in EXPRESSIONS.items()}
    given = {"asked": asked, "texts": [typed for typed, _ in rows], "reading": reading}
    node, script = Path(sys.prefix) / "bin" / "node", PROJECT / "tests" / "identifying.mjs"
    made = ran(node, script, input=json.dumps(given))
    for (typed, right), (line,) in zip(rows, json.loads(made.stdout), strict=True):
        parts = line.split(" · ")
        assert parts[0] == f"Title of the source: {right['title']}", typed
        assert any(part.startswith("Published: ") for part in parts) == ("published" in right), typed
        links = [read_address(part.removeprefix("Link: "))[0] for part in parts if part.startswith("Link: ")]
        assert links == [right[name] for name in ("url",) if name in right], typed


def test_a_page_that_another_entry_has_is_known() -> None:
    """However its address is written: a near miss is no way around the look at what is there already."""
    checkout = load_checkout(PROJECT)
    entry = checkout.entries["submissions/groups/archival-workers-emergency-fund.yaml"]
    url = entry.value["sources"][0]["url"]
    bare = url.partition("://")[2]
    ways = (url, f"See {url}.", f"Its page|{url}|2021", f"[Its page]({url})", f"{url} | Its page", f"Its page ({url})")
    for way in (*ways, f"Its page: www.{bare}", f"{url}?utm_source=x", f"https://web.archive.org/web/2024/{url}"):
        form = project_forms()["groups"][0]
        typed = answers(form, title="Another fund", sources=way)
        draft = check_shaped(checkout, form, typed, _shaped("groups", **typed.values), dt.date(2026, 11, 29), [entry])
        assert "sources.url.already-used" in [problem.code for problem in draft.problems], way


@pytest.mark.parametrize(("title", "marked"), rows_of("forms/values", "spoken"))
def test_a_title_in_other_letters_says_its_language(title: str, marked: str) -> None:
    assert spoken(title, ("en", "fa", "zh")) == marked


@pytest.mark.parametrize(("typed", "slug"), rows_of("forms/values", "names"))
def test_the_name_of_a_title_without_letters(typed: dict[str, str], slug: str) -> None:
    """An address says something: how the title sounds, who made it, or where it is; else a word is asked for."""
    assert _shaped("resources", **typed).value["slug"] == slug
    (problem,) = _shaped("resources", title="🔥🔥🔥").problems
    assert (problem.code, problem.where) == ("title.no-words", "Title")
