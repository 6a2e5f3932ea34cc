"""What a submission is told: every rule of CHECKS, every word of a schema, and what holds between submissions."""

from typing import Any

import pytest

from mutualaid.core.checks import CHECKS, check_together, normalised
from mutualaid.core.problem import Problem
from mutualaid.core.sentences import CODES, QUOTED, WORDS
from mutualaid.core.submission import Submission
from world import SAMPLES, TODAY, document_of, told, tool, tools, tools_rulebook

RULES = tools_rulebook()


def check(**changes: Any) -> list[tuple[str, str]]:
    """Return (code, sentence) of every problem of a tool with `changes`."""
    return [(one.code, one.message) for one in RULES.check(tool(**changes), TODAY)]


def check_text(text: str, file: str = "submissions/tools/ladder.yaml") -> list[str]:
    """Return every problem of a tool as written, with its place."""
    return told(RULES.check(Submission(tools(), document_of(text, file)), TODAY))


STEP = {"minutes": 10, "title": "Lift", "text": "Slowly."}
URL = "https://www.example.org/"
OLD = "http://www.example.org/"
GOOD: dict[str, dict[str, Any]] = {
    "plain": {},
    "secure link": {"link": {"url": URL}},
    "link without encryption that says so": {"link": {"url": OLD, "no_https": True}},
    "archived copy without encryption that says so": {"link": {"url": URL, "archived_url": OLD, "no_https": True}},
    "emphasis, list and link": {"about": f"*One* **two**\n\n- [three]({URL})\n1. four"},
    "signs that are no markup": {"about": "5 < 6 > 4, I <3 you, item #1, [brackets], 2 * 3 and a note: yes"},
    "an address as text": {"about": f"{URL}a![b"},
    "steps add up": {"steps": [STEP, STEP], "minutes_max": 20},
    "steps without a time to allow": {"steps": [STEP]},
    "least is most": {"people_min": 3, "people_max": 3},
    "this month": {"added": "2026-11"},
    "today": {"began": "2026-11-22"},
    "this year, though it may end later": {"began": "2026"},
    "longest text": {"about": "a" * 5000},
}


@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD.keys())
def test_good(changes: dict[str, Any]) -> None:
    """Nothing is said of what is right."""
    assert check(**changes) == []


ADDRESS_WORDS = "Try the address with https:// in a browser; where only http:// works, add `no_https: true` beside it."
MARKUP = {
    "<b>x</b>": "must not hold HTML. You wrote: '<b>'. Write plain paragraphs, lists, *emphasis* and links.",
    "<!-- x -->": "must not hold HTML. You wrote: '<!-- x -->'. Write plain paragraphs, lists, *emphasis* and links.",
    "a <script": "must not hold HTML. You wrote: '<script'. Write plain paragraphs, lists, *emphasis* and links.",
    f"{URL} <b>": "must not hold HTML. You wrote: '<b>'. Write plain paragraphs, lists, *emphasis* and links.",
    "![a][b]": "must not hold pictures. You wrote: '!['. Describe in words what the picture shows.",
    "a\n\n  ## Big": "must not hold headings. You wrote: '## Big'. Write a plain paragraph in its place.",
    "```\nx": "must not hold code blocks. You wrote: '```'. Write plain paragraphs or a list.",
    "~~~\nx": "must not hold code blocks. You wrote: '~~~'. Write plain paragraphs or a list.",
    "a\n> b": "must not hold block quotes. You wrote: '>'. Put quotation marks around the words.",
    "[a]: x": "must not hold link definitions. You wrote: '[a]:'. Write links as [words](https://…).",
    "  [a]: x": "must not hold link definitions. You wrote: '[a]:'. Write links as [words](https://…).",
}
BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "slug_is_file_name": (
        {"slug": "stairs"},
        "slug.not-file-name",
        (
            "Short name must be the file's own name. The file is `ladder.yaml`, the slug says `stairs`. "
            "Rename the file, or set the slug to its name."
        ),
    ),
    "web_address_is_secure: url": (
        {"link": {"url": OLD}},
        "link.url.not-secure",
        f"Where to find it, Link must start with https://. You wrote: '{OLD}'. {ADDRESS_WORDS}",
    ),
    "web_address_is_secure: archived copy, in a list": (
        {"sources": [{"title": "One"}, {"title": "Two", "url": URL, "archived_url": OLD}]},
        "sources.archived-url.not-secure",
        f"Sources 2, Archived copy must start with https://. You wrote: '{OLD}'. {ADDRESS_WORDS}",
    ),
    "web_address_is_secure: not needed": (
        {"link": {"url": URL, "no_https": True}},
        "link.no-https.not-needed",
        (
            "Where to find it, Not encrypted is set, though the address starts with https://. "
            "Take the line `no_https: true` out."
        ),
    ),
    "text_is_plain: in a list": (
        {"parts": ["bolt", "<i>nut</i>"]},
        "parts.markup",
        "Parts 2 must not hold HTML. You wrote: '<i>'. Write plain paragraphs, lists, *emphasis* and links.",
    ),
    "text_is_plain: link": (
        {"about": "[a](javascript:alert(1))"},
        "about.bad-link",
        "About holds a link to 'javascript:alert(1'. A link must start with https://.",
    ),
    "text_is_plain: empty link": (
        {"about": "[a]( )"},
        "about.bad-link",
        "About holds a link to ''. A link must start with https://.",
    ),
    "steps_add_up": (
        {"steps": [STEP, STEP], "minutes_max": 25},
        "minutes-max.does-not-add-up",
        (
            "Time to allow must be the sum of the steps' minutes. It says 25, the steps add up to 20. "
            "Change one or the other."
        ),
    ),
    "least_is_not_more_than_most": (
        {"people_min": 4, "people_max": 3},
        "people-min.more-than-most",
        "Fewest people is 4, which is more than Most people, 3. Swap or mend the two numbers.",
    ),
    "date_is_not_ahead: month": (
        {"added": "2026-12"},
        "added.ahead",
        "Added must not lie in the future. You wrote: '2026-12'. Mend the date.",
    ),
    "date_is_not_ahead: day": (
        {"began": "2026-11-23"},
        "began.ahead",
        "Began must not lie in the future. You wrote: '2026-11-23'. Mend the date.",
    ),
    "date_is_not_ahead: inside a group of fields": (
        {"reviewed": {"on": "9999", "by_role": "A steward"}},
        "reviewed.on.ahead",
        "Reviewed, Day of the review must not lie in the future. You wrote: '9999'. Mend the date.",
    ),
    **{f"text_is_plain: {text!r}": ({"about": text}, "about.markup", f"About {said}") for text, said in MARKUP.items()},
}


@pytest.mark.parametrize(("changes", "code", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad(changes: dict[str, Any], code: str, sentence: str) -> None:
    """Each rule says one thing, in these words."""
    found = RULES.check(Submission(tools(), _named_ladder(changes)), TODAY)
    assert [(one.code, one.message, one.weight) for one in found] == [(code, sentence, "error")]


def _named_ladder(changes: dict[str, Any]) -> Any:
    document = tool(**changes).document
    return type(document)("submissions/tools/ladder.yaml", document.value, document.marks)


def test_each_rule_has_a_bad_sample() -> None:
    """A rule that is added to CHECKS needs a sample here."""
    assert {name.partition(":")[0] for name in BAD} == {rule.__name__ for rule in CHECKS}


SCHEMA: dict[str, tuple[dict[str, Any], str, str]] = {
    "required": (
        {"mood": None},
        "mood.missing",
        "Mood is missing. Add a line `mood:` (for example `calm`). How it feels.",
    ),
    "required, where the example is a list": (
        {"topics": None},
        "topics.missing",
        "Topics is missing. Add a line `topics:`. Some, the most fitting first.",
    ),
    "required, where another field asks for it": (
        {"model": "B2"},
        "maker.missing",
        "Maker is missing. Add a line `maker:` (for example `Ann`). Who made it.",
    ),
    "dependentRequired": (
        {"link": {"url": URL, "archived_on": "2024"}},
        "link.archived-url.missing",
        (
            "Where to find it, Archived copy is missing. Add a line `archived_url:` (for example "
            "`https://www.example.org/`). The full address."
        ),
    ),
    "additionalProperties, near": (
        {"moood": "calm"},
        "entry.unknown-field",
        "The entry has no field named `moood`. Did you mean `mood`?",
    ),
    "additionalProperties, far": (
        {"credit": {"choice": "name", "name": "Ann", "zzz": "x"}},
        "credit.unknown-field",
        "Credit has no field named `zzz`. The fields here are: choice, name.",
    ),
    "type: text": ({"maker": ["Ann"]}, "maker.wrong-type", "Maker must be text."),
    "type: a number for text": (
        {"maker": 2020},
        "maker.wrong-type",
        "Maker must be text: put quotes around it, '2020'. You wrote: 2020.",
    ),
    "type: true for text": (
        {"maker": True},
        "maker.wrong-type",
        "Maker must be text: put quotes around it, 'true'. You wrote: true.",
    ),
    "type: whole number": (
        {"minutes_max": "1.5"},
        "minutes-max.wrong-type",
        "Time to allow must be a whole number. You wrote: '1.5'.",
    ),
    "type: true for a number": (
        {"minutes_max": True},
        "minutes-max.wrong-type",
        "Time to allow must be a whole number. You wrote: true.",
    ),
    "type: list": (
        {"parts": "bolt"},
        "parts.wrong-type",
        "Parts must be a list, each item on a line of its own after a hyphen. You wrote: 'bolt'.",
    ),
    "type: group": (
        {"privacy": "mine"},
        "privacy.wrong-type",
        "Privacy must be a group of named fields. You wrote: 'mine'.",
    ),
    "type: empty": (
        {"parts": ""},
        "parts.wrong-type",
        (
            "Parts must be a list, each item on a line of its own after a hyphen, and is empty: "
            "fill it in, or leave the whole line out."
        ),
    ),
    "enum": ({"mood": "sad"}, "mood.not-in-list", "Mood must be one of: calm, loud. You wrote: 'sad'."),
    "const": ({"broken": True}, "broken.not-allowed", "Broken must be false. You wrote: true."),
    "pattern, with a sentence of its own": (
        {"model": "b2", "maker": "Ann"},
        "model.malformed",
        "Model must be a letter and a digit. You wrote: 'b2'.",
    ),
    "pattern, with a line end too many": (
        {"added": "2026-10\n"},
        "added.malformed",
        "Added must be a year and a month in quotes, such as '2026-11'. You wrote: '2026-10 '.",
    ),
    "format": (
        {"began": "2021-02-30"},
        "began.no-such-date",
        (
            "Began must be a date that exists, in quotes, such as '2020', '2020-04' or '2020-04-15'. "
            "You wrote: '2021-02-30'."
        ),
    ),
    "minLength": ({"maker": "A"}, "maker.too-short", "Maker must have at least 2 characters. You wrote: 'A'."),
    "maxLength": (
        {"maker": "a" * (QUOTED + 1)},
        "maker.too-long",
        f"Maker must have at most 50 characters. You wrote: '{'a' * QUOTED}…'.",
    ),
    "minLength and pattern at once": (
        {"title": ""},
        "title.too-short",
        "Title must be one line of 3 to 110 characters.",
    ),
    "minItems": ({"parts": ["bolt"]}, "parts.too-few", "Parts must list at least 2."),
    "maxItems": ({"colours": ["red", "blue", "green"]}, "colours.too-many", "Colours must list at most 2."),
    "uniqueItems": ({"colours": ["red", "red"]}, "colours.repeated", "Colours must not list the same thing twice."),
    "minimum": ({"minutes_max": 4}, "minutes-max.too-small", "Time to allow must be 5 or more. You wrote: 4."),
    "maximum": ({"minutes_max": 241}, "minutes-max.too-large", "Time to allow must be 240 or less. You wrote: 241."),
    "in a list": (
        {"steps": [STEP, {"minutes": 0}]},
        "steps.minutes.too-small",
        "Steps 2, Minutes must be 1 or more. You wrote: 0.",
    ),
    "not": (
        {"mood": "loud", "lesson": "Hush."},
        "lesson.not-allowed",
        "Lesson is not wanted here; leave it out. You wrote: 'Hush.'.",
    ),
    "no words for it": (
        {"size": 7},
        "size.refused",
        "Size does not fit; see the field's description in the schema. You wrote: 7.",
    ),
}


@pytest.mark.parametrize(("changes", "code", "sentence"), SCHEMA.values(), ids=SCHEMA.keys())
def test_schema(changes: dict[str, Any], code: str, sentence: str) -> None:
    """Each word of JSON Schema has a sentence, and the library's own words never pass."""
    assert check(**changes) == [(code, sentence)]


def test_each_schema_word_has_a_sample() -> None:
    """A word that gets a code or a sentence needs a sample here."""
    assert {*CODES, *WORDS} <= {name.replace(":", ",").partition(",")[0] for name in SCHEMA}


def test_hopeless() -> None:
    """Everything is told at once, in reading order, each thing once."""
    text = (SAMPLES / "hopeless.yaml").read_text(encoding="utf-8")
    assert check_text(text, "submissions/tools/hopeless.yaml") == [
        "1:7 slug.malformed Short name may hold only lower-case letters. You wrote: 'Ladder'.",
        "2:8 title.too-short Title must be one line of 3 to 110 characters. You wrote: ' '.",
        "3:10 summary.too-short In one sentence must be one line of 20 to 200 characters. You wrote: 'Too short'.",
        "4:7 mood.not-in-list Mood must be one of: calm, loud. You wrote: 'sad'.",
        "5:1 entry.unknown-field The entry has no field named `colors`. Did you mean `colours`?",
        "6:10 colours.too-many Colours must list at most 2.",
        "6:10 colours.repeated Colours must not list the same thing twice.",
        "6:21 colours.not-in-list Colours 3 must be one of: red, blue, green. You wrote: 'teal'.",
        "7:8 maker.wrong-type Maker must be text.",
        "8:8 model.malformed Model must be a letter and a digit. You wrote: 'b2'.",
        "9:9 broken.not-allowed Broken must be false. You wrote: true.",
        "10:15 status-as-of.wrong-type Status as of must be text: put quotes around it, '2021'. You wrote: 2021.",
        (
            "11:14 minutes-min.more-than-most Shortest time is 90, which is more than Time to allow, 15. Swap or "
            "mend the two numbers."
        ),
        "13:13 people-min.too-small Fewest people must be 1 or more. You wrote: 0.",
        (
            "14:8 began.no-such-date Began must be a date that exists, in quotes, such as '2020', '2020-04' or "
            "'2020-04-15'. You wrote: '2021-02-30'."
        ),
        (
            "15:8 about.markup About must not hold HTML. You wrote: '<b>'. Write plain paragraphs, lists, "
            "*emphasis* and links."
        ),
        ("15:8 about.markup About must not hold headings. You wrote: '# Big'. Write a plain paragraph in its place."),
        "15:8 about.bad-link About holds a link to 'http://www.example.org'. A link must start with https://.",
        "16:8 parts.too-few Parts must list at least 2.",
        ("18:5 steps.minutes.missing Steps 1, Minutes is missing. Add a line `minutes:` (for example `10`). How long."),
        (
            "22:3 link.archived-url.missing Where to find it, Archived copy is missing. Add a line "
            "`archived_url:` (for example `https://www.example.org/`). The full address."
        ),
        (
            f"22:8 link.url.not-secure Where to find it, Link must start with https://. You wrote: '{OLD}'. "
            f"{ADDRESS_WORDS}"
        ),
        "23:10 link.label.too-short Where to find it, Words must be one line of 2 to 300 characters.",
        (
            "25:8 topics.wrong-type Topics must be a list, each item on a line of its own after a hyphen, and is "
            "empty: fill it in, or leave the whole line out."
        ),
        "26:10 licence.not-in-list Licence must be one of: CC0-1.0. You wrote: 'mine'.",
        "27:8 added.ahead Added must not lie in the future. You wrote: '2027-01'. Mend the date.",
        (
            "28:19 intake.channel.not-in-list How it came in, Channel must be one of: editors, issue, offline. "
            "You wrote: 'pigeon'."
        ),
    ]


NAMELESS = (
    "1:1 entry.wrong-type The file must hold named fields, each on a line of its own such as "
    "`title: A shift-swap board`."
)


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "12"])
def test_no_fields_at_all(text: str) -> None:
    """A file that holds no fields gets one sentence."""
    assert check_text(text) == [NAMELESS]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("slug: ladder\nretracted: '2026-11'\n", []),
        (
            "title: A ladder\nslug: stairs\nretracted: now\n",
            [
                "1:1 entry.unknown-field The entry has no field named `title`. The fields here are: slug, retracted.",
                (
                    "2:7 slug.not-file-name Short name must be the file's own name. The file is `ladder.yaml`, "
                    "the slug says `stairs`. Rename the file, or set the slug to its name."
                ),
                (
                    "3:12 retracted.malformed Retracted must be a year and a month in quotes, such as '2026-11'. "
                    "You wrote: 'now'."
                ),
            ],
        ),
    ],
    ids=["right", "wrong"],
)
def test_retracted(text: str, said: list[str]) -> None:
    """Of a retracted entry only its slug and a month may be left."""
    assert check_text(text) == said


def together(*changes: dict[str, Any]) -> list[Problem]:
    """Return what is wrong between tools `one`, `two`, `three`, each with a title of its own."""
    names = ("one", "two", "three")
    given = [tool(**{"slug": name, "title": f"Tool {name}", **own}) for name, own in zip(names, changes, strict=False)]
    return [problem for problem in check_together(given) if problem.is_error]


def first(problems: list[Problem]) -> tuple[str, str, str]:
    """Return file, code and sentence of the one problem."""
    assert len(problems) == 1, problems
    return problems[0].place.file, problems[0].code, problems[0].message


def test_titles_are_free() -> None:
    """A title is taken whatever its capitals; the later file is told."""
    assert first(together({"title": "The Straße"}, {"title": "THE STRASSE"})) == (
        "submissions/tools/two.yaml",
        "title.taken",
        (
            "Title stands already on submissions/tools/one.yaml. If both speak of the same thing, merge them; "
            "otherwise make this title say how it differs."
        ),
    )


TAKEN = (
    "submissions/tools/two.yaml",
    "sources.url.already-used",
    (
        "Sources 1, Link stands already in submissions/tools/one.yaml. If the two entries speak of the same thing, "
        "merge them; if both rightly rest on this address, add `same_source: true` to each."
    ),
)
PAGE = {"link": {"url": "https://www.example.org/a"}}
SAME_PAGE = {"sources": [{"title": "A page", "url": "http://example.org/a/#part"}]}


def test_addresses_are_free() -> None:
    """An address may stand in one entry, there as often as it likes, however it is written."""
    assert first(together(PAGE, SAME_PAGE)) == TAKEN
    assert together({**PAGE, **SAME_PAGE}) == []
    assert together(PAGE, {"link": {"url": "https://www.example.org/A"}}) == []


@pytest.mark.parametrize(("one", "two", "free"), [(True, True, True), (True, None, False), (None, True, False)])
def test_same_source(one: bool | None, two: bool | None, *, free: bool) -> None:
    """Two entries share an address only where both say so."""
    found = together({**PAGE, "same_source": one}, {**SAME_PAGE, "same_source": two})
    assert found == [] if free else first(found) == TAKEN


def test_replaced_by() -> None:
    """The entry that readers should see in its place must exist."""
    retired = {"retired": {"on": "2026-10", "why": "It broke", "replaced_by": "two"}}
    assert together(retired, {}) == []
    assert first(together(retired)) == (
        "submissions/tools/one.yaml",
        "retired.replaced-by.no-such-entry",
        "Retired, Replaced by must name an entry of the same kind. There is no `two` in submissions/tools.",
    )


def test_near_duplicates() -> None:
    """Near-equal texts are a warning, which names the share and the earlier file."""
    about = " ".join(f"word{number}" for number in range(60))
    same, other = tool(slug="one", about=about), tool(slug="two", about=about, title="Ladder two", mood="loud")
    (found,) = check_together([same, other])
    assert (found.code, found.weight, found.place.file) == (
        "entry.near-duplicate",
        "warning",
        "submissions/tools/two.yaml",
    )
    assert found.message == (
        "The entry shares 83% of its wording with submissions/tools/one.yaml. "
        "Look at both: keep one, or make plain how they differ."
    )


def test_what_is_retracted_takes_no_name() -> None:
    """A tombstone is compared with nothing."""
    tombstone = Submission(tools(), document_of("slug: one\nretracted: '2026-11'\n", "submissions/tools/one.yaml"))
    assert check_together([tombstone, tool()]) == ()


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a", "http://example.org/a", "https://www.example.org/a/", "https://EXAMPLE.org/a#b"],
)
def test_normalised(address: str) -> None:
    """Scheme, `www.`, capitals of the host, a last slash and a fragment change nothing."""
    assert normalised(address) == "example.org/a"


def test_normalised_keeps_what_matters() -> None:
    """Capitals and questions after the host lead elsewhere."""
    assert normalised("https://example.org/A?b=C") == "example.org/A?b=C"
