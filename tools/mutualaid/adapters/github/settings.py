"""How a repository is set up: each function is one question to GitHub. What may not be read comes back as `Unseen`.

GitHub answers 404 both for what is not there and for what may not be seen; the role of the token's owner, which
GitHub tells with the repository, decides which of the two it was.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from mutualaid.adapters.github.client import Client
from mutualaid.core.upkeep.repository_setup import BranchRules, Setup, Unseen
from mutualaid.errors import WorldError

Found = TypeVar("Found")
FORBIDDEN, GONE = 403, 404
SWEEP = "Sweep"
"""The title of a run of submission.yml that looks at everything; see its `run-name`."""
WRITER = Unseen("the token of somebody who may write")
MERGING = Unseen("only a token that may write contents")
ADMIN = Unseen()


def read_setup(client: Client) -> Setup:
    """Ask for every setting. Raises WorldError where the repository itself cannot be reached."""
    about = client.get("")
    role = about.get("permissions") or {}
    is_admin, may_push = bool(role.get("admin")), bool(role.get("push"))
    rights = _ask(lambda: client.get("actions/permissions/workflow"), ADMIN)
    enabled = _ask(lambda: client.get("actions/permissions"), ADMIN)
    return Setup(
        repository=about["full_name"],
        default_branch=about["default_branch"],
        has_issues=about["has_issues"],
        deletes_head_branches=_part(about, "delete_branch_on_merge") if may_push else MERGING,
        may_squash=_part(about, "allow_squash_merge") if may_push else MERGING,
        labels=frozenset(row["name"] for row in client.pages("labels")),
        rules=_rules(client, is_admin=is_admin),
        pages=_pages(client, may_push=may_push),
        pages_branches=_pages_branches(client),
        actions_enabled=enabled if isinstance(enabled, Unseen) else bool(enabled["enabled"]),
        workflow_rights=rights if isinstance(rights, Unseen) else str(rights["default_workflow_permissions"]),
        may_open_pulls=rights if isinstance(rights, Unseen) else bool(rights["can_approve_pull_request_reviews"]),
        workflows=_ask(lambda: _workflows(client), WRITER),
        swept_at=read_last_sweep(client),
        permissions=_ask(lambda: _permissions(client), WRITER),
    )


def _ask(question: Callable[[], Found], unseen: Unseen) -> Found | Unseen:
    """Ask; a refusal is `unseen`, and everything else that goes wrong goes on."""
    try:
        return question()
    except WorldError as error:
        if error.status in (FORBIDDEN, GONE) and not error.helps:
            return unseen
        raise


def _part(data: Mapping[str, Any], name: str) -> bool | Unseen:
    return bool(data[name]) if name in data else MERGING


def _rules(client: Client, *, is_admin: bool) -> BranchRules | Unseen:
    """Read rulesets, which everybody may, and then the older kind of protection, which administrators may."""
    rules = _ask(lambda: client.pages("rules/branches/main"), WRITER)
    if isinstance(rules, Unseen):
        return rules
    older = _ask(lambda: client.find("branches/main/protection"), ADMIN)
    found = [rule["parameters"] for rule in rules if rule["type"] == "pull_request"]
    checks = [
        check["context"]
        for rule in rules
        if rule["type"] == "required_status_checks"
        for check in rule["parameters"]["required_status_checks"]
    ]
    if isinstance(older, Unseen) or (older is None and not is_admin):
        return BranchRules(bool(found), _most(found), tuple(checks)) if checks else ADMIN
    older = older or {}
    reviews = older.get("required_pull_request_reviews")
    found += [reviews] if reviews else []
    checks += (older.get("required_status_checks") or {}).get("contexts", [])
    return BranchRules(bool(found), _most(found), tuple(dict.fromkeys(checks)))


def _most(found: list[Mapping[str, Any]]) -> int:
    return max((int(rule.get("required_approving_review_count") or 0) for rule in found), default=0)


def _pages(client: Client, *, may_push: bool) -> str | Unseen | None:
    found = _ask(lambda: client.find("pages"), WRITER)
    if found is None:
        return None if may_push else WRITER
    return found if isinstance(found, Unseen) else str(found.get("build_type") or "legacy")


def _pages_branches(client: Client) -> tuple[str, ...] | Unseen | None:
    """Return the branches that may publish; None for any."""
    place = "environments/github-pages"
    found = _ask(lambda: client.get(place), WRITER)
    if isinstance(found, Unseen):
        return found
    policy = found.get("deployment_branch_policy")
    if policy is None or not policy.get("custom_branch_policies"):
        return None
    rows = _ask(lambda: client.get(f"{place}/deployment-branch-policies", per_page=100), WRITER)
    return rows if isinstance(rows, Unseen) else tuple(row["name"] for row in rows["branch_policies"])


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


def _permissions(client: Client) -> Mapping[str, str]:
    return {row["login"]: str(row["role_name"]) for row in client.pages("collaborators")}
