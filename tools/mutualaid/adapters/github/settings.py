"""How a repository is set up: each answer of GitHub by its name. What may not be read comes back as `Unseen`.

GitHub answers 404 both for what is not there and for what may not be seen; the role of the token's owner, which
GitHub tells with the repository, decides which of the two it was.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from mutualaid.adapters.github.client import Client
from mutualaid.core.upkeep.doctor import Unseen
from mutualaid.errors import WorldError

Found = TypeVar("Found")
FORBIDDEN, GONE = 403, 404
SWEEP = "Sweep"
"""The title of a run of submission.yml that looks at everything; see its `run-name`."""
WRITER = Unseen("the token of somebody who may write")
MERGING = Unseen("only a token that may write contents")
ADMIN = Unseen()


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
        "actions": _ask(lambda: client.get("actions/permissions"), ADMIN),
        "workflow rights": _ask(lambda: client.get("actions/permissions/workflow"), ADMIN),
        "pages": _pages(client, may_push=may_push),
        "workflows": _ask(lambda: _workflows(client), WRITER),
        "last sweep": read_last_sweep(client),
        "collaborators": _ask(lambda: client.pages("collaborators"), WRITER),
    }


def _ask(question: Callable[[], Found], unseen: Unseen) -> Found | Unseen:
    """Ask; a refusal is `unseen`, and everything else that goes wrong goes on."""
    try:
        return question()
    except WorldError as error:
        if error.status in (FORBIDDEN, GONE) and not error.helps:
            return unseen
        raise


def _rules(client: Client, *, is_admin: bool) -> dict[str, Any] | Unseen:
    """Read rulesets, which everybody may, and then the older kind of protection, which administrators may."""
    rules = _ask(lambda: client.pages("rules/branches/main"), WRITER)
    if isinstance(rules, Unseen):
        return rules
    older = _ask(lambda: client.find("branches/main/protection"), ADMIN)
    reviews = [rule["parameters"] for rule in rules if rule["type"] == "pull_request"]
    status_rules = [rule["parameters"] for rule in rules if rule["type"] == "required_status_checks"]
    checks = [check["context"] for rule in status_rules for check in rule["required_status_checks"]]
    if older is None and not is_admin:
        older = ADMIN
    if isinstance(older, Unseen) and not checks:
        return older
    if isinstance(older, Mapping):
        reviews += filter(None, [older.get("required_pull_request_reviews")])
        checks += (older.get("required_status_checks") or {}).get("contexts", [])
    most = max((int(rule.get("required_approving_review_count") or 0) for rule in reviews), default=0)
    return {"asks for a pull request": bool(reviews), "approvals": most, "checks": list(dict.fromkeys(checks))}


def _pages(client: Client, *, may_push: bool) -> dict[str, Any] | Unseen:
    found = _ask(lambda: client.find("pages"), WRITER)
    if isinstance(found, Unseen) or (found is None and not may_push):
        return WRITER
    source = str(found.get("build_type") or "legacy") if found else None
    return {"source": source, "branches": _ask(lambda: _pages_branches(client), WRITER)}


def _pages_branches(client: Client) -> list[str]:
    place = "environments/github-pages"
    policy = client.get(place).get("deployment_branch_policy") or {}
    if not policy.get("custom_branch_policies"):
        return []
    return [row["name"] for row in client.get(f"{place}/deployment-branch-policies", per_page=100)["branch_policies"]]


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
