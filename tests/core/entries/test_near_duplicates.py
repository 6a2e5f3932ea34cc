"""Which texts say nearly the same."""

import pytest

from mutualaid.core.entries.near_duplicates import TOO_COMMON, pairs_alike
from world import rows_of

PAIRS = rows_of("alike")
TEN = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(("one", "other", "share"), PAIRS.values(), ids=PAIRS)
def test_two_texts(one: str, other: str, share: float | None) -> None:
    """The share is that of runs of three words; order counts, marks and capitals do not."""
    assert list(pairs_alike([one, other])) == ([] if share is None else [(0, 1, share)])


def test_many_texts() -> None:
    assert list(pairs_alike([TEN, "a b c d", TEN, TEN])) == [(0, 2, 1.0), (0, 3, 1.0), (2, 3, 1.0)]
    texts = [f"licensed to all of us in {number}" for number in range(TOO_COMMON * 2)]
    assert {later for _, later, _ in pairs_alike(texts)} == set(range(1, TOO_COMMON + 1))
