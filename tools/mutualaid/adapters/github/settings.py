"""How a repository is set up: each function is one question to GitHub. What may not be read comes back as `Unseen`.

GitHub answers 404 both for what is not there and for what may not be seen; the role of the token's owner, which
GitHub tells with the repository, decides which of the two it was.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from mutualaid.adapters.github.client import Wire
from mutualaid.core.upkeep.repository_setup import BranchRules, Setup, Unseen
from mutualaid.errors import WorldError

Found = TypeVar("Found")
FORBIDDEN, GONE = 403, 404
SWEEP = "Sweep"
"""The title of a run of submission.yml that looks at everything; see its `run-name`."""
WRITER = Unseen("the token of somebody who may write")
MERGING = Unseen("only a token that may write contents")
ADMIN = Unseen()


def read_setup(wire: Wire) -> Setup:
    """Ask for every setting. Raises WorldError where the repository itself cannot be reached."""
    about = wire.get("")
    role = about.get("permissions") or {}
    is_admin, may_push = bool(role.get("admin")), bool(role.get("push"))
    rights = _ask(lambda: wire.get("actions/permissions/workflow"), ADMIN)
    enabled = _ask(lambda: wire.get("actions/permissions"), ADMIN)
    return Setup(
        repository=about["full_name"],
        default_branch=about["default_branch"],
        has_issues=about["has_issues"],
        deletes_head_branches=_part(about, "delete_branch_on_merge") if may_push else MERGING,
        may_squash=_part(about, "allow_squash_merge") if may_push else MERGING,
        labels=frozenset(one["name"] for one in wire.pages("labels")),
        rules=_rules(wire, is_admin=is_admin),
        pages=_pages(wire, may_push=may_push),
        pages_branches=_pages_branches(wire),
        actions_enabled=enabled if isinstance(enabled, Unseen) else bool(enabled["enabled"]),
        workflow_rights=rights if isinstance(rights, Unseen) else str(rights["default_workflow_permissions"]),
        may_open_pulls=rights if isinstance(rights, Unseen) else bool(rights["can_approve_pull_request_reviews"]),
        workflows=_ask(lambda: _workflows(wire), WRITER),
        swept_at=read_last_sweep(wire),
        permissions=_ask(lambda: _permissions(wire), WRITER),
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


def _rules(wire: Wire, *, is_admin: bool) -> BranchRules | Unseen:
    """Read rulesets, which everybody may, and then the older kind of protection, which administrators may."""
    rules = _ask(lambda: wire.pages("rules/branches/main"), WRITER)
    if isinstance(rules, Unseen):
        return rules
    older = _ask(lambda: wire.find("branches/main/protection"), ADMIN)
    found = [one["parameters"] for one in rules if one["type"] == "pull_request"]
    checks = [
        check["context"]
        for one in rules
        if one["type"] == "required_status_checks"
        for check in one["parameters"]["required_status_checks"]
    ]
    if isinstance(older, Unseen) or (older is None and not is_admin):
        return BranchRules(bool(found), _most(found), tuple(checks)) if checks else ADMIN
    older = older or {}
    reviews = older.get("required_pull_request_reviews")
    found += [reviews] if reviews else []
    checks += (older.get("required_status_checks") or {}).get("contexts", [])
    return BranchRules(bool(found), _most(found), tuple(dict.fromkeys(checks)))


def _most(found: list[Mapping[str, Any]]) -> int:
    return max((int(one.get("required_approving_review_count") or 0) for one in found), default=0)


def _pages(wire: Wire, *, may_push: bool) -> str | Unseen | None:
    found = _ask(lambda: wire.find("pages"), WRITER)
    if found is None:
        return None if may_push else WRITER
    return found if isinstance(found, Unseen) else str(found.get("build_type") or "legacy")


def _pages_branches(wire: Wire) -> tuple[str, ...] | Unseen | None:
    """Return the branches that may publish; None for any."""
    place = "environments/github-pages"
    found = _ask(lambda: wire.get(place), WRITER)
    if isinstance(found, Unseen):
        return found
    policy = found.get("deployment_branch_policy")
    if policy is None or not policy.get("custom_branch_policies"):
        return None
    rows = _ask(lambda: wire.get(f"{place}/deployment-branch-policies", per_page=100), WRITER)
    return rows if isinstance(rows, Unseen) else tuple(one["name"] for one in rows["branch_policies"])


def _workflows(wire: Wire) -> Mapping[str, str]:
    rows = wire.get("actions/workflows", per_page=100)["workflows"]
    return {PurePosixPath(one["path"]).name: str(one["state"]) for one in rows}


def read_last_sweep(wire: Wire) -> dt.datetime | Unseen | None:
    """Return when the last sweep that ended well began, None for never: of the last hundred runs that were asked for.

    Forty-eight of a day's are sweeps, as long as the timer runs.
    """
    place = "actions/workflows/submission.yml/runs"
    found = _ask(lambda: wire.find(place, event="workflow_dispatch", status="success", per_page=100), WRITER)
    if isinstance(found, Unseen):
        return found
    rows = found["workflow_runs"] if found else ()
    return next((dt.datetime.fromisoformat(row["created_at"]) for row in rows if row["display_title"] == SWEEP), None)


def _permissions(wire: Wire) -> Mapping[str, str]:
    return {one["login"]: str(one["role_name"]) for one in wire.pages("collaborators")}
