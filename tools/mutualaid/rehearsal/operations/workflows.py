"""Workflows: what there is, what has run, and dispatching one."""

import datetime as dt
import re
from pathlib import PurePosixPath
from typing import Any

from mutualaid.rehearsal.events import emit
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.operations.issues import only_filters
from mutualaid.rehearsal.rules import events as rules
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes.people import home, moment, repository, web
from mutualaid.rehearsal.things import Run
from mutualaid.rehearsal.world import World

FOLDER = ".github/workflows"


def _files(world: World, branch: str = "main") -> dict[str, str]:
    """Read every workflow file of a branch, by its path."""
    folder = world.store.find(world.history.tree_of(world.tip(branch) or ""), FOLDER)
    lines = world.store.tree(folder.sha) if folder else {}
    files = {
        f"{FOLDER}/{name}": world.store.read(one.sha) for name, one in lines.items() if name.endswith(("yml", "yaml"))
    }
    return {path: there[1].decode("utf-8", "replace") for path, there in files.items() if there}


def notice_quiet(world: World) -> None:
    """Switch off what GitHub would have switched off by now."""
    is_quiet = rules.quiet_repositories_lose_their_timers
    for path, text in _files(world).items() if is_quiet(world, None) else ():
        if "schedule" in rules.triggers_of(text) and is_quiet(world, world.started.get(path)):
            world.stopped.setdefault(path, "disabled_inactivity")


def started_by(world: World, event: str) -> list[str]:
    """Return the names of the workflow files that an event starts."""
    listening = {path: text for path, text in _files(world).items() if event in rules.triggers_of(text)}
    return [PurePosixPath(path).name for path, text in listening.items() if _starts(world, path, text)]


def _state(world: World, path: str, text: str) -> str:
    return world.stopped.get(path) or rules.forks_start_without_timers(world, path, text)


def _starts(world: World, path: str, text: str) -> bool:
    return rules.a_stopped_file_stops_whole(world, _state(world, path, text))


def _shape(world: World, path: str, text: str) -> dict[str, Any]:
    number, at = world.account(f"workflow {path}"), moment(world.clock)
    named = re.search(r"^name:\s*(.+?)\s*$", text, re.MULTILINE)
    return {
        "id": number,
        "node_id": f"W_{number}",
        "name": named.group(1).strip("\"'") if named else path,
        "path": path,
        "state": _state(world, path, text),
        "created_at": at,
        "updated_at": at,
        "url": f"{home(world)}/actions/workflows/{number}",
        "html_url": f"{web(world)}/blob/main/{path}",
        "badge_url": f"{web(world)}/workflows/{number}/badge.svg",
    }


def _named(call: Call) -> tuple[str, str]:
    """Find a workflow by its file's name or its number."""
    for path, text in _files(call.world).items():
        if call.path["workflow_id"] in {PurePosixPath(path).name, path, str(call.world.account(f"workflow {path}"))}:
            return path, text
    return found(None)


def _list(call: Call) -> Answer:
    return page(call, list(_files(call.world).items()), lambda one: _shape(call.world, *one), under="workflows")


def _get(call: Call) -> Answer:
    return Answer(200, _shape(call.world, *_named(call)))


def _dispatch(call: Call) -> Answer:
    world, ref = call.world, call.body["ref"]
    path, text = _named(call)
    branch = ref.removeprefix("refs/heads/")
    rules.a_dispatch_needs_its_ref(world, ref)
    rules.a_dispatch_needs_its_trigger(world, found(_files(world, branch).get(path)))
    if not _starts(world, path, text):
        raise Refusal(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow")
    inputs = call.body.get("inputs")
    emit(world, call.actor, "workflow_dispatch", None, inputs=inputs, ref=f"refs/heads/{branch}", workflow=path)
    return Answer(204)


def _enable(call: Call) -> Answer:
    path, _ = _named(call)
    call.world.stopped.pop(path, None)
    call.world.started[path] = call.world.clock
    return Answer(204)


def _list_runs(call: Call) -> Answer:
    only_filters(call, "event", "branch", "status", "exclude_pull_requests")
    path = _named(call)[0]
    wanted = call.query.get("status")
    shown = [
        one
        for one in sorted(call.world.runs, key=lambda one: one.at, reverse=True)
        if one.workflow == PurePosixPath(path).name
        and call.query.get("event") in {None, one.event}
        and call.query.get("branch") in {None, one.branch}
        and (wanted in {None, one.conclusion} or wanted == "completed")
    ]
    return page(call, shown, lambda one: _run(call.world, path, one), under="workflow_runs")


def _run(world: World, path: str, one: Run) -> dict[str, Any]:
    rest, at = f"{home(world)}/actions/runs/{one.id}", moment(one.at)
    workflow, parts = world.account(f"workflow {path}"), ("jobs", "logs", "cancel", "rerun", "artifacts")
    return {
        "id": one.id,
        "node_id": f"WFR_{one.id}",
        "name": path,
        "head_branch": one.branch,
        "head_sha": one.sha,
        "path": path,
        "run_number": one.id,
        "display_title": one.title or path,
        "event": one.event,
        "status": "completed" if one.conclusion else "in_progress",
        "conclusion": one.conclusion,
        "workflow_id": workflow,
        "url": rest,
        "html_url": f"{web(world)}/actions/runs/{one.id}",
        "created_at": at,
        "updated_at": at,
        "run_started_at": at,
        "pull_requests": [],
        "head_commit": None,
        "repository": repository(world),
        "head_repository": repository(world),
        **{f"{part}_url": f"{rest}/{part}" for part in parts},
        "check_suite_url": f"{home(world)}/check-suites/1",
        "workflow_url": f"{home(world)}/actions/workflows/{workflow}",
    }


def record_run(
    world: World, workflow: str, event: str, conclusion: str | None, at: dt.datetime | None, title: str
) -> Run:
    """Keep that a workflow ran, on main."""
    run = Run(world.next_id(), workflow, event, "main", world.tip("main") or "", conclusion, at or world.clock, title)
    world.runs.append(run)
    return run


DEEDS = {
    "actions/list-repo-workflows": Deed(_list, "actions"),
    "actions/get-workflow": Deed(_get, "actions"),
    "actions/enable-workflow": Deed(_enable, "actions", "write", "write"),
    "actions/create-workflow-dispatch": Deed(_dispatch, "actions", "write", "write"),
    "actions/list-workflow-runs": Deed(_list_runs, "actions"),
}
