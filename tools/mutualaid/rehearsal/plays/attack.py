"""What an attack is, and what must be true after each: nothing was published that nobody approved, and nothing ran."""

from collections.abc import Callable
from dataclasses import dataclass

from mutualaid.rehearsal.plays.stage import Stage, must, short


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack by its `name`: what is `tried`, and the deed that returns what the bot did. The deed raises Missed."""

    name: str
    tried: str
    deed: Callable[[Stage], str]


def play(stage: Stage, attack: Attack) -> tuple[str, str]:
    """Play an attack; returns what the bot did and what became public. Raises Missed where it got through."""
    stage.planted = stage.tip
    did = attack.deed(stage)
    before = stage.planted
    must(not stage.trace.exists(), "Code of a stranger ran here: it left its trace.")
    must(stage.tip == before, f"main moved from {short(before)} to {short(stage.tip)}; nothing may be merged here.")
    must(not any(one.publishes for one in stage.answers), "The bot asked for a new site.")
    return did, f"nothing. main is at {short(stage.tip)} as before."
