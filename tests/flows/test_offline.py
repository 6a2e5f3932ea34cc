"""Taking in what came without an account: from a letter or typed answers to an entry, a code, a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from mutualaid.adapters.yaml import canonical, read_yaml
from mutualaid.core.entries.problem import Problem
from mutualaid.core.entries.removal_code import Code, opens, read_code
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.mail_text import Letter
from mutualaid.errors import Misuse
from mutualaid.flows.load_entries import load_entries
from mutualaid.flows.offline import (
    Desk,
    consider,
    open_desk,
    open_letter,
    read_answers,
    sealed,
    write,
)
from offline_letters import letter_text, said_yes
from world import TODAY, World

SECRET, SALT = bytes(range(16)), b"s" * 16


def desk(world: World, kind: str = "examples") -> Desk:
    """Return a desk in a checkout."""
    return open_desk(world.root, kind, load_entries(world.root, TODAY).entries, TODAY)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """Return the codes of problems."""
    return [problem.code for problem in problems]


def test_an_entry_is_made(world: World) -> None:
    """It says that it came in offline, in which month, and nothing else of how it came; it can be read back."""
    draft = consider(desk(world), said_yes())
    assert draft.is_ready and draft.problems == () and draft.hints == ()
    assert draft.value["intake"] == {"channel": "offline"}
    assert (draft.value["added"], draft.slug) == ("2026-11", "a-jar-for-the-late-bus")
    reading = read_yaml(draft.text, "jar.yaml")
    assert reading.document is not None and reading.document.value == draft.value
    assert list(draft.value)[-1] == "intake"


def test_a_name_of_earlier_days_is_not_given_again(world: World) -> None:
    """The old address of a renamed entry leads to it, so a new entry gets another name."""
    world.entry("examples", "bus-money", aliases=["a-jar-for-the-late-bus"])
    world.entry("groups", "riders", aliases=["a-jar-for-the-late-bus-2"])
    draft = consider(desk(world), said_yes())
    assert draft.slug == "a-jar-for-the-late-bus-2" and "aliases.taken" not in codes(draft.problems)


def test_written_and_checked_again(world: World) -> None:
    """What was written is accepted by the check as it is, with what is kept of the code and without."""
    own = desk(world)
    draft, _ = sealed(own, consider(own, said_yes()), SECRET, SALT)
    name = write(own, draft)
    assert name == "submissions/examples/a-jar-for-the-late-bus.yaml"
    assert (world.root / name).read_text(encoding="utf-8") == draft.text == canonical(draft.value, own.rulebook.kind)
    loaded = load_entries(world.root, TODAY)
    assert [one.slug for one in loaded.entries] == [draft.slug]
    assert loaded.problems == ()


def test_a_code_opens_its_entry(world: World) -> None:
    """The code names the entry; the file keeps only the salted hash."""
    own = desk(world)
    draft, code = sealed(own, consider(own, said_yes()), SECRET, SALT)
    read = read_code(code)
    assert read == Code("examples", draft.slug, SECRET)
    assert opens(SECRET, draft.value["retraction"])
    assert code.partition(": ")[2] not in draft.text and SECRET.hex() not in draft.text


def test_a_second_one_of_the_same_title(world: World) -> None:
    """It gets a name of its own, and is told of the first."""
    own = desk(world)
    write(own, consider(own, said_yes()))
    again = desk(world)
    draft = consider(again, said_yes())
    assert draft.slug == "a-jar-for-the-late-bus-2"
    assert "title.taken" in codes(draft.problems) and not draft.is_ready
    with pytest.raises(Misuse, match="is there already"):
        write(again, replace(draft, slug="a-jar-for-the-late-bus"))


def test_problems_of_all_sorts_at_once(world: World) -> None:
    """What the form, the schema and the rules beyond it say comes in the order of the form; nothing is raised."""
    answers = said_yes(summary="Too short", size_band="Huge", what_was_done="<b>It</b>", topics="")
    draft = consider(desk(world), replace(answers, consents=(True, False, True, True)))
    wanted = [
        "summary.too-short",
        "size-band.not-in-list",
        "what-was-done.markup",
        "topics.missing",
        "consents.unchecked",
    ]
    assert codes(draft.problems) == wanted
    assert "Check it only where whoever sent this said yes to it" in draft.problems[-1].message
    assert "/withdraw" not in draft.problems[-1].message


def test_a_correction_is_made_in_the_file(world: World) -> None:
    """A sheet that names an entry to correct makes no second one."""
    draft = consider(desk(world), said_yes(corrects="/examples/a-jar/"))
    assert "corrects.by-hand" in codes(draft.problems)


def test_what_is_too_large(world: World) -> None:
    """An entry that no reader would take is refused before it is written."""
    sources = "\n".join(
        f"{'Source ' * 40}{number} | https://www.example.org/{'x' * 400}{number}" for number in range(200)
    )
    draft = consider(desk(world), said_yes(sources=sources))
    assert "file.too-long" in codes(draft.problems)


def test_hints(world: World) -> None:
    """What could point to somebody is told with softer words, and does not keep the entry from being written."""
    story = "On March 3 eleven of us met Maria Gonzalez."
    draft = consider(desk(world), said_yes(what_was_done=story))
    assert codes(draft.hints) == ["identifying.full-date", "identifying.exact-headcount", "identifying.name"]
    assert "“one spring”" in draft.hints[0].message
    assert draft.is_ready


def test_the_senders_name(world: World) -> None:
    """A sender's name or address that still stands in the text is pointed at, in every field."""
    people = ("Ulla Ek", "ulla@mail.example", "Ulla")
    draft = consider(desk(world), said_yes(what_was_done="Ask ULLA or ulla@mail.example. Ullared is far."), people)
    assert codes(draft.hints) == ["identifying.sender", "identifying.sender"]
    group = desk(world, "groups")
    named = consider(group, Answers({"title": "The Ulla Ek fund"}), people)
    assert [(one.code, one.where) for one in named.hints] == [
        ("identifying.sender", "Short name"),
        ("identifying.sender", "Name"),
    ]


def test_alone(world: World) -> None:
    """The comparison with all others can be left out while somebody types."""
    own = desk(world)
    write(own, consider(own, said_yes()))
    assert "title.taken" in codes(consider(desk(world), said_yes()).problems)


@pytest.mark.parametrize("name", ["examples", "Example", "EXAMPLES"])
def test_kinds_by_name(world: World, name: str) -> None:
    """A kind is known by its name and by what one of it is called."""
    assert desk(world, name).rulebook.kind.name == "examples"


def test_no_such_kind(world: World) -> None:
    """The kinds that there are are named."""
    with pytest.raises(Misuse, match=r"There is no kind poems\. The kinds are: examples, exercises, groups, resources"):
        desk(world, "poems")


@pytest.mark.parametrize("layout", ["plain", "headings"])
def test_letters(world: World, layout: str) -> None:
    """A letter with labels, and one with the headings of the form, give the same answers."""
    own = desk(world)
    text = write_form(said_yes(), own.form) if layout == "headings" else letter_text()
    answers, _ = read_answers(Letter(f"Dear all,\n\n{text}\n-- \nJane"), own.form)
    assert isinstance(answers, Answers)
    assert consider(own, answers).text == consider(own, said_yes()).text


def test_a_forwarded_letter(world: World) -> None:
    """What stands above the answers goes with the greeting; what stands below is refused with its line."""
    own = desk(world)
    text = f"For the site\n\n---------- Forwarded message ---------\nFrom: Jane Roe\nDate: today\n\n{letter_text()}"
    answers, reading = read_answers(Letter(text), own.form)
    assert isinstance(answers, Answers), answers
    assert consider(own, answers).text == consider(own, said_yes()).text
    assert reading.left_out == ("4 lines above the first question.",)
    problems, _ = read_answers(Letter(f"{letter_text()}\n\nBest wishes,\nJane Roe"), own.form)
    assert isinstance(problems, tuple) and codes(problems) == ["form.boxes-differ"]
    assert "put nothing after them" in problems[0].message


def test_a_letter_that_is_no_form(world: World) -> None:
    """It is refused with what to do, and the reading that was tried first."""
    problems, _ = read_answers(Letter("Dear all, we have a jar."), desk(world).form)
    assert isinstance(problems, tuple)
    assert codes(problems) == ["form.no-question"]


@pytest.mark.parametrize("name", ["gone.txt", "."])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    """The sentence names it."""
    with pytest.raises(Misuse, match="cannot be read"):
        open_letter(tmp_path / name)
