"""Taking in what came without an account: from a letter or typed answers to an entry, a code, a file."""

from dataclasses import replace

import pytest

from forms_under_test import SAMPLES_OF_FORMS, letter_text, said_yes, small_form, yaml_of
from forms_under_test import told as read_forms
from mutualaid.adapters.mail import letter_from
from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.answers import Answers, write_form
from mutualaid.core.forms.mail_text import Letter
from mutualaid.errors import Misuse
from mutualaid.flows.load_checkout import load_checkout
from mutualaid.flows.offline import consider, read_answers, write
from mutualaid.flows.read_offer import Draft
from world import PROJECT, TODAY, World

CHECKOUT = load_checkout(PROJECT)
FORM = CHECKOUT.forms["examples"]


def drafted(
    world: World, answers: Answers | None = None, people: tuple[str, ...] = (), kind: str = "examples"
) -> Draft:
    house = load_checkout(world.root)
    return consider(house, house.forms[kind], answers or said_yes(), TODAY, people)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("letter", yaml_of(SAMPLES_OF_FORMS / "letters.yaml"), ids=lambda letter: letter["case"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_letters(letter: dict[str, str], end: str) -> None:
    """However people and their programs write the answers, they are the same; lines that are left out are counted."""
    text = letter["text"].translate(str.maketrans("→⌂", "\t\ufeff")).replace("\n", end)
    source = letter_from(text.encode())
    assert isinstance(source, Letter)
    typed = {"title": "A ladder", "kind": "A book", "story": "It was found.\n\nIt was mended."}
    assert read_forms(read_answers(source, small_form())[0]) == {"answers": typed, "checked": [True, True]}


def test_a_question_by_another_name() -> None:
    """A slip in a question's name is shown with its line and its cure, and no line of it is lost as a greeting."""
    for line in ("Titlo: A ladder", "*Titlee:* A ladder", "1. Ttitle: A ladder"):
        problems, _ = read_answers(Letter(f"Hello\n{line}\nKind: A book"), small_form())
        assert isinstance(problems, tuple)
        assert [(one.code, one.place.line) for one in problems] == [("form.near-label", 2)]
        assert "`Title: …`" in problems[0].message


def test_a_second_one_of_the_same_title(world: World) -> None:
    first = drafted(world)
    write(world.root, first)
    draft = drafted(world)
    assert draft.entry.file_slug == "a-jar-for-the-late-bus-2"
    assert "title.taken" in codes(draft.problems) and draft.errors
    with pytest.raises(Misuse, match="is there already"):
        write(world.root, first)


def test_all_that_is_wrong(world: World) -> None:
    """What the form, the schema and the rules beyond it say comes at once, in the order of the form."""
    answers = said_yes(summary="Too short", size_band="Huge", what_was_done="<b>It</b>", topics="")
    draft = drafted(world, replace(answers, consents=(True, False, True, True)))
    found = "what-was-done.markup summary.too-short size-band.not-in-list consents.unchecked"
    assert codes(draft.problems) == found.split()
    assert "Check it only where whoever sent this said yes to it" in draft.problems[-1].message
    sources = "\n".join(f"{'Source ' * 40}{number} | https://www.example.org/{'x' * 400}" for number in range(200))
    assert "file.too-long" in codes(drafted(world, said_yes(sources=sources)).problems)


def test_hints(world: World) -> None:
    """What could point to somebody comes with softer words, and keeps nothing back; the sender's name too."""
    story = "On March 3 eleven of us met Maria Gonzalez."
    draft = drafted(world, said_yes(what_was_done=story))
    assert codes(draft.hints) == ["identifying.full-date", "identifying.exact-headcount", "identifying.name"]
    assert "“one spring”" in draft.hints[0].message
    assert not draft.errors
    people = ("Ulla Ek", "ulla@mail.example", "Ulla")
    draft = drafted(world, said_yes(what_was_done="Ask ULLA or ulla@mail.example. Ullared is far."), people)
    assert codes(draft.hints) == ["identifying.sender", "identifying.sender"]
    named = drafted(world, Answers({"title": "The Ulla Ek fund"}), people, "groups")
    assert [(one.code, one.where) for one in named.hints] == [
        *(("identifying.sender", name) for name in ("Short name", "Name", "Sources 1, Title of the source"))
    ]


def test_a_forwarded_letter(world: World) -> None:
    """What stands above the answers goes with the greeting; what stands below is refused with its line."""
    text = f"For the site\n\n---------- Forwarded message ---------\nFrom: Jane Roe\nDate: today\n\n{letter_text()}"
    answers, reading = read_answers(Letter(text), FORM)
    assert isinstance(answers, Answers), answers
    assert drafted(world, answers).text == drafted(world).text
    assert reading.left_out == ("4 lines above the first question.",)
    by_heading, _ = read_answers(Letter(f"Dear all,\n\n{write_form(said_yes(), FORM)}\n-- \nJane"), FORM)
    assert isinstance(by_heading, Answers) and by_heading.values == answers.values
    problems, _ = read_answers(Letter(f"{letter_text()}\n\nBest wishes,\nJane Roe"), FORM)
    assert isinstance(problems, tuple) and codes(problems) == ["form.boxes-differ"]
    assert "put nothing after them" in problems[0].message
