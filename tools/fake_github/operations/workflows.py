"""Workflows: what there is, what has run, dispatching one, and what GitHub switches off."""

import datetime as dt
import re
from typing import Any

from fake_github.events import emit
from fake_github.git import HEADS, signer
from fake_github.operation import Listing, Operation, found
from fake_github.operations.git import workflows_in
from fake_github.repository import Actor, Refusal, Repository
from fake_github.shapes import Shape

QUIET = dt.timedelta(days=60)
ON = re.compile(r"^on:(?P<line>.*)\n(?P<block>(?:(?: .*)?\n)*)", re.MULTILINE)


def started_by(repo: Repository, event: str) -> list[str]:
    """Return the names of the workflow files on main that an event starts: they listen to it and are switched on."""
    files = _files(repo).items()
    return [path.rpartition("/")[2] for path, text in files if event in _triggers(text) and _starts(repo, path, text)]


def notice_quiet(repo: Repository) -> None:
    """Switch off what GitHub would have switched off by now: files with a schedule, where nothing was committed."""
    tip = repo.git.commit(repo.tip("main") or "")
    committed = signer(tip.committer)[2] if tip else repo.clock
    if repo.clock - committed < QUIET or not repo.holds("quiet-repositories-lose-their-timers"):
        return
    for path, text in _files(repo).items():
        if "schedule" in _triggers(text) and repo.clock - repo.started.get(path, committed) >= QUIET:
            repo.stopped.setdefault(path, "disabled_inactivity")


def _files(repo: Repository) -> dict[str, str]:
    files = workflows_in(repo.git, repo.tip("main"))
    return {path: repo.git.read(entry.sha)[1].decode("utf-8", "replace") for path, entry in files.items()}


def _triggers(text: str) -> set[str]:
    listens = ON.findall(re.sub(r"#.*", "", text) + "\n")
    found = (re.findall(r"\w+", line) + re.findall(r"^ {2}(\w+):", block, re.MULTILINE) for line, block in listens)
    return {name for names in found for name in names}


def _state(repo: Repository, path: str, text: str) -> str:
    is_off = repo.settings.is_fork and path not in repo.started and "schedule" in _triggers(text)
    is_off = is_off and repo.holds("forks-start-without-timers")
    return repo.stopped.get(path) or ("disabled_fork" if is_off else "active")


def _starts(repo: Repository, path: str, text: str) -> bool:
    return _state(repo, path, text) == "active" or not repo.holds("a-stopped-file-stops-whole")


def _named(repo: Repository, workflow: str) -> tuple[str, str]:
    return found(next(((path, text) for path, text in _files(repo).items() if path.endswith(f"/{workflow}")), None))


@Operation("actions/list-repo-workflows", "GET actions/workflows", "actions: read")
def _list(repo: Repository, _: Actor) -> Listing:
    rows = [{"path": path, "state": _state(repo, path, text)} for path, text in _files(repo).items()]
    return Listing(rows, dict, "workflows")


@Operation("actions/get-workflow", "GET actions/workflows/{workflow_id}", "actions: read")
def _get(repo: Repository, _: Actor, *, workflow_id: str) -> Shape:
    return {"state": _state(repo, *_named(repo, workflow_id))}


@Operation(
    "actions/enable-workflow", "PUT actions/workflows/{workflow_id}/enable", "actions: write", role="write", status=204
)
def _enable(repo: Repository, _: Actor, *, workflow_id: str) -> None:
    path, _text = _named(repo, workflow_id)
    repo.stopped.pop(path, None)
    repo.started[path] = repo.clock


@Operation(
    "actions/create-workflow-dispatch",
    "POST actions/workflows/{workflow_id}/dispatches",
    "actions: write",
    role="write",
    status=204,
)
def _dispatch(
    repo: Repository, actor: Actor, *, workflow_id: str, ref: str, inputs: dict[str, Any] | None = None
) -> None:
    path, text = _named(repo, workflow_id)
    if "workflow_dispatch" not in _triggers(text) and repo.holds("a-dispatch-needs-its-trigger"):
        raise Refusal(422, "Workflow does not have 'workflow_dispatch' trigger")
    if not _starts(repo, path, text):
        raise Refusal(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow")
    emit(repo, actor, "workflow_dispatch", inputs=inputs, ref=HEADS + ref.removeprefix(HEADS), workflow=path)


@Operation("actions/list-workflow-runs", "GET actions/workflows/{workflow_id}/runs", "actions: read")
def _list_runs(repo: Repository, _: Actor, *, workflow_id: str, event: str = "", status: str = "") -> Listing:
    path, _text = _named(repo, workflow_id)
    own = [run for run in repo.runs if run["path"] == path and event in {"", run["event"]}]
    own = [run for run in own if status in {"", run["status"], run["conclusion"]}]
    return Listing(sorted(own, key=lambda run: str(run["created_at"]), reverse=True), dict, "workflow_runs")


@Operation("actions/list-artifacts-for-repo", "GET actions/artifacts", "actions: read")
def _list_artifacts(repo: Repository, _: Actor, *, name: str = "") -> Listing:
    is_asked = name if repo.holds("artifacts-are-found-by-name") else ""
    return Listing([one for one in repo.artifacts if is_asked in ("", one["name"])], dict, "artifacts")


@Operation(
    "actions/delete-artifact", "DELETE actions/artifacts/{artifact_id}", "actions: write", role="write", status=204
)
def _delete_artifact(repo: Repository, _: Actor, *, artifact_id: int) -> None:
    repo.artifacts.remove(found(next((one for one in repo.artifacts if one["id"] == artifact_id), None)))
