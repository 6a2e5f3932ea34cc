"""A command that changed nothing is answered above all else; one that was done, and a stranger's, is not."""

import re
from dataclasses import replace

import pytest

from mutualaid.core.pipeline.situation import FormGone, OnlyForPeople, Situation
from mutualaid.core.pipeline.status import FOR_A_PERSON
from situations import BODY, BOT, BROKEN, FOUND, by_hand, form, review, reviewed, said, settled, talked
from world import rows_of


def note_on(situation: Situation) -> str:
    comment = settled(situation).bot_comment
    first = comment.body.split("\n")[1] if comment else ""
    return first if re.search("changed nothing|came after|`/preview`", first) else ""


IN_REVIEW = settled(form())
PUBLISHED = settled(reviewed(IN_REVIEW, review()))
SITUATIONS = {
    "in review": IN_REVIEW,
    "published": PUBLISHED,
    "declined": settled(talked(IN_REVIEW, said("ada", "/decline no"))),
    "withdrawn": settled(talked(IN_REVIEW, said("sam", "/withdraw"))),
    "a removal": form(OnlyForPeople("take-down")),
    "one too many": form(older_open=3),
    "to fix": form(BROKEN),
    "with details": settled(form(FOUND)),
    "by hand": by_hand(),
    "its form is gone": by_hand(FormGone(), author=BOT),
}
ROWS = rows_of("commands", "answered")
AFTER = 60


@pytest.mark.parametrize(("stands", "who", "line", "note"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_is_answered(stands: str, who: str, line: str, note: str) -> None:
    """Once: looked at again, nothing is written; and the comment still ends with what happens next."""
    told = talked(SITUATIONS[stands], said(who, line, AFTER))
    found = note_on(told)
    assert note in found and bool(note) == bool(found)
    comment = settled(told).bot_comment
    assert comment and "**What happens next.** " in comment.body


def test_an_approval_waits_for_a_withdrawal_that_was_misspelt() -> None:
    """Its contributor, or a maintainer who knows better, says which; a stranger's slip holds up nothing."""
    slip = reviewed(talked(IN_REVIEW, said("sam", "/withdrw")), review())
    assert settled(slip).header.status == "in-review" and "Until then I publish nothing" in note_on(slip)
    for who, line, status in (("sam", "/withdraw", "withdrawn"), ("sam", "/recheck", "published")):
        assert settled(talked(slip, said(who, line, 2))).header.status == status
    assert settled(talked(slip, said("ada", "/resume", 2))).header.status == "published"
    for who, line in (("ada", "/preview"), ("ada", "/preview, or /decline?"), ("sam", "/preview")):
        asked = reviewed(talked(slip, said(who, line, 2)), review())
        assert settled(asked).header.status == "in-review"
    shown = reviewed(talked(slip, said("ada", "/preview", 2)), review())
    assert settled(shown).header.status == "in-review" and "The page as it would be" in note_on(shown)
    stranger = reviewed(talked(IN_REVIEW, said("eve", "/withdrw"), said("ada", "/withdrw")), review())
    assert settled(stranger).header.status == "published"


def test_a_person_is_asked_to_see_to_it() -> None:
    """Where somebody wants back what is published; a maintainer's word after that says that it is seen to."""
    asked = settled(talked(PUBLISHED, said("sam", "/withdraw", AFTER)))
    assert FOR_A_PERSON in asked.thread.labels and asked.thread.state == "closed"
    seen = settled(talked(asked, said("ada", "/resume", AFTER + 1)))
    assert FOR_A_PERSON not in seen.thread.labels and not note_on(seen)
    going = settled(talked(replace(asked, tombstone="slug: a-shelf\n"), said("ada", "/retract", AFTER + 1)))
    assert FOR_A_PERSON not in going.thread.labels and going.bot_comment
    assert "Somebody asked for this to be removed" in going.bot_comment.body and not note_on(going)


def test_only_the_latest_is_answered() -> None:
    """The comment has one sentence on however many, and a good word ends it; what was heeded has none."""
    talk = [said("sam", f"/withdr{'w' * count}", AFTER + count) for count in range(1, 9)]
    many = settled(talked(IN_REVIEW, *talk))
    assert many.bot_comment and many.bot_comment.body.count("changed nothing") == 1
    assert not note_on(talked(many, said("sam", "/recheck", AFTER + 20)))
    heeded = talked(IN_REVIEW, said("sam", "/no-credit", 3))
    assert not note_on(reviewed(heeded, review()))


def test_what_was_typed_does_nothing() -> None:
    hostile = said("sam", "/withdrww" + "w" * 60_000 + "`@ada <b>", AFTER)
    comment = settled(talked(IN_REVIEW, hostile, said("sam", "/with `drww @ada <img>", AFTER))).bot_comment
    assert comment and "@ada" not in comment.body and "<img" not in comment.body and len(comment.body) < BODY
