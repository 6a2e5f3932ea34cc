"""The draft page finds and hands out what our Python finds and reads back, on every real entry."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from forms_under_test import project_forms
from mutualaid.core.entries.identifying import findings
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.plain_text import parse_plain
from mutualaid.core.forms.to_entry import answers_of
from site_under_test import BuiltSite, script
from world import PROJECT, document_of, identifying_details, real_kinds


@pytest.fixture(scope="module")
def drafts(browser: Browser, built_site: BuiltSite) -> Iterator[dict[str, Page]]:
    context = browser.new_context()
    pages = {}
    for kind in real_kinds():
        pages[kind] = context.new_page()
        pages[kind].goto(f"{built_site.address}/contribute/draft/{kind}/index.html")
    yield pages
    context.close()


@pytest.mark.parametrize("kind", real_kinds())
def test_every_real_entry(kind: str, drafts: dict[str, Page]) -> None:
    (form, schema), found = project_forms()[kind], 0
    told = {"title": "To jo@example.org", "origin": "first-hand"}
    own = {name: inner for name, inner in told.items() if name in schema.fields}
    every = len(form.consents)
    for path in sorted((PROJECT / "submissions" / kind).glob("*.yaml")):
        slug, value = path.stem, document_of(path.read_text(encoding="utf-8")).value
        if "retracted" in value:
            continue
        for entry, checked in ((value, (True,) * every), ({**value, **own}, (True, *(False,) * (every - 1)))):
            typed = answers_of(entry, form, schema).values
            answers = Answers(typed, checked)
            details, missing, shown, file, mail = drafts[kind].evaluate(script("twin"), [dict(typed), checked])
            ours = {(one.pattern.id, one.text) for one in findings(entry, real_kinds()[kind], identifying_details())}
            assert ours <= {tuple(row) for row in details}, slug
            found += len(ours)
            assert missing == [], slug
            lines = dict(shown)
            assert list(lines) == [field.label for field in form.fields if typed.get(field.id, "").strip()], slug
            for label in (field.label for field in form.fields if field.steps == ("sources",)):
                for line, source in zip(lines[label], entry["sources"], strict=True):
                    assert source["title"].split(" | ")[0] in line, slug
                    assert "url" not in source or source["url"] in line, line
            assert file == write_form(answers, form), slug
            assert parse_plain(file, form) == parse_plain(mail, form) == answers, slug
    assert found
