"""Statuses and check runs of commits."""

import datetime as dt

from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.operations.contents import resolved
from mutualaid.rehearsal.rules.access import checks_need_an_app
from mutualaid.rehearsal.rules.git import descriptions_end_at_140, the_latest_status_counts
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import git as shapes
from mutualaid.rehearsal.things import CheckRun, Status
from mutualaid.rehearsal.world import World


def succeeded(world: World, sha: str) -> set[str]:
    """Name the statuses and check runs of a commit that say it is good."""
    statuses = [(one.context, one.state) for one in world.statuses if one.sha == sha]
    runs = {one.name for one in world.check_runs.values() if one.sha == sha and one.conclusion == "success"}
    return {name for name, state in the_latest_status_counts(world, statuses) if state == "success"} | runs


def _create_status(call: Call) -> Answer:
    world, sha, body = call.world, call.path["sha"], call.body
    if not world.history.commit(sha):
        raise Refusal(422, f"No commit found for SHA: {sha}")
    descriptions_end_at_140(world, body.get("description"))
    said = (body["state"], body.get("context") or "default", body.get("description"), body.get("target_url"))
    one = Status(world.next_id(), sha, *said, call.actor.name, world.clock)
    world.statuses.append(one)
    return Answer(201, shapes.status(world, one))


def _statuses(call: Call) -> list[Status]:
    sha = resolved(call.world, call.path["ref"]).sha
    return [one for one in reversed(call.world.statuses) if one.sha == sha]


def _list_statuses(call: Call) -> Answer:
    return page(call, _statuses(call), lambda one: shapes.status(call.world, one))


def _combined_status(call: Call) -> Answer:
    world, all_ = call.world, _statuses(call)
    counted = the_latest_status_counts(world, [(one.context, one.state) for one in reversed(all_)])
    states = {state for _, state in counted}
    state = "failure" if states & {"failure", "error"} else "success" if states == {"success"} else "pending"
    newest = {one.context: one for one in reversed(all_)}
    sha = resolved(world, call.path["ref"]).sha
    return Answer(200, shapes.combined_status(world, sha, state, list(newest.values())))


def _create_run(call: Call) -> Answer:
    world, body = call.world, call.body
    checks_need_an_app(world, call.actor)
    if not world.history.commit(body["head_sha"]):
        raise Refusal(422, f"No commit found for SHA: {body['head_sha']}")
    one = CheckRun(world.next_id(), body["head_sha"], body["name"], "queued", None, {}, None, "", world.clock, None)
    world.check_runs[one.id] = one
    _change(call, one)
    return Answer(201, shapes.check_run(world, one))


def _change(call: Call, one: CheckRun) -> None:
    body = call.body
    one.name, one.details_url = body.get("name", one.name), body.get("details_url", one.details_url)
    one.external_id = body.get("external_id", one.external_id)
    output = body.get("output", {})
    one.output = {**one.output, **{key: output[key] for key in ("title", "summary", "text") if key in output}}
    one.conclusion = body.get("conclusion", one.conclusion)
    one.status = "completed" if one.conclusion else body.get("status", one.status)
    if one.conclusion:
        at = body.get("completed_at")
        one.completed_at = dt.datetime.fromisoformat(at) if at else call.world.clock


def _run(call: Call) -> CheckRun:
    return found(call.world.check_runs.get(call.number("check_run_id")))


def _get_run(call: Call) -> Answer:
    return Answer(200, shapes.check_run(call.world, _run(call)))


def _update_run(call: Call) -> Answer:
    one = _run(call)
    checks_need_an_app(call.world, call.actor)
    _change(call, one)
    return Answer(200, shapes.check_run(call.world, one))


def _list_runs(call: Call) -> Answer:
    world, sha = call.world, resolved(call.world, call.path["ref"]).sha
    own = [one for one in world.check_runs.values() if one.sha == sha]
    own = [one for one in own if call.query.get("check_name") in {None, one.name}]
    if call.query.get("filter", "latest") == "latest":
        own = list({one.name: one for one in own}.values())
    return page(call, own, lambda one: shapes.check_run(world, one), under="check_runs")


DEEDS = {
    "repos/create-commit-status": Deed(_create_status, "statuses", "write", "write"),
    "repos/list-commit-statuses-for-ref": Deed(_list_statuses, "statuses"),
    "repos/get-combined-status-for-ref": Deed(_combined_status, "statuses"),
    "checks/create": Deed(_create_run, "checks", "write"),
    "checks/get": Deed(_get_run, "checks"),
    "checks/update": Deed(_update_run, "checks", "write"),
    "checks/list-for-ref": Deed(_list_runs, "checks"),
}
