"""The desk that most tests of flows begin at."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as found:
        yield found
