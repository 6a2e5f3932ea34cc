"""Groups as somebody who has to ask for help needs them: the newest evidence first, closed funds apart."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry

MONEY = frozenset({"money", "loans"})


@dataclass(frozen=True, slots=True)
class WhereToAsk:
    """Groups that took requests: seen to be open, or known from earlier; and funds that have closed."""

    open_now: tuple[Entry, ...]
    known: tuple[Entry, ...]
    closed_funds: tuple[Entry, ...]


def where_to_ask(entries: Iterable[Entry], today: dt.date) -> WhereToAsk:
    """Sort out the groups that take requests, the newest evidence first."""
    groups = [entry for entry in entries if "serves" in entry.fields and not entry.is_retired]
    asked = sorted((group for group in groups if "open_as_of" in group.fields), key=lambda group: group.title)
    asked.sort(key=lambda group: dates.earliest(group.fields["open_as_of"]), reverse=True)
    is_open = [group for group in asked if is_recent(group, today)]
    closed = tuple(fund for fund in funds_for(groups) if fund.fields["status"] == "closed")
    return WhereToAsk(tuple(is_open), tuple(group for group in asked if group not in is_open), closed)


def is_recent(group: Entry, today: dt.date) -> bool:
    """Whether the group was seen to take requests within six months; a bare year counts from its first month."""
    seen = dates.earliest(group.fields["open_as_of"]).isoformat()[: len("2026-01")]
    return dates.latest(dates.months_later(seen, 6)) >= today


def funds_for(groups: Iterable[Entry], sector: str | None = None) -> tuple[Entry, ...]:
    """Return the funds among groups, for a field of work where one is named."""
    funds = (group for group in groups if MONEY & set(group.fields.get("gives", ())))
    return tuple(fund for fund in funds if sector is None or sector in fund.fields.get("sectors", ()))
