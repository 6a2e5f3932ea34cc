"""How a repository is set up: each answer of GitHub by its name. What may not be read comes back as `Unseen`.

GitHub answers 404 both for what is not there and for what may not be seen; the role of the token's owner, which
GitHub tells with the repository, decides which of the two it was.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from mutualaid.adapters.github.client import Client
from mutualaid.core.upkeep.doctor import Unseen
from mutualaid.errors import WorldError

Found = TypeVar("Found")
SWEEP = "Sweep"
"""The title of a run of submission.yml that looks at everything; see its `run-name`."""
WRITER, MERGING, ADMIN = (
    Unseen(f"This token may not read it; {token} could.")
    for token in (
        "the token of somebody who may write",
        "only a token that may write contents",
        "an administrator's token",
    )
)


def read_setup(client: Client) -> dict[str, Any]:
    """Ask for every setting. Raises WorldError where the repository itself cannot be reached."""
    about = client.get("")
    role = about.get("permissions") or {}
    may_push = bool(role.get("push"))
    return {
        "about": about,
        "merging": about if may_push and {"delete_branch_on_merge", "allow_squash_merge"} <= about.keys() else MERGING,
        "labels": client.pages("labels"),
        "rules": _rules(client, is_admin=bool(role.get("admin"))),
        "actions": _ask(lambda: _actions(client), ADMIN),
        "workflow rights": _ask(lambda: client.get("actions/permissions/workflow"), ADMIN),
        "pages": _pages(client, may_push=may_push),
        "variable": _ask(lambda: (client.find("actions/variables/SITE_ADDRESS") or {}).get("value"), WRITER),
        "workflows": _ask(lambda: _workflows(client), WRITER),
        "last sweep": read_last_sweep(client),
        "collaborators": _ask(lambda: client.pages("collaborators"), WRITER),
    }


def _ask(question: Callable[[], Found], unseen: Unseen) -> Found | Unseen:
    """Ask; a refusal is `unseen`, and everything else that goes wrong goes on."""
    try:
        return question()
    except WorldError as error:
        if error.status in (403, 404) and not error.helps:
            return unseen
        raise


def _actions(client: Client) -> dict[str, Any]:
    found = client.get("actions/permissions")
    allowed = found.get("allowed_actions", "all")
    is_enough = allowed == "all" or (
        allowed == "selected" and client.get("actions/permissions/selected-actions")["github_owned_allowed"]
    )
    return {"enabled": found["enabled"], "github's own": is_enough or not found["enabled"]}


def _rules(client: Client, *, is_admin: bool) -> tuple[list[Any], Unseen | None] | Unseen:
    """Read rulesets, which everybody may, and then the older kind of protection, which administrators may.

    Both come back as rules of rulesets; beside them, what the token could not see of the older kind.
    """
    rules = _ask(lambda: client.pages("rules/branches/main"), WRITER)
    if isinstance(rules, Unseen):
        return rules
    older = _ask(lambda: client.find("branches/main/protection"), ADMIN)
    if isinstance(older, Mapping):
        return [*rules, *_as_rules(older)], None
    return rules, None if older is None and is_admin else ADMIN


def _as_rules(older: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    reviews = older.get("required_pull_request_reviews")
    if reviews:
        own = {name.replace("owner_reviews", "owner_review"): value for name, value in reviews.items()}
        yield {"type": "pull_request", "parameters": own}
    names = (older.get("required_status_checks") or {}).get("contexts", ())
    yield {"type": "required_status_checks", "parameters": {"required_status_checks": [{"context": n} for n in names]}}
    if older.get("restrictions"):
        yield {"type": "update"}
    for name in ("required_signatures", "required_conversation_resolution", "lock_branch"):
        if (older.get(name) or {}).get("enabled"):
            yield {"type": name}


def _pages(client: Client, *, may_push: bool) -> dict[str, Any] | Unseen:
    found = _ask(lambda: client.find("pages"), WRITER)
    if isinstance(found, Unseen) or (found is None and not may_push):
        return WRITER
    place = _ask(lambda: _environment(client), WRITER)
    source = (found.get("build_type") or "legacy") if found else None
    return {"source": source, "address": (found or {}).get("html_url"), "place": place}


def _environment(client: Client) -> dict[str, list[str]]:
    place = "environments/github-pages"
    found = client.get(place)
    waits = [rule["type"] for rule in found.get("protection_rules", ()) if rule["type"] != "branch_policy"]
    if not (found.get("deployment_branch_policy") or {}).get("custom_branch_policies"):
        return {"waits": waits, "branches": []}
    rows = client.get(f"{place}/deployment-branch-policies", per_page=100)["branch_policies"]
    return {"waits": waits, "branches": [row["name"] for row in rows]}


def _workflows(client: Client) -> Mapping[str, str]:
    rows = client.get("actions/workflows", per_page=100)["workflows"]
    return {PurePosixPath(row["path"]).name: str(row["state"]) for row in rows}


def read_last_sweep(client: Client) -> dt.datetime | Unseen | None:
    """Return when the last sweep that ended well began, None for never: of the last hundred runs that were asked for.

    Forty-eight of a day's are sweeps, as long as the timer runs.
    """
    place = "actions/workflows/submission.yml/runs"
    found = _ask(lambda: client.find(place, event="workflow_dispatch", status="success", per_page=100), WRITER)
    if isinstance(found, Unseen):
        return found
    rows = found["workflow_runs"] if found else ()
    return next((dt.datetime.fromisoformat(row["created_at"]) for row in rows if row["display_title"] == SWEEP), None)
