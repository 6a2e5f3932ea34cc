"""The attacks on a merge, one by one: what must be held back is held back, by the point that names it."""

from dataclasses import replace

import pytest

from mutualaid.core.pipeline.decide import decide
from mutualaid.core.pipeline.merge_rule import approval_of, checklist
from mutualaid.core.pipeline.situation import Situation
from situations import BOT, FAR, NOW, OTHER_TEXT, POLICY, READY, by_hand, file, form, pull, review

GOOD = form(READY, pull=pull(review()))
CLASH = replace(READY, clashes=("Title is already in another.",))


def attacked(**changes: object) -> Situation:
    return form(READY, pull=pull(review(), **changes))  # type: ignore[arg-type]


def lacking(situation: Situation) -> list[int]:
    return [place for place, point in enumerate(checklist(situation, POLICY)) if not point.holds]


CHANGES = "CHANGES_REQUESTED"
BASE, FENCE, BYTES, CLASHES, APPROVED, OBJECTIONS = range(6)
OUTSIDE = """content/host.yaml schemas/policy.yaml submissions/examples/../../x.yaml submissions/examples/.yaml
    submissions/others/a.yaml Submissions/examples/a.yaml x/submissions/examples/a.yaml ./submissions/examples/a.yaml
    submissions/examples/a/b.yaml submissions//examples/a.yaml submissions/examples/a.yaml/ submissions/examples/a.yml
    submissions/examples/../groups/a.yaml submissions/examples/.a.yaml"""
ATTACKS = [
    ("another base", attacked(base="release"), [BASE]),
    ("closed", attacked(state="closed"), [BASE]),
    ("a draft", attacked(is_draft=True), [BASE]),
    ("no file", attacked(files=()), [FENCE, BYTES]),
    ("files that GitHub counts and does not list", attacked(counted_files=301), [FENCE]),
    ("a second file", attacked(files=(file(), file("tools/x.py"))), [FENCE, BYTES]),
    ("a second entry", attacked(files=(file(), file("submissions/examples/b.yaml"))), [FENCE, BYTES]),
    *((f"outside of the fence: {path}", attacked(files=(file(path),)), [FENCE, BYTES]) for path in OUTSIDE.split()),
    ("a link", attacked(files=(file(mode="120000"),)), [FENCE]),
    ("a program", attacked(files=(file(mode="100755"),)), [FENCE]),
    ("a mode that nobody saw", attacked(files=(file(mode=""),)), [FENCE]),
    ("a submodule", attacked(files=(file(mode="160000"),)), [FENCE]),
    ("too large", attacked(files=(file(size=60_001),)), [FENCE]),
    ("taken away", attacked(files=(file(change="removed"),)), [FENCE]),
    ("renamed", attacked(files=(file(change="renamed"),)), [FENCE]),
    ("other bytes", attacked(files=(file(blob="9" * 40),)), [BYTES]),
    ("a file that main has changed since", attacked(is_overtaken=True), [BYTES]),
    ("a main that nobody compared it with", attacked(is_overtaken=None), [BYTES]),
    ("an edited form", form(OTHER_TEXT, pull=pull(review())), [BYTES]),
    ("a title that is taken", form(CLASH, pull=pull(review())), [CLASHES]),
    ("an approval of an older commit", form(READY, pull=pull(review(commit=FAR))), [APPROVED]),
    ("an approval without a commit", form(READY, pull=pull(review(commit=""))), [APPROVED]),
    ("no permission", form(READY, pull=pull(review("eve"))), [APPROVED]),
    ("triage only", form(READY, pull=pull(review("tri"))), [APPROVED]),
    ("an unknown permission", form(READY, pull=pull(review("nobody"))), [APPROVED]),
    ("the contributor", form(READY, pull=pull(review("SAM")), permissions={"sam": "admin"}), [APPROVED]),
    ("the bot", form(READY, pull=pull(review(BOT)), permissions={BOT: "admin"}), [APPROVED]),
    ("a comment only", form(READY, pull=pull(review(state="COMMENTED"))), [APPROVED]),
    ("dismissed", form(READY, pull=pull(review(), review(state="DISMISSED", hours=6))), [APPROVED]),
    ("taken back", form(READY, pull=pull(review(), review(state=CHANGES, hours=6))), [APPROVED, OBJECTIONS]),
    ("taken back, and told the other way round", form(READY, pull=pull(review(state=CHANGES, hours=6), review())),
     [APPROVED, OBJECTIONS]),
    ("another objects", form(READY, pull=pull(review(), review("mo", "CHANGES_REQUESTED"))), [OBJECTIONS]),
    *((f"who edited it: {names}", replace(GOOD, thread=replace(GOOD.thread, editors=tuple(names.split()))), [APPROVED])
      for names in ("ada", "sam ADA")),
    ("by hand, their own", by_hand(READY, review("sam")), [APPROVED]),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "points"), [row[1:] for row in ATTACKS], ids=[row[0] for row in ATTACKS])
def test_an_attack(situation: Situation, points: list[int]) -> None:
    assert lacking(situation) == points
    assert "Merge" not in {type(one).__name__ for one in decide(situation, POLICY, NOW).actions}


def test_what_may_be_merged() -> None:
    """All points hold; a stranger's objection, or a comment after the approval, changes nothing."""
    assert lacking(GOOD) == [] and [point.holds for point in checklist(form(), POLICY)] == [False]
    assert lacking(form(READY, pull=pull(review(), review("eve", "CHANGES_REQUESTED", hours=6)))) == []
    assert lacking(form(READY, pull=pull(review(), review(state="COMMENTED", hours=6)))) == []
    assert lacking(by_hand(READY, review())) == []
    assert lacking(replace(by_hand(READY, review("mo"), author=BOT), thread=by_hand().thread)) == []


def test_who_the_policy_lets_approve() -> None:
    alone = replace(POLICY, sole_maintainer=True)
    own = form(READY, pull=pull(review("sam")), permissions={"sam": "admin"})
    own = replace(own, thread=replace(own.thread, editors=("mo", "sam")))
    assert all(point.holds for point in checklist(own, alone))
    assert lacking(replace(GOOD, thread=replace(GOOD.thread, editors=("mo", "sam")))) == []
    assert "so nobody else has looked" in checklist(own, alone)[APPROVED].says
    named = replace(POLICY, approvers=("Mo",))
    assert approval_of(GOOD, named) is None
    assert approval_of(form(READY, pull=pull(review("mo"))), named)
