"""The draft page says and shows what the site and the bot do: its JavaScript against our Python, on real entries."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from forms_under_test import answers as answers_to
from forms_under_test import project_forms
from mutualaid.adapters.schema_files import read_kinds
from mutualaid.adapters.yaml_text import canonical
from mutualaid.core.checks import Rulebook
from mutualaid.core.filling import answers_of, not_asked_for
from mutualaid.core.form import Answers, Form, parse_plain, write_form
from mutualaid.core.identifying import findings
from mutualaid.core.retelling import all_told
from mutualaid.core.shaping import shape
from mutualaid.core.submission import Submission
from mutualaid.site.markup import prose, prose_line
from site_under_test import BuiltSite
from world import PROJECT, SAMPLES, TODAY, document_of, identifying_details, real_kinds

KINDS = ("examples", "exercises", "groups", "resources")
# The pager and what lies close by tell of other pages. The draft page knows none of them.
EQUAL = """([html, value, view, address]) => {
  const built = new DOMParser().parseFromString(html, 'text/html').querySelector('main')
  const shown = new DOMParser().parseFromString(draftPage.render(value, view), 'text/html').body
  for (const foreign of built.querySelectorAll('.pager, .near, .offers')) foreign.remove()
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
            assert "entry-head" in built
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


TEXTS = (
    "One.\n\nTwo *soft* and **strong**, ***both***, _under_ and __strong__, 2 * 3 * 4.",
    "- a\n- b\n  - c\n\n  more of b\n- d",
    "3. three\n4. four\n\n1) other\n2) list",
    "* loose\n\n* list\n\ntext after",
    'A [link](https://example.org/a?b=1&c=2 "a title") and [another](<https://example.org/with space>).',
    "[bad](javascript:alert(1)) [data](data:text/html,x) [plain](http://example.org) [mail](mailto:a@example.org)",
    "[inside](/safety/) [same](#part) [other](//example.org/x) [empty]() [upper](HTTPS://EXAMPLE.ORG/Ä)",
    "<script>alert(1)</script><b onclick=x>bold</b> & &amp; &copy; &#65; &nope; &#0; <!-- note -->",
    "# no heading\n\n> no quote\n\n```\nno code\n```\n\n    no block\n\n---\n\n`no code`",
    "![picture](https://example.org/p.png) <https://example.org> https://example.org",
    "Line one  \nline two\\\nline three\nline four",
    "\\*not soft\\* \\[not a link\\](x) \\\\ \\a \\& &lt;b&gt;",
    "“Quotes” ‘and’ — dashes… ñ é ü 字 🙂 \u00a0 tab\there",
    "[ref]\n\n[ref]: https://example.org\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "*a **b* c** _a_b_ a*b*c **a*b** *(**x**)*",
    "",
    "   \n\n  ",
)


def test_contributed_text_is_shown_alike(drafts: dict[str, Page]) -> None:
    """Only paragraphs, lists, emphasis and links stay, here and there."""
    parsed = "html => Object.assign(document.createElement('template'), { innerHTML: html }).innerHTML"
    page = drafts["examples"]
    for text in TEXTS:
        for name, ours in (("prose", prose), ("proseLine", prose_line)):
            assert page.evaluate(f"text => draftPage.{name}(text).html", text) == page.evaluate(parsed, str(ours(text)))


def test_the_shared_list_of_details(drafts: dict[str, Page]) -> None:
    """A browser finds what the bot finds in every row of the shared list."""
    rows = document_of((SAMPLES / "identifying.yaml").read_text(encoding="utf-8")).value["rows"]
    script = "texts => texts.map(text => draftPage.findIn(text, draftPage.page.details).map(([id]) => id))"
    for kind in KINDS:
        found = drafts[kind].evaluate(script, [row["text"] for row in rows])
        assert found == [row["found"] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_details_in_every_real_entry(kind: str, drafts: dict[str, Page]) -> None:
    """In the fields of an entry the same is found, also where the entry is taken for somebody's own story."""
    script = """value => draftPage.findings(value, draftPage.page.kind.schema, draftPage.page.details)
        .map(({ steps, id, text }) => [steps, id, text])"""
    schema, found = real_kinds()[kind], 0
    for slug, value in _values(kind).items():
        for own in ({}, {"title": "To jo@example.org", "origin": "first-hand", "intake": {"channel": "offline"}}):
            told = {**value, **{name: inner for name, inner in own.items() if name in schema.fields}}
            ours = [[list(one.steps), one.pattern, one.text] for one in findings(told, schema, identifying_details())]
            assert drafts[kind].evaluate(script, told) == ours, slug
            found += len(ours)
    assert found


HIDDEN = (
    *("\u200b", "\u00ad", "\u2060", "\u3164", "\ufe0f", "b\u200dc", "\U000e0041\U000e0042", "\u180b", "\u202e"),
    *("&#x202e;", "&#8203;", "&shy;", "&ZeroWidthSpace;", "&zwnj;", "\U0001f3f4\U000e0041\U000e007f", "&#xE0041;"),
)
THERE_RIGHTLY = (
    *(
        "\U0001f469\U0001f3fd\u200d\U0001f692",
        "\u2764\ufe0f\u200d\U0001f525",
        "1\ufe0f\u20e3",
        "&amp; &copy; &nbsp; a&b;",
    ),
    *("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "PDF\u200c\u0647\u0627"),
    *("\u0915\u094d\u200d\u0937", "\u845b\U000e0100\u57ce", "[[]](https://www.example.org/)"),
)
NOTHING_SEEN = (
    "[](https://www.example.org/a)",
    "[&nbsp;](https://www.example.org/a)",
    "[\u2800](https://www.example.org/a)",
)
HOPELESS: tuple[tuple[str, dict[str, str]], ...] = (
    *((kind, {}) for kind in KINDS),
    (
        "examples",
        {
            "title": "Ab",
            "summary": "x" * 201,
            "origin": "Told by somebody who was there",
            "who": "A committee",
            "began": "April 2020",
            "as_of": "2021-02-30",
            "effort": "Under 5 hours",
            "what_was_done": "# A heading\n\nWe <b>met</b>. [Here](http://a.example/) it is.",
            "topics": "Mutual aid basics",
            "sources": "A report | http://a.example/x | 2020\nNo address here | www.example.org\n| https://a.example/",
            "credit_choice": "Pseudonym",
        },
    ),
    (
        "examples",
        {
            "origin": "Put together from public sources",
            "title": "A board\u202e for shifts",
            "sources": "One | https://a.example/ | 2020 | four\nTwo | https://a.example/ | Publisher: x | Publisher: y "
            "| Only known without encryption: perhaps\nThree | Date of the archived copy: 2020",
            "credit_name": 'Somebody\'s own "name"',
        },
    ),
    (
        "exercises",
        {
            "minutes_min": "60 minutes",
            "minutes_max": "45",
            "people_min": "twelve",
            "people_max": "4",
            "materials": "A pen\nA pen\nX",
            "steps": "10 | Write | Three things.\n20 minutes | Read\nand on\n5 hours | Rest | Sit.",
            "handout": "Three things | 40",
            "privacy_who_keeps": "Each their own",
        },
    ),
    *(("resources", {"title": f"Words {hidden}", "summary": hidden}) for hidden in HIDDEN),
    *(("resources", {"title": f"Words {shown}", "summary": f"All of the words: {shown}"}) for shown in THERE_RIGHTLY),
    *(("groups", {"title": nothing, "about": f"Words {nothing} and more."}) for nothing in NOTHING_SEEN),
    ("exercises", {"minutes_min": "30", "minutes_max": "45", "steps": "10 | Write | Three.\n20 min | Read | Out."}),
    ("groups", {"status": "Active", "closed_on": "2021", "reach": "https://a b.example/ | Its site"}),
    ("resources", {"isbn": "12", "time_stated": "an hour", "medium": "Book", "link": "| words", "published": "0000"}),
)


@pytest.mark.parametrize(("kind", "typed"), HOPELESS, ids=[f"{kind}-{len(typed)}" for kind, typed in HOPELESS])
def test_the_same_sentences_as_the_bot(kind: str, typed: dict[str, str], drafts: dict[str, Page]) -> None:
    """What is missing or wrong is told as the bot tells it, save that nothing is said of headings in an issue."""
    form, schema = project_forms()[kind]
    reading = answers_to(form, **typed)
    shaped = shape(reading, form, schema, {"channel": "issue", "issue": 7}, "2026-11", "a-draft", ())
    document = document_of(canonical(shaped.value, schema), f"submissions/{kind}/a-draft.yaml")
    rulebook = Rulebook.of(schema, read_kinds(PROJECT / "schemas")[1])
    found = rulebook.check(Submission(schema, document), TODAY)
    ours = [one.message for one in all_told(shaped.problems, found, form, reading) if one.where in _labels(form)]
    ours = [re.sub(r" Write your answer under `[^`]*`\.", "", said) for said in ours]
    ours = [re.sub(r"(invisible character) \([^)]*\)( after “[^”]*”)?", r"\1", said) for said in ours]
    theirs = drafts[kind].evaluate("values => draftPage.look({ values }).problems.map(one => one.message)", typed)
    assert sorted(theirs) == sorted(ours)


def _labels(form: Form) -> set[str]:
    return {asked.label for asked in form.fields}


LEFT = """([values, consents]) =>
    [draftPage.asForm, draftPage.asPlain].map(way => way({ values, consents }, draftPage.page.form))"""


@pytest.mark.parametrize("kind", KINDS)
def test_what_leaves_is_read_back(kind: str, drafts: dict[str, Page]) -> None:
    """The file and the mail of every real entry give the same answers when our side reads them."""
    form, schema = project_forms()[kind]
    for slug, value in _values(kind).items():
        typed = answers_of(value, form, schema)
        for checked in ((True,) * len(form.consents), (True, *(False,) * (len(form.consents) - 1))):
            answers = Answers(typed.values, checked)
            file, mail = drafts[kind].evaluate(LEFT, [dict(typed.values), checked])
            assert file == write_form(answers, form), slug
            assert parse_plain(file, form) == answers, slug
            assert parse_plain(mail, form) == answers, slug
