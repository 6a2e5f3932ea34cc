"""The repository's settings, as a maintainer's own token may read them: branch rules, Pages, Actions, environment."""

from typing import Any

from mutualaid.rehearsal.exchange import Answer, Call, Deed, page
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes.people import home, moment, repository, role_flags, web

ENVIRONMENT = "github-pages"


def _get(call: Call) -> Answer:
    is_open = sum(issue.is_open and issue.is_here for issue in call.world.issues.values())
    shape = {**repository(call.world), "open_issues": is_open, "open_issues_count": is_open}
    if call.actor.login and not call.actor.is_workflow:
        shape = {**shape, "permissions": role_flags(call.world.role(call.actor.login))}
    rights = call.actor.rights
    if call.world.has_role(call.actor, "write") and (rights is None or rights.get("contents") == "write"):
        return Answer(
            200, {**shape, "allow_squash_merge": True, "allow_merge_commit": True, "allow_rebase_merge": False}
        )
    return Answer(200, {name: value for name, value in shape.items() if name != "delete_branch_on_merge"})


def _branch_protection(call: Call) -> Answer:
    settings, name = call.world.settings, call.path["branch"]
    if name != "main" or settings.protection != "classic":
        raise Refusal(404, "Branch not protected")
    rest = f"{home(call.world)}/branches/{name}/protection"
    reviews = {
        "url": f"{rest}/required_pull_request_reviews",
        "dismiss_stale_reviews": settings.stale_reviews_are_dismissed,
        "require_code_owner_reviews": False,
        "require_last_push_approval": False,
        "required_approving_review_count": settings.approvals_needed,
    }
    shape: dict[str, Any] = {
        "url": rest,
        "required_pull_request_reviews": reviews,
        "enforce_admins": {"url": f"{rest}/enforce_admins", "enabled": True},
        "allow_force_pushes": {"enabled": False},
        "allow_deletions": {"enabled": False},
    }
    if settings.required_checks:
        contexts = list(settings.required_checks)
        checks = [{"context": context, "app_id": None} for context in contexts]
        part = {"url": f"{rest}/required_status_checks", "contexts_url": f"{rest}/required_status_checks/contexts"}
        shape["required_status_checks"] = {**part, "strict": False, "contexts": contexts, "checks": checks}
    return Answer(200, shape)


def _branch_rules(call: Call) -> Answer:
    settings = call.world.settings
    source = {
        "ruleset_source_type": "Repository",
        "ruleset_source": f"{call.world.owner}/{call.world.name}",
        "ruleset_id": 1,
    }
    rules: list[dict[str, Any]] = []
    if call.path["branch"] == "main" and settings.protection == "ruleset":
        parameters = {
            "dismiss_stale_reviews_on_push": settings.stale_reviews_are_dismissed,
            "require_code_owner_review": False,
            "require_last_push_approval": False,
            "required_approving_review_count": settings.approvals_needed,
            "required_review_thread_resolution": False,
        }
        rules = [{"type": "deletion"}, {"type": "non_fast_forward"}, {"type": "pull_request", "parameters": parameters}]
    if rules and settings.required_checks:
        checks = [{"context": context} for context in settings.required_checks]
        wanted = {"required_status_checks": checks, "strict_required_status_checks_policy": False}
        rules.append({"type": "required_status_checks", "parameters": wanted})
    return page(call, rules, lambda one: {**one, **source})


def _pages(call: Call) -> Answer:
    world = call.world
    if world.settings.pages_source is None:
        raise Refusal(404, "Not Found")
    return Answer(
        200,
        {
            "url": f"{home(world)}/pages",
            "status": None,
            "cname": None,
            "custom_404": True,
            "html_url": f"https://{world.owner}.github.io/{world.name}/",
            "build_type": world.settings.pages_source,
            "source": {"branch": "main", "path": "/"},
            "public": True,
            "https_enforced": True,
        },
    )


def _environment(call: Call) -> Answer:
    world, name = call.world, call.path["environment_name"]
    if name != ENVIRONMENT or world.settings.pages_source != "workflow":
        raise Refusal(404, "Not Found")
    at, number = moment(world.clock), world.account("environment")
    policy = {"protected_branches": False, "custom_branch_policies": True} if world.settings.pages_branches else None
    rules = [{"id": number, "node_id": f"GA_{number}", "type": "branch_policy"}] if policy else []
    place = {"url": f"{home(world)}/environments/{name}", "html_url": f"{web(world)}/deployments/activity_log"}
    shape = {"id": number, "node_id": f"EN_{number}", "name": name, **place, "created_at": at, "updated_at": at}
    return Answer(200, {**shape, "protection_rules": rules, "deployment_branch_policy": policy})


def _branch_policies(call: Call) -> Answer:
    world = call.world
    if call.path["environment_name"] != ENVIRONMENT:
        raise Refusal(404, "Not Found")

    def shape(name: str) -> dict[str, Any]:
        number = world.account(f"policy {name}")
        return {"id": number, "node_id": f"DBP_{number}", "name": name, "type": "branch"}

    return page(call, world.settings.pages_branches, shape, under="branch_policies")


def _actions(call: Call) -> Answer:
    return Answer(200, {"enabled": call.world.settings.actions_enabled, "allowed_actions": "all"})


def _workflow_rights(call: Call) -> Answer:
    settings = call.world.settings
    may_open = settings.actions_may_open_pulls
    shape = {"default_workflow_permissions": settings.workflow_rights, "can_approve_pull_request_reviews": may_open}
    return Answer(200, shape)


DEEDS = {
    "repos/get": Deed(_get),
    "repos/get-branch-protection": Deed(_branch_protection, "administration", "read", "admin", is_hidden=True),
    "repos/get-branch-rules": Deed(_branch_rules),
    "repos/get-pages": Deed(_pages, "pages", "read", "write", is_hidden=True),
    "repos/get-environment": Deed(_environment, "actions"),
    "repos/list-deployment-branch-policies": Deed(_branch_policies, "actions"),
    "actions/get-github-actions-permissions-repository": Deed(
        _actions, "administration", "read", "admin", is_hidden=True
    ),
    "actions/get-github-actions-default-workflow-permissions-repository": Deed(
        _workflow_rights, "administration", "read", "admin", is_hidden=True
    ),
}
