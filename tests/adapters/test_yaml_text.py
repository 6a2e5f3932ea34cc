"""YAML, strictly: each thing that is refused, with its place and sentence, and nothing that can stop the reader."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid.adapters.yaml_text import MAX_DEPTH, read_yaml, write_yaml
from mutualaid.core.document import KEY
from world import told

BIDIRECTIONAL = [chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
ALIAS = "An alias, *x, stands here. Write the text out again."
ANCHOR = "An anchor, &x, stands here. Take it out."
DEEP = f"The text is nested more than {MAX_DEPTH} deep here. No entry needs that; take levels out."
EMPTY = "1:1 yaml.empty The file is empty. It must hold named fields, each on a line of its own."
ESCAPE = "An escape in this text stands for a tab or an invisible character. Take it out."
KEY_NOT_TEXT = "A field's name must be plain text. Take the brackets out."
RESERVED = "The text starts with a reserved character. Put it in quotes."
SECOND = "A second document starts here. Put it in a file of its own."
TAB = "A tab stands here. Indent with spaces, two a level."
UNCLOSED = "A quote is opened and never closed. Close it."
UNREADABLE = (
    "The file cannot be read from here on. Look at this line and the one above: a quote, colon or indent is off."
)


def _invisible(name: str) -> str:
    return f"An invisible character stands here ({name}). Delete it and type the text around it again."


def _twice(name: str, line: int) -> str:
    return f"The field `{name}` stands here a second time; the first is on line {line}. Keep one."


REFUSED: dict[str, tuple[str, list[str]]] = {
    "duplicated key": ("a: 1\nb: 2\na: 3\n", [f"3:1 yaml.duplicate-field {_twice('a', 1)}"]),
    "duplicated key inside": ("x:\n  - b: 1\n    b: 1\n", [f"3:5 yaml.duplicate-field {_twice('b', 2)}"]),
    "alias": ("a: 1\nb: *x\n", [f"2:4 yaml.alias {ALIAS}"]),
    "alias as a key": ("*x :\n", [f"1:1 yaml.alias {ALIAS}"]),
    "anchor": ("a: &x text\n", [f"1:4 yaml.anchor {ANCHOR}"]),
    "anchor on a list": ("a: &x\n  - 1\n", [f"1:4 yaml.anchor {ANCHOR}"]),
    "anchor and alias": ("a: &x text\nb: *x\n", [f"1:4 yaml.anchor {ANCHOR}", f"2:4 yaml.alias {ALIAS}"]),
    "tag": (
        "a: !!python/name:os.system x\n",
        [
            "1:4 yaml.tag A tag, tag:yaml.org,2002:python/name:os.system, stands here. Take it out; plain text is enough."
        ],
    ),
    "tag of one's own": ("a: !x [1]\n", ["1:4 yaml.tag A tag, !x, stands here. Take it out; plain text is enough."]),
    "tab as indent": ("a:\n\tb: 1\n", [f"2:1 yaml.tab {TAB}"]),
    "tab in a text": ("é: b\tc\n", [f"1:5 yaml.tab {TAB}"]),
    "control character": ("a: b\x07\n", [f"1:5 yaml.invisible-character {_invisible('U+0007')}"]),
    "null": ("a\x00", [f"1:2 yaml.invisible-character {_invisible('U+0000')}"]),
    "carriage return alone": ("a: b\rc: d\n", [f"1:5 yaml.invisible-character {_invisible('U+000D')}"]),
    "byte order mark inside": (
        "a: \ufeffb\n",
        [f"1:4 yaml.invisible-character {_invisible('ZERO WIDTH NO-BREAK SPACE')}"],
    ),
    "every unwanted character": (
        "a: \t\nb: \x01\n",
        [f"1:4 yaml.tab {TAB}", f"2:4 yaml.invisible-character {_invisible('U+0001')}"],
    ),
    "escaped bidirectional character": ('a: "x\\u202ey"\n', [f"1:4 yaml.invisible-character {ESCAPE}"]),
    "escaped null": ('a: "\\0"\n', [f"1:4 yaml.invisible-character {ESCAPE}"]),
    "escaped tab in a key": ('"\\t": x\n', [f"1:1 yaml.invisible-character {ESCAPE}"]),
    "colon inside": (
        "a: b: c\n",
        ["1:5 yaml.syntax A colon inside the text is read as a new field. Put the whole text in quotes."],
    ),
    "quote inside quotes": (
        "a: 'it's'\n",
        ["1:8 yaml.syntax The indent or a quote is off here. Line the field up with the ones above it."],
    ),
    "single quote unclosed": ("a: 'x\nb: y\n", [f"3:1 yaml.syntax {UNCLOSED}"]),
    "double quote unclosed": ('a: "x\n', [f"2:1 yaml.syntax {UNCLOSED}"]),
    "no colon": (
        "a: x\nhello\n",
        ["3:1 yaml.syntax A field's name must end in a colon, with its text after it or below it."],
    ),
    "at sign": ("a: @x\n", [f"1:4 yaml.syntax {RESERVED}"]),
    "backtick": ("a: `x`\n", [f"1:4 yaml.syntax {RESERVED}"]),
    "list unclosed": ("a: [x, y\n", [f"2:1 yaml.syntax {UNREADABLE}"]),
    "list and fields at one level": ("- a\nb: c\n", [f"2:1 yaml.syntax {UNREADABLE}"]),
    "asterisk": ("a: *bold* text\n", [f"1:9 yaml.syntax {UNREADABLE}"]),
    "a problem before a syntax error": (
        "a: &x 1\nb: 'y\n",
        [f"1:4 yaml.anchor {ANCHOR}", f"3:1 yaml.syntax {UNCLOSED}"],
    ),
    "flow lists 1,000 deep": ("[" * 1000, [f"1:9 yaml.too-deep {DEEP}"]),
    "flow mappings 1,000 deep": ("{a: " * 1000, [f"1:33 yaml.too-deep {DEEP}"]),
    "block lists 1,000 deep": ("- " * 1000 + "x\n", [f"1:17 yaml.too-deep {DEEP}"]),
    "block mappings 1,000 deep": (
        "".join(f"{'  ' * level}a:\n" for level in range(1000)),
        [f"9:17 yaml.too-deep {DEEP}"],
    ),
    "second document": ("a: 1\n---\nb: 2\n---\nc: 3\n", [f"2:1 yaml.several-documents {SECOND}"]),
    "empty": ("", [EMPTY]),
    "only a comment": ("# nothing\n", [EMPTY]),
    "only a byte order mark": ("\ufeff", [EMPTY]),
    "key that is a list": ("? [a]\n: b\n", [f"1:3 yaml.key-not-text {KEY_NOT_TEXT}"]),
    "key that is a flow list": ("{[a]: b}\n", [f"1:2 yaml.key-not-text {KEY_NOT_TEXT}"]),
    "key that is a mapping": ("? {a: b}\n: c\n", [f"1:3 yaml.key-not-text {KEY_NOT_TEXT}"]),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(text: str, said: list[str]) -> None:
    """Each is told with its line and column, counted in characters from 1, and no document comes of it."""
    reading = read_yaml(text, "a.yaml")
    assert told(reading.problems) == said
    assert reading.document is None
    assert {(one.place.file, one.where, one.weight) for one in reading.problems} == {("a.yaml", "The file", "error")}


@pytest.mark.parametrize("character", BIDIRECTIONAL, ids=unicodedata.name)
def test_bidirectional(character: str) -> None:
    """No character that can make a text read otherwise than it is."""
    said = told(read_yaml(f"a: b\nc: d{character}e\n", "a.yaml").problems)
    assert said == [f"2:5 yaml.invisible-character {_invisible(unicodedata.name(character))}"]


def test_alias_bomb() -> None:
    """A text whose aliases would expand to a billion words is told alias by alias, and never expanded."""
    names = "abcdefghij"
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip(names, names[1:], strict=False)
    )
    codes = [problem.code for problem in read_yaml(bomb, "a.yaml").problems]
    assert (codes.count("yaml.anchor"), codes.count("yaml.alias")) == (10, 90)


VALUES: dict[str, Any] = {
    "no": "no",
    "yes": "yes",
    "on": "on",
    "True": "True",
    "true": True,
    "false": False,
    "'true'": "true",
    "~": "~",
    "null": "null",
    "": "",
    "12:30": "12:30",
    "1.10": "1.10",
    "1e3": "1e3",
    "017": "017",
    "0x1f": "0x1f",
    "1_000": "1_000",
    "+5": "+5",
    ".inf": ".inf",
    "2020-04-15": "2020-04-15",
    "2020-04": "2020-04",
    "2020": 2020,
    "'2020'": "2020",
    "|-\n  2020": "2020",
    "0": 0,
    "-7": -7,
    "999999999999999": 999999999999999,
    "1000000000000000": "1000000000000000",
    "\uff12\uff10": "\uff12\uff10",
    "[no, 1, x]": ["no", 1, "x"],
    "{no: no}": {"no": "no"},
}


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=[repr(text) for text in VALUES])
def test_values(text: str, value: Any) -> None:
    """Text stays text; only whole numbers, `true` and `false` are something else."""
    document = read_yaml(f"a: {text}\n", "a.yaml").document
    assert document is not None
    assert document.value == {"a": value}
    assert type(document.value["a"]) is type(value)


@pytest.mark.parametrize("text", ["\ufeffa: x\nb:\n  - y\n", "a: x\r\nb:\r\n  - y\r\n", "---\na: x\nb:\n- y\n...\n"])
def test_what_editors_add_changes_nothing(text: str) -> None:
    """A byte order mark at the start, line ends of Windows, and marks around the one document are fine."""
    document = read_yaml(text, "a.yaml").document
    assert document is not None
    assert document.value == {"a": "x", "b": ["y"]}


def test_marks() -> None:
    """Every value and every key has its place; an unknown one has that of what is around it."""
    document = read_yaml("a: x\nb:\n  - c: 1\n    d: 'two'\n", "a.yaml").document
    assert document is not None
    assert document.marks == {
        (): (1, 1),
        (KEY, "a"): (1, 1),
        ("a",): (1, 4),
        (KEY, "b"): (2, 1),
        ("b",): (3, 3),
        ("b", 0): (3, 5),
        (KEY, "b", 0, "c"): (3, 5),
        ("b", 0, "c"): (3, 8),
        (KEY, "b", 0, "d"): (4, 5),
        ("b", 0, "d"): (4, 8),
    }


def test_deepest() -> None:
    """As deep as may be is fine; one deeper is not."""
    assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml").document is not None
    assert read_yaml("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "a.yaml").document is None


def test_written() -> None:
    """One layout: keys as given, lists below their key, long text in blocks, quotes only where they are needed."""
    value = {"b": "text", "a": ["no", "2020", 2020, True], "true": "true", "text": "One.\n\nTwo.", "none": []}
    assert write_yaml(value) == (
        "b: text\na:\n  - 'no'\n  - '2020'\n  - 2020\n  - true\n'true': 'true'\ntext: |-\n  One.\n\n  Two.\nnone: []\n"
    )


def test_a_value_that_stands_twice_is_written_twice() -> None:
    """The reader refuses anchors, so the writer makes none."""
    same = {"x": ["y"]}
    assert write_yaml([same, same]) == "- x:\n    - y\n- x:\n    - y\n"


PIECES = (
    "a",
    "b",
    ": ",
    ":\n",
    "- ",
    "\n",
    "  ",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ", ",
    "*x",
    "&x ",
    "!t ",
    "? ",
    "|\n",
    ">",
)
MORE_PIECES = (
    "#",
    "---\n",
    "...\n",
    "\\n",
    "\\0",
    "\t",
    "%YAML",
    "\u202e",
    "é",
    "1",
    "true",
    "\\",
    "<<",
    "\r\n",
    "\ufeff",
)
NEARLY_YAML = st.lists(st.sampled_from(PIECES + MORE_PIECES), max_size=25).map("".join)


@settings(deadline=None, max_examples=500, derandomize=True)
@given(st.one_of(st.text(), NEARLY_YAML))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever comes, there is a document or a problem, never both, and never an exception."""
    reading = read_yaml(text, "a.yaml")
    assert (reading.document is None) == bool(reading.problems)
    lines = text.count("\n") + 2
    assert all(1 <= one.place.line <= lines and one.place.column >= 1 for one in reading.problems)


TEXTS = st.text(
    st.one_of(
        st.sampled_from(" \n'\"#:-&*!%@`{}[],?|>0123456789.eE~"),
        st.characters(
            exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=[*BIDIRECTIONAL, *"\ufeff\ufffe\uffff"]
        ),
    )
)
LEAVES = st.one_of(TEXTS, st.integers(-(10**15) + 1, 10**15 - 1), st.booleans())


def _nested(depth: int) -> st.SearchStrategy[Any]:
    if not depth:
        return LEAVES
    inner = _nested(depth - 1)
    return st.one_of(LEAVES, st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3))


@settings(deadline=None, max_examples=300, derandomize=True)
@given(_nested(4))
def test_what_is_written_is_read_again(value: Any) -> None:
    """Text, whole numbers, true and false, lists and mappings come back as they were."""
    written = write_yaml(value)
    document = read_yaml(written, "a.yaml").document
    assert document is not None, written
    assert document.value == value
    assert write_yaml(document.value) == written
