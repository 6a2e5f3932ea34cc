"""A workshop: running times that add up, and clear words where it cannot be."""

from mutualaid.core.entry import Entry
from mutualaid.core.workshop import Workshop, clock, plan_workshop
from world import real_kinds


def _exercise(slug: str, *minutes: int) -> Entry:
    steps = tuple({"minutes": count, "title": f"Step {index}", "text": "x"} for index, count in enumerate(minutes, 1))
    return Entry(real_kinds()["exercises"], slug, {"title": slug.title(), "steps": steps})


SHELF = {one.slug: one for one in (_exercise("pod-map", 5, 20), _exercise("five-words", 10), _exercise("long", 90))}


def _sentence(slugs: list[str], minutes: int) -> str:
    outcome = plan_workshop(slugs, minutes, SHELF)
    assert isinstance(outcome, str)
    return outcome


def test_running_times() -> None:
    """Each item starts where the one before ended; steps run inside their exercise."""
    outcome = plan_workshop(["pod-map", "five-words"], 60, SHELF)
    assert isinstance(outcome, Workshop)
    assert [(item.start, item.end, item.title) for item in outcome.items] == [
        (0, 5, "Arrive, and say how the time is used"),
        (5, 30, "Pod-Map"),
        (30, 35, "Put papers away, stretch"),
        (35, 45, "Five-Words"),
        (45, 50, "Close: collect nothing, say what comes next"),
    ]
    assert outcome.items[1].steps == ((5, "Step 1"), (10, "Step 2"))
    assert (outcome.spare, [one.slug for one in outcome.exercises]) == (10, ["pod-map", "five-words"])


def test_minutes_that_just_suffice() -> None:
    """With nothing to spare it is a workshop; with a minute less it is not."""
    assert isinstance(plan_workshop(["pod-map", "five-words"], 50, SHELF), Workshop)
    assert _sentence(["pod-map", "five-words"], 49) == (
        "These exercises need 50 minutes and you have 49, which is 1 too few: pod-map 25, five-words 10, "
        "5 to arrive, 5 between exercises, 5 to close. Leave one out, or take more time."
    )


def test_names_that_nobody_has() -> None:
    """The nearest names are offered; all that is amiss is told at once."""
    assert _sentence(["podmap", "pod-map", "pod-map"], 600) == (
        "There is no exercise podmap. Did you mean pod-map?\nThe exercise pod-map is named twice. Name it once."
    )
    assert _sentence(["zzz"], 60) == "There is no exercise zzz. Their names stand in submissions/exercises/."
    assert _sentence([], 60) == "Name at least one exercise."
    assert "35 minutes and you have -5, which is 40 too few" in _sentence(["pod-map"], -5)


def test_clock() -> None:
    """Minutes read as hours and minutes."""
    assert [clock(0), clock(5), clock(65), clock(600)] == ["0:00", "0:05", "1:05", "10:00"]
