"""Two open forms that are much alike: each tells of the other, both stay, and a person decides."""

from desk import Desk
from mutualaid.core.entries.near_duplicates import MOST, Offered, alike_of

WORDS = "A paper board in the staff room where people trade shifts without asking anybody for leave"


def offered(words: str = "", *addresses: str, kind: str = "groups") -> Offered:
    return Offered(kind, words, frozenset(addresses))


def test_alike_by_words_or_by_address() -> None:
    """Within one kind, a number never like itself; the lowest are named, so that new forms change nothing."""
    by_words = {9: offered(WORDS), 4: offered(f"{WORDS} today"), 6: offered()}
    by_address = {5: offered("Something else", "a.example/fund"), 7: offered("Quite another thing", "a.example/fund")}
    found = alike_of({**by_words, **by_address, 8: offered(WORDS, "a.example/fund", kind="examples")})
    assert found == {4: (9,), 9: (4,), 5: (7,), 7: (5,)}
    found = alike_of({number: offered("", "a.example") for number in range(1, 20)})
    assert found[1] == tuple(range(2, 2 + MOST)) and max(map(len, found.values())) == MOST


def test_both_are_told_and_both_stay(desk: Desk) -> None:
    first, second = desk.offer("sam"), desk.offer("eve", title="A Longer Reading List")
    other = desk.offer("mo", title="Old Maps")
    desk.run(first)
    assert "status: in-review" in desk.labels(first) or f"#{second}" in desk.said(first)
    desk.run()
    for one, like in ((first, second), (second, first)):
        assert desk.labels(one) == {"kind: resources", "status: duplicate?"}
        assert f"#{like} is open too" in desk.said(one) and desk.github.repo.issues[one].is_open
    assert desk.changes_nothing(None, first, second, None)
    desk.comment("eve", second, "/withdraw")
    desk.run(second)
    desk.run()
    assert f"#{second} is open" not in desk.said(first)
    assert "status: in-review" in desk.labels(other)
