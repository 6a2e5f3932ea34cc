"""The status of a submission. One of these at a time; the label is written by the bot and never read."""

from enum import StrEnum


class SubmissionStatus(StrEnum):
    """The words are what contributors see on the label, after `status: `."""

    RECEIVED = "received"
    NEEDS_FIX = "needs-fix"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    PUBLISHED = "published"
    MAYBE_DUPLICATE = "duplicate?"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"
    RETRACTED = "retracted"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return f"{PREFIX}{self.value}"


PREFIX = "status: "
KIND_PREFIX = "kind: "
FOR_A_PERSON = "for a person"
OVER = frozenset(map(SubmissionStatus, ("published", "withdrawn", "declined", "expired", "retracted")))


def is_ours(label: str) -> bool:
    """Whether the bot sets and takes away this label; others are left as they are."""
    return label.startswith((PREFIX, KIND_PREFIX)) or label == FOR_A_PERSON
