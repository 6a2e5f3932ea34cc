"""Who may do what: tokens, roles and the rights of a workflow's token."""

from mutualaid.rehearsal.rules.rule import Refusal, always, nothing, rule
from mutualaid.rehearsal.world import Actor, World

MAPPED = {"maintain": "write", "triage": "read"}


def _whatever(_: World, token: str | None) -> Actor:
    return Actor(None if token is None else "stranger")


@rule("rest/authentication/authenticating-to-the-rest-api#failed-login-limit", _whatever)
def bad_tokens_are_refused(world: World, token: str | None) -> Actor:
    """A token that is not known answers 401, even where nobody needs one."""
    if token is None:
        return Actor(None)
    if token not in world.tokens:
        raise Refusal(401, "Bad credentials")
    return world.tokens[token]


@rule("rest/authentication/authenticating-to-the-rest-api", nothing)
def nobody_may_write(_: World, actor: Actor, *, is_write: bool) -> None:
    """Without a token, writing answers 401."""
    if is_write and actor.login is None:
        raise Refusal(401, "Requires authentication")


@rule(
    "organizations/managing-user-access-to-your-organizations-repositories/repository-roles-for-an-organization",
    nothing,
)
def roles_are_held(world: World, actor: Actor, role: str) -> None:
    """A person whose role is too low is answered 403."""
    if not actor.is_workflow and not world.has_role(actor, role):
        raise Refusal(403, "Must have admin rights to Repository.")


@rule("rest/authentication/permissions-required-for-github-apps", nothing)
def token_rights_are_held(_: World, actor: Actor, wanted: tuple[str, ...], level: str) -> None:
    """A workflow's or fine-grained token without the right that a request needs is answered 403, whoever holds it."""
    if actor.rights is None:
        return
    given = {actor.rights.get(name, "none") for name in wanted}
    if "write" not in given and not (level == "read" and "read" in given):
        raise Refusal(403, "Resource not accessible by integration")


@rule("rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource", nothing)
def hidden_things_are_not_found(world: World, actor: Actor, role: str) -> None:
    """What a person may not see is answered 404, as if it were not there."""
    if not actor.is_workflow and not world.has_role(actor, role):
        raise Refusal(404, "Not Found")


@rule("rest/collaborators/collaborators#get-repository-permissions-for-a-user", lambda _, role: role)
def permissions_are_four_words(_: World, role: str) -> str:
    """`permission` says write for maintain and read for triage; only `role_name` tells them apart."""
    return MAPPED.get(role, role)


@rule("actions/reference/workflows-and-actions/workflow-syntax#permissions", nothing)
def tokens_write_no_workflows(world: World, actor: Actor, before: str | None, after: str) -> None:
    """A workflow's token may bring no change to `.github/workflows` onto any branch: there is no such right."""
    if not actor.is_workflow:
        return
    places = [world.store.find(world.history.tree_of(sha or ""), ".github/workflows") for sha in (before, after)]
    if places[0] != places[1]:
        raise Refusal(403, "refusing to allow a GitHub App to create or update workflow without `workflows` permission")


SETTING = (
    "repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/"
    "managing-github-actions-settings-for-a-repository#preventing-github-actions-from-creating-or-approving-pull-requests"
)


@rule(SETTING, nothing)
def actions_open_pulls_only_if_set(world: World, actor: Actor) -> None:
    """A workflow's token opens a pull request only where a setting allows it; else 403."""
    if actor.is_workflow and not world.settings.actions_may_open_pulls:
        raise Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.")


@rule(SETTING, nothing)
def actions_approve_only_if_set(world: World, actor: Actor, state: str) -> None:
    """A workflow's token approves a pull request only where a setting allows it; else 422."""
    if actor.is_workflow and state == "APPROVED" and not world.settings.actions_may_open_pulls:
        raise Refusal(422, "Unprocessable Entity", "GitHub Actions is not permitted to approve pull requests.")


@rule("rest/checks/runs#create-a-check-run", nothing)
def checks_need_an_app(_: World, actor: Actor) -> None:
    """Only an app's token, such as a workflow's, makes check runs; a person is answered 403."""
    if not actor.is_workflow:
        raise Refusal(403, "You must authenticate via a GitHub App.")


@rule("rest/collaborators/collaborators#list-repository-collaborators", always(True))
def only_collaborators_are_listed(world: World, login: str) -> bool:
    """Being able to read a public repository makes nobody a collaborator."""
    return login in world.roles
