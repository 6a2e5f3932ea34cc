"""The repository, its people and settings, as far as the holder of a token may read them."""

from typing import Any

from fake_github import shapes
from fake_github.operation import Listing, Operation, found
from fake_github.repository import Actor, Refusal, Repository
from fake_github.shapes import Shape

HIDDEN: dict[str, Any] = {"needs": "administration: read", "role": "admin", "is_hidden": True}
ENVIRONMENT = "github-pages"
OF_REVIEWS = ("require_code_owner_review", "require_last_push_approval", "required_review_thread_resolution")


@Operation("repos/get", "GET ")
def _get(repo: Repository, actor: Actor) -> Shape:
    shape = shapes.repository(repo)
    if not actor.is_workflow:
        least = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}
        shape["permissions"] = {name: repo.has_role(actor, role) for name, role in least.items()}
    if repo.has_role(actor, "write") and (actor.rights is None or actor.rights.get("contents") == "write"):
        shape["allow_squash_merge"] = repo.settings.allows_squash
        shape["delete_branch_on_merge"] = repo.settings.branch_goes_after_merge
    return shape


@Operation("repos/get-collaborator-permission-level", "GET collaborators/{username}/permission", role="write")
def _permission(repo: Repository, _: Actor, *, username: str) -> Shape:
    found(repo.accounts.get(username))
    role = repo.role(username)
    four_words = {"maintain": "write", "triage": "read"} if repo.holds("permissions-are-four-words") else {}
    return {"permission": four_words.get(role, role), "role_name": role, "user": shapes.user(repo, username)}


@Operation("repos/list-collaborators", "GET collaborators", role="write")
def _list_collaborators(repo: Repository, _: Actor) -> Listing:
    return Listing(list(repo.roles), lambda login: {**shapes.user(repo, login), "role_name": repo.role(login)})


@Operation("repos/get-branch-protection", "GET branches/{branch}/protection", **HIDDEN)
def _branch_protection(repo: Repository, _: Actor, *, branch: str) -> Shape:
    settings = repo.settings
    if branch != "main" or settings.protection != "classic":
        raise Refusal(404, "Branch not protected")
    more = set(settings.more_rules)
    reviews = {
        "require_code_owner_reviews": "require_code_owner_reviews" in more,
        "require_last_push_approval": "require_last_push_approval" in more,
        "required_approving_review_count": settings.approvals_needed,
    }
    switches = ("required_signatures", "required_conversation_resolution", "lock_branch")
    shape: Shape = {name: {"enabled": name in more} for name in switches}
    checks = {"required_status_checks": {"contexts": settings.required_checks}} if settings.required_checks else {}
    return {"required_pull_request_reviews": reviews, **shape, **checks}


@Operation("repos/get-branch-rules", "GET rules/branches/{branch}")
def _branch_rules(repo: Repository, _: Actor, *, branch: str) -> Listing:
    settings = repo.settings
    reviews: Shape = {
        **{name: name in settings.more_rules for name in OF_REVIEWS},
        "required_approving_review_count": settings.approvals_needed,
        "allowed_merge_methods": settings.merge_methods,
    }
    checks = {"required_status_checks": [{"context": name} for name in settings.required_checks]}
    rules: list[Shape] = [{"type": "deletion"}, {"type": "pull_request", "parameters": reviews}]
    rules += [{"type": name} for name in settings.more_rules if name not in OF_REVIEWS]
    rules += [{"type": "required_status_checks", "parameters": checks}] if settings.required_checks else []
    return Listing(rules if branch == "main" and settings.protection == "ruleset" else [], dict)


@Operation("repos/get-pages", "GET pages", "pages: read", role="write", is_hidden=True)
def _pages(repo: Repository, _: Actor) -> Shape:
    return {"build_type": found(repo.settings.pages_source), "html_url": repo.settings.pages_address}


@Operation("actions/get-repo-variable", "GET actions/variables/{name}", "variables: read", role="write")
def _variable(repo: Repository, _: Actor, *, name: str) -> Shape:
    return {"name": name, "value": found(repo.settings.site_address or None)}


@Operation("repos/get-environment", "GET environments/{environment_name}", "actions: read")
def _environment(repo: Repository, _: Actor, *, environment_name: str) -> Shape:
    if (environment_name, repo.settings.pages_source) != (ENVIRONMENT, "workflow"):
        raise Refusal(404, "Not Found")
    policy = {"protected_branches": False, "custom_branch_policies": True} if repo.settings.pages_branches else None
    waits = [{"type": "branch_policy"}, *filter(None, [repo.settings.pages_waits])]
    return {"name": ENVIRONMENT, "deployment_branch_policy": policy, "protection_rules": waits}


@Operation(
    "repos/list-deployment-branch-policies",
    "GET environments/{environment_name}/deployment-branch-policies",
    "actions: read",
)
def _branch_policies(repo: Repository, _: Actor, *, environment_name: str) -> Listing:
    names = repo.settings.pages_branches if environment_name == ENVIRONMENT else ()
    return Listing(names, lambda name: {"name": name}, "branch_policies")


@Operation("actions/get-github-actions-permissions-repository", "GET actions/permissions", **HIDDEN)
def _actions(repo: Repository, _: Actor) -> Shape:
    return {"enabled": repo.settings.actions_enabled, "allowed_actions": repo.settings.allowed_actions}


@Operation("actions/get-allowed-actions-repository", "GET actions/permissions/selected-actions", **HIDDEN)
def _selected_actions(repo: Repository, _: Actor) -> Shape:
    return {"github_owned_allowed": repo.settings.github_owned_allowed, "verified_allowed": False}


@Operation(
    "actions/get-github-actions-default-workflow-permissions-repository", "GET actions/permissions/workflow", **HIDDEN
)
def _workflow_rights(repo: Repository, _: Actor) -> Shape:
    return {
        "default_workflow_permissions": repo.settings.workflow_rights,
        "can_approve_pull_request_reviews": repo.settings.actions_may_open_pulls,
    }
