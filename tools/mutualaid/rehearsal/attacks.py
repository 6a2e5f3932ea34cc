"""All attacks, and what must be true after each: nothing was published that nobody approved, and nothing ran.

An attack is a function: it tries what its docstring says, returns what the bot did, and raises Missed where that was
not enough.
"""

from collections.abc import Callable, Mapping

from mutualaid.rehearsal import approvals, forks, texts
from mutualaid.rehearsal.hands import must, short
from mutualaid.rehearsal.stage import Stage

DEEDS: tuple[Callable[[Stage], str], ...] = (
    approvals.changed_form,
    approvals.late_push,
    approvals.mixed_text,
    approvals.pushed_branch,
    approvals.no_review,
    approvals.own_approval,
    approvals.planted_marker,
    forks.fork_code,
    forks.path_fence,
    forks.own_policy,
    forks.hostile_yaml,
    texts.shell_text,
    texts.two_readings,
    texts.script_text,
    texts.hidden_text,
    texts.flood,
)
ATTACKS: Mapping[str, Callable[[Stage], str]] = {deed.__name__.replace("_", "-"): deed for deed in DEEDS}


def play(stage: Stage, name: str) -> tuple[str, str]:
    """Play an attack; returns what the bot did and what became public. Raises Missed where it got through."""
    stage.planted, stage.steps = stage.tip, []
    did = ATTACKS[name](stage)
    before = stage.planted
    must(not stage.trace.exists(), "Code of a stranger ran here: it left its trace.")
    must(stage.tip == before, f"main moved from {short(before)} to {short(stage.tip)}; nothing may be merged here.")
    must(not any(step.publishes for step in stage.steps), "The bot asked for a new site.")
    return did, f"nothing. main is at {short(stage.tip)} as before."
