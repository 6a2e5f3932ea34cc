"""Workflows: what there is, what has run, and dispatching one."""

import re
from pathlib import PurePosixPath
from typing import Any

from fake_github.events import emit
from fake_github.git import HEADS
from fake_github.operation import Listing, Operation, found
from fake_github.repository import Actor, Repository
from fake_github.rules import Refusal
from fake_github.shapes import Shape

FOLDER = ".github/workflows"


def _files(repo: Repository, branch: str = "main") -> dict[str, str]:
    """Read every workflow file of a branch, by its path."""
    folder = repo.git.find(repo.git.tree_of(repo.tip(branch)), FOLDER)
    lines = repo.git.walk(folder.sha, f"{FOLDER}/") if folder else ()
    files = {path: repo.git.read(entry.sha) or ("", b"") for path, entry in lines if path.endswith((".yml", ".yaml"))}
    return {path: content.decode("utf-8", "replace") for path, (_, content) in files.items()}


def _path_of(repo: Repository, workflow: str) -> str:
    """Return the path of a workflow that is named by its file or its number."""
    names = {path: {PurePosixPath(path).name, str(repo.account(f"workflow {path}"))} for path in _files(repo)}
    return found(next((path for path, own in names.items() if workflow in own), None))


@Operation("actions/list-repo-workflows", "GET actions/workflows", "actions: read")
def _list(repo: Repository, _: Actor) -> Listing:
    def shape(file: tuple[str, str]) -> Shape:
        path, text = file
        named = re.search(r"^name:\s*(.+?)\s*$", text, re.MULTILINE)
        name = named.group(1).strip("\"'") if named else path
        return {"id": repo.account(f"workflow {path}"), "name": name, "path": path, "state": "active"}

    return Listing(list(_files(repo).items()), shape, "workflows")


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
    path, branch = _path_of(repo, workflow_id), ref.removeprefix(HEADS)
    if not repo.tip(branch) and repo.holds("a-dispatch-needs-its-ref"):
        raise Refusal(422, f"No ref found for: {ref}")
    is_started = re.search(r"\bworkflow_dispatch\b", _files(repo, branch).get(path, ""))
    if not is_started and repo.holds("a-dispatch-needs-its-trigger"):
        raise Refusal(422, "Workflow does not have 'workflow_dispatch' trigger")
    emit(repo, actor, "workflow_dispatch", inputs=inputs, ref=HEADS + branch, workflow=path)


@Operation("actions/list-workflow-runs", "GET actions/workflows/{workflow_id}/runs", "actions: read")
def _list_runs(repo: Repository, _: Actor, *, workflow_id: str, event: str = "") -> Listing:
    path = _path_of(repo, workflow_id)
    own = [run for run in repo.runs if run["path"] == path and event in {"", run["event"]}]
    return Listing(sorted(own, key=lambda run: str(run["created_at"]), reverse=True), dict, "workflow_runs")
