"""What `content/law.yaml` says: which row of law rests on enough, which one is old, and which one is due."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document
from mutualaid.core.entries.problem import Problem

LawRow = Mapping[str, Any]
OLD_MONTHS = 36


def overdue(law: Document, today: dt.date) -> Iterator[Problem]:
    """Yield a warning for each row whose month to be looked at again has passed."""
    for index, row in enumerate(law.value["rows"]):
        if dates.latest(row["good_until"]) < today:
            until, place = dates.in_words(row["good_until"]), law.place_of(("rows", index, "good_until"))
            sentence = f"{row['name']} was good until {until}. Read its sources again, and set as_of and good_until."
            yield Problem("law.overdue", "Good until", sentence, place, "warning")


def rests(row: LawRow) -> bool:
    """Whether a row rests on an official source, on the body's own, or on two others."""
    kinds = [source["kind"] for source in row.get("sources", ())]
    return "official" in kinds or "own" in kinds or len(kinds) > 1


def is_past(row: LawRow, today: dt.date) -> bool:
    """Whether a row is older than three years, or is due to be looked at again."""
    return dates.latest(min(dates.months_later(row["as_of"], OLD_MONTHS), row["good_until"])) < today
