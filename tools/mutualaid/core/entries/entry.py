"""An entry: an accepted record. From here on nobody asks again whether the title is there."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.submission import Submission

FRESH_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """`fields` holds what the file holds, unchangeable, lists as tuples; for a retracted entry slug and month alone."""

    kind: Kind
    slug: str
    fields: Mapping[str, Any]

    @property
    def address(self) -> str:
        """The entry's address on the site; it is a promise and never changes."""
        return f"{self.kind.address}{self.slug}/"

    @property
    def title(self) -> str:
        return str(self.fields["title"])

    @property
    def summary(self) -> str:
        return str(self.fields["summary"])

    @property
    def is_retracted(self) -> bool:
        """Whether only a tombstone is left."""
        return "retracted" in self.fields

    @property
    def is_retired(self) -> bool:
        return "retired" in self.fields

    @property
    def review_by(self) -> str:
        """The month by which it should be looked at again: computed from the last review, or from when it was added."""
        reviewed = self.fields.get("reviewed")
        start = reviewed["on"] if reviewed else self.fields["added"]
        return dates.months_later(str(start), self.review_months)

    @property
    def review_months(self) -> int:
        """After how many months to look at it again: 6 for law and safety, 12 for groups and links, else 24."""
        sooner: Mapping[str, int] = self.kind.schema.get("x-review-topics", {})
        by_topic = (sooner[topic] for topic in self.fields["topics"] if topic in sooner)
        return min(int(self.kind.schema["x-review-months"]), *by_topic, 24)

    @property
    def edited(self) -> str:
        """The month of the last edit, or of when it was added."""
        return str(self.fields.get("edited", self.fields["added"]))

    def is_stale(self, today: dt.date) -> bool:
        return dates.latest(self.review_by) < today

    def values(self, field: str, today: dt.date) -> tuple[Any, ...]:
        """Return the values of `field` for facets: each item of a list; none where it is left out."""
        if field == "status":
            return (self.status(today),) if "status" in self.fields else ()
        value = self.fields.get(field, ())
        return value if isinstance(value, tuple) else (value,)

    def status(self, today: dt.date) -> str:
        """Return the status as readers should see it: old evidence of activity reads `last-known-active`."""
        status, as_of = str(self.fields["status"]), self.fields.get("status_as_of")
        if status == "active" and as_of and dates.latest(dates.months_later(as_of, FRESH_MONTHS)) < today:
            return "last-known-active"
        return status


def accept(submission: Submission) -> Entry:
    """Make an entry of a submission in which the checks found nothing wrong."""
    return Entry(submission.kind, str(submission.value["slug"]), frozen(submission.value))


def frozen(value: Any) -> Any:
    """Return a plain value so that nobody can change it: mappings read-only, lists as tuples."""
    if isinstance(value, str):  # Most are, and this is the quick question.
        return value
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    return tuple(frozen(inner) for inner in value) if isinstance(value, list) else value
