"""The rules of GitHub that this project relies on. `RULES` holds them all, by name."""

from typing import Any

from mutualaid.rehearsal.rules import access, events, git, issues, limits, merging, pulls
from mutualaid.rehearsal.rules.rule import Refusal, Rule

RULES: dict[str, Rule[Any, Any]] = {
    one.name: one
    for room in (access, limits, issues, git, pulls, merging, events)
    for one in vars(room).values()
    if isinstance(one, Rule)
}

__all__ = ["RULES", "Refusal", "Rule"]
