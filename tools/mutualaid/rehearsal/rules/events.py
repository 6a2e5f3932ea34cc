"""What GitHub tells workflows, and with which rights they then run."""

import datetime as dt
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
SWITCHING = "actions/how-tos/manage-workflow-runs/disable-and-enable-workflows"
QUIET = dt.timedelta(days=60)
ON = re.compile(r"^on:(?P<line>.*)\n(?P<block>(?:(?: .*)?\n)*)", re.MULTILINE)


def triggers_of(workflow: str) -> set[str]:
    """Return the names of the events that a workflow file listens to."""
    found = ON.search(re.sub(r"#.*", "", workflow) + "\n")
    if not found:
        return set()
    return {*re.findall(r"\w+", found["line"]), *re.findall(r"^ {2}(\w+):", found["block"], re.MULTILINE)}


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


@rule(SWITCHING, always(False))
def quiet_repositories_lose_their_timers(world: World, switched_on: dt.datetime | None) -> bool:
    """A file with a schedule is switched off after 60 days without a commit on main, and stays so until switched on.

    GitHub's page says “no repository activity”; what counts as such it does not say. Maintainers report commits.
    """
    tip = world.history.commit(world.tip("main") or "")
    moments = [*([tip.committer.at] if tip else ()), *([switched_on] if switched_on else ())]
    return world.clock - max(moments, default=world.clock) >= QUIET


@rule(SWITCHING, always("active"))
def forks_start_without_timers(world: World, path: str, workflow: str) -> str:
    """In a fork each file with a schedule is off until somebody switches on that file."""
    is_off = world.settings.is_fork and "schedule" in triggers_of(workflow) and path not in world.started
    return "disabled_fork" if is_off else "active"


@rule(
    "Seen by maintainers, for example https://github.com/ambv/retype/pull/31 and "
    "https://github.com/FabbDev/update-config/pull/5: pushes and pull requests started nothing either",
    always(True),
)
def a_stopped_file_stops_whole(_: World, state: str) -> bool:
    """A workflow file that is switched off starts for no event at all, whatever it was switched off for."""
    return state == "active"
