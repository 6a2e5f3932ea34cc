"""The week's digest: what waits for maintainers, in numbers and days beside what the host promises.

It names no title, no account and no issue: mail carries it to everybody who watches, and a removal must not be led to.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence

from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, PREFIX, SubmissionStatus
from mutualaid.core.upkeep.tracking_issue import TrackingIssue, wanted

TOPIC = "waiting"
REVIEW = frozenset({SubmissionStatus.IN_REVIEW, SubmissionStatus.MAYBE_DUPLICATE, SubmissionStatus.APPROVED})
PROMISES = {
    "Removals": "takedown_within",
    "Offers that nobody has answered": "answer_within",
    "Offers to review": "review_within",
    "Threads that want a person": "review_within",
    "On hold": "",
}
"""What can wait, and the fact in content/host.yaml that says how long."""
_SPAN = re.compile(r"(\d+) (minute|hour|day|week|month)s?\b")
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30}


def queue_of(labels: Collection[str], *, is_open: bool) -> str:
    """Return what a thread waits for: one of `PROMISES`; '' where it is the contributor's turn, or nobody's.

    A closed one that is for a person is that of somebody who wants back what is published, unless it is a request that
    a person has answered by closing it.
    """
    own = {label.casefold() for label in labels}
    status = {label.removeprefix(PREFIX) for label in own if label.startswith(PREFIX)}
    if not is_open and SubmissionStatus.RECEIVED in status:
        return ""
    is_new = not status and any(label.startswith(KIND_PREFIX) for label in own)
    rules = {
        "Removals": f"{KIND_PREFIX}take-down" in own or (not is_open and FOR_A_PERSON in own),
        "Threads that want a person": FOR_A_PERSON in own or SubmissionStatus.STOPPED in status,
        "Offers to review": status & REVIEW,
        "On hold": SubmissionStatus.HELD in status,
        "Offers that nobody has answered": is_new,
    }
    return next((queue for queue, fits in rules.items() if fits), "")


def digest(found: Sequence[tuple[str, dt.datetime]], host: Mapping[str, str], now: dt.datetime) -> TrackingIssue:
    rows = []
    for queue, promise in PROMISES.items():
        since = [at for other, at in found if other == queue]
        if since:
            age, promised = now - min(since), host.get(promise, "")
            span = _SPAN.search(promised)
            is_late = span and age > dt.timedelta(days=int(span[1]) * _DAYS[span[2]])
            rows.append((queue, len(since), age.days, promised, is_late))
    year, week, _ = now.isocalendar()
    return wanted(TOPIC, f"{year}-{week:02}", f"What waits, {now:%Y-%m-%d}", is_open=bool(rows), rows=rows)
