"""Every attack by its name, in the order in which they are played."""

from collections.abc import Mapping

from mutualaid.rehearsal.plays import approvals, forks, texts
from mutualaid.rehearsal.plays.attack import Attack

ATTACKS: Mapping[str, Attack] = {one.name: one for room in (approvals, forks, texts) for one in room.ATTACKS}
