"""The draft page says and shows what the site and the bot do: its JavaScript against our Python, on all real entries."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from forms_under_test import project_forms
from mutualaid.adapters.yaml_text import read_yaml
from mutualaid.core.answers import Answers, read_form, write_form
from mutualaid.core.filling import answers_of, not_asked_for
from mutualaid.core.plain_form import parse_plain
from mutualaid.site.markup import prose, prose_line
from site_under_test import BuiltSite
from world import PROJECT, SAMPLES, document_of, real_kinds

KINDS = ("examples", "exercises", "groups", "resources")
# The pager and what lies close by tell of other pages. The draft page knows none of them.
EQUAL = """([html, value, view, address]) => {
  const built = new DOMParser().parseFromString(html, 'text/html').querySelector('main')
  const shown = new DOMParser().parseFromString(draftPage.render(value, view), 'text/html').body
  for (const foreign of built.querySelectorAll('.pager, .near')) foreign.remove()
  for (const link of built.querySelectorAll('a[href]'))
    link.setAttribute('href', new URL(link.getAttribute('href'), address).href)
  for (const link of shown.querySelectorAll('a[href]'))
    link.setAttribute('href', new URL(link.getAttribute('href'), location.href).href)
  const text = root => root.innerHTML.replace(/\\n+/g, '\\n').trim()
  return [text(built), text(shown)]
}"""


def _values(kind: str) -> dict[str, dict[str, Any]]:
    files = sorted((PROJECT / "submissions" / kind).glob("*.yaml"))
    read = {file.stem: document_of(file.read_text(encoding="utf-8")).value for file in files}
    return {slug: value for slug, value in read.items() if "retracted" not in value}


@pytest.fixture(scope="module")
def drafts(browser: Browser, built_site: BuiltSite) -> Iterator[dict[str, Page]]:
    """The draft page of each kind, open."""
    context = browser.new_context()
    pages = {}
    for kind in KINDS:
        pages[kind] = context.new_page()
        pages[kind].goto(f"{built_site.address}/contribute/draft/{kind}/index.html")
    yield pages
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_real_entry_looks_as_it_is_published(kind: str, drafts: dict[str, Page], built_site: BuiltSite) -> None:
    """The main part of the page, in each of its views, is equal to what the draft page shows of the same data."""
    values = _values(kind)
    assert values
    views = {"read": "", "lead": "lead/"} if kind == "exercises" else {"read": ""}
    for slug, value in values.items():
        for view, end in views.items():
            place = f"{kind}/{slug}/{end}index.html"
            html = (built_site.folder / place).read_text(encoding="utf-8")
            built, shown = drafts[kind].evaluate(EQUAL, [html, value, view, f"{built_site.address}/{place}"])
            assert shown == built, place


@pytest.mark.parametrize("kind", KINDS)
def test_every_real_entry_can_be_typed(kind: str, drafts: dict[str, Page]) -> None:
    """What is typed becomes the entry again, and nothing is wrong with it."""
    form, schema = project_forms()[kind]
    for slug, value in _values(kind).items():
        typed = answers_of(value, form, schema).values
        shaped, problems = drafts[kind].evaluate(
            "typed => { const { form, kind } = draftPage.page, shaped = draftPage.shape(typed, form, kind.schema);"
            " return [shaped.value, draftPage.problems(shaped, form, kind.schema)] }",
            typed,
        )
        left = not_asked_for(value, form)
        assert shaped == {name: inner for name, inner in value.items() if name not in left}, slug
        assert problems == [], slug
