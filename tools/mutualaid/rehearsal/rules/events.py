"""What GitHub tells workflows, and with which rights they then run."""

import re
from typing import Any

from mutualaid.rehearsal.rules.rule import Refusal, always, nothing, rule
from mutualaid.rehearsal.things import Pull
from mutualaid.rehearsal.world import Actor, World

TRIGGERING = "actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow"
WHICH = "actions/reference/workflows-and-actions/events-that-trigger-workflows"
PAYLOADS = "webhooks/webhook-events-and-payloads"
DISPATCHES = {"workflow_dispatch", "repository_dispatch"}
PARKED = {"opened", "synchronize", "reopened"}


@rule(f"{TRIGGERING}#triggering-a-workflow-from-a-workflow", always("run"))
def token_events_start_nothing(_: World, actor: Actor, name: str) -> str:
    """What a workflow's token does starts no other workflow, dispatches apart."""
    return "nothing" if actor.is_workflow and name not in DISPATCHES else "run"


@rule(f"{TRIGGERING}#triggering-a-workflow-from-a-workflow", lambda _w, _a, _n, _action, starts: starts)
def token_pulls_are_parked(_: World, actor: Actor, name: str, action: str | None, starts: str) -> str:
    """Runs for a pull request that a workflow's token opened or pushed to wait until a person lets them."""
    return "parked" if actor.is_workflow and name == "pull_request" and action in PARKED else starts


@rule(f"{WHICH}#workflows-in-forked-repositories", always("write"))
def fork_events_only_read(_: World, pull: Pull | None, name: str) -> str:
    """A run for a pull request from a fork, or for a review of one, has a token that only reads."""
    return "read" if pull and pull.fork and name.startswith("pull_request") else "write"


@rule(f"{WHICH}#pull_request_review", always("refs/heads/main"))
def reviews_run_on_the_pulls_ref(_: World, pull: Pull | None, name: str) -> str:
    """A run for a pull request or a review has the pull request's own ref, not main."""
    return f"refs/pull/{pull.number}/merge" if pull and name.startswith("pull_request") else "refs/heads/main"


@rule(f"{PAYLOADS}#issues", always({}))
def edits_carry_the_old_text(_: World, old: dict[str, Any]) -> dict[str, Any]:
    """An edit's event holds the text as it was, under `changes`."""
    return {name: {"from": text or ""} for name, text in old.items()}


@rule(f"{WHICH}#workflow_dispatch", nothing)
def a_dispatch_needs_its_trigger(_: World, workflow: str) -> None:
    """A workflow without the trigger `workflow_dispatch` is not dispatched: 422."""
    if not re.search(r"\bworkflow_dispatch\b", workflow):
        raise Refusal(422, "Workflow does not have 'workflow_dispatch' trigger")


@rule("rest/actions/workflows#create-a-workflow-dispatch-event", nothing)
def a_dispatch_needs_its_ref(world: World, ref: str) -> None:
    """A dispatch names a branch that is there; else 422."""
    if not world.tip(ref.removeprefix("refs/heads/")):
        raise Refusal(422, f"No ref found for: {ref}")
