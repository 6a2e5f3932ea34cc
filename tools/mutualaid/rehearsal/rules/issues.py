"""Issues, comments and labels."""

import re
from collections.abc import Iterable, Sequence

from mutualaid.rehearsal.rules.rule import Refusal, always, nothing, rule
from mutualaid.rehearsal.things import Issue, Label
from mutualaid.rehearsal.world import Actor, World

ROLES_PAGE = (
    "organizations/managing-user-access-to-your-organizations-repositories/repository-roles-for-an-organization"
)
LONGEST_BODY, LONGEST_TITLE = 65536, 256
CLOSING = re.compile(r"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)", re.IGNORECASE)


@rule("rest/issues/issues#create-an-issue", lambda _world, _actor, asked: list(asked))
def readers_labels_are_dropped(world: World, actor: Actor, asked: Sequence[str]) -> list[str]:
    """Labels that somebody without push access gives an issue, new or changed, are dropped in silence."""
    return list(asked) if world.has_role(actor, "write") else []


@rule(ROLES_PAGE, nothing)
def strangers_edit_no_issue(world: World, actor: Actor, issue: Issue) -> None:
    """An issue is changed and closed by its author and by those who may triage; others are answered 403."""
    if actor.login != issue.author and not world.has_role(actor, "triage"):
        raise Refusal(403, "Must have admin rights to Repository.")


@rule(ROLES_PAGE, nothing)
def strangers_edit_no_comment(world: World, actor: Actor, author: str) -> None:
    """A comment is changed and deleted by its author and by those who may write; others are answered 403."""
    if actor.login != author and not world.has_role(actor, "write"):
        raise Refusal(403, "Must have admin rights to Repository.")


@rule("GitHub's page on repository roles: everybody may reopen issues they closed themselves", nothing)
def authors_reopen_only_what_they_closed(world: World, actor: Actor, issue: Issue) -> None:
    """An author may reopen an issue that they closed, but not one that somebody else closed: 403."""
    if not world.has_role(actor, "triage") and issue.closed_by != actor.login:
        raise Refusal(403, "Must have admin rights to Repository.")


@rule("rest/issues/labels#add-labels-to-an-issue", lambda _world, _name: None)
def unknown_labels_are_made(world: World, name: str) -> Label | None:
    """A label that the repository does not have is made when somebody puts it on an issue."""
    return world.labels.setdefault(name.lower(), Label(world.next_id(), name, description=""))


@rule("rest/issues/labels#create-a-label", nothing)
def label_names_are_taken_once(world: World, name: str) -> None:
    """A label's name is taken whatever its upper and lower case; making it again answers 422."""
    if name.lower() in world.labels:
        raise Refusal(422, "Validation Failed", resource="Label", code="already_exists", field="name")


@rule("rest/issues/labels#remove-a-label-from-an-issue", nothing)
def missing_labels_are_told(_: World, issue: Issue, name: str) -> None:
    """Taking away a label that is not on the issue answers 404."""
    if name.lower() not in issue.labels:
        raise Refusal(404, "Label does not exist")


@rule("rest/issues/issues#lock-an-issue", nothing)
def locked_issues_take_no_comment(world: World, actor: Actor, issue: Issue) -> None:
    """A locked conversation takes comments only from those who may write; others are answered 403."""
    if issue.is_locked and not world.has_role(actor, "write"):
        raise Refusal(403, "Unable to create comment because issue is locked.")


@rule("GitHub's answer: body is too long (maximum is 65536 characters)", nothing)
def bodies_end_at_65536(_: World, body: str | None) -> None:
    """No issue, pull request or comment holds more than 65,536 characters; longer ones answer 422."""
    if len(body or "") > LONGEST_BODY:
        sentence = "body is too long (maximum is 65536 characters)"
        raise Refusal(422, "Validation Failed", resource="Issue", code="custom", field="body", message=sentence)


@rule("GitHub's answer: title is too long (maximum is 256 characters)", nothing)
def titles_end_at_256(_: World, title: str) -> None:
    """No issue or pull request has a title of more than 256 characters; longer ones answer 422."""
    if len(title) > LONGEST_TITLE:
        sentence = "title is too long (maximum is 256 characters)"
        raise Refusal(422, "Validation Failed", resource="Issue", code="custom", field="title", message=sentence)


@rule(
    "rest/issues/issues#list-repository-issues",
    lambda world, issues: [i for i in issues if i.number not in world.pulls],
)
def pulls_are_issues_too(_: World, issues: Iterable[Issue]) -> list[Issue]:
    """Lists of issues hold pull requests as well, told apart by the key `pull_request`."""
    return list(issues)


@rule("rest/issues/issues#list-repository-issues", lambda _, asked: asked or "all")
def lists_show_open_ones(_: World, asked: str | None) -> str:
    """Lists of issues and pull requests show open ones only, unless `state` says otherwise."""
    return asked or "open"


@rule("rest/issues/issues#get-an-issue", lambda _, _issue: Refusal(404, "Not Found"))
def deleted_issues_are_gone(_: World, issue: Issue) -> Refusal:
    """A deleted issue answers 410, not 404."""
    return Refusal(410, f"This issue was deleted: {issue.number}")


@rule("rest/issues/issues#get-an-issue", lambda _, _issue, _address: Refusal(404, "Not Found"))
def transferred_issues_lead_away(_: World, issue: Issue, address: str) -> Refusal:
    """A transferred issue answers 301, and names its new address in another repository, under another number."""
    return Refusal(301, f"Moved Permanently: {issue.number}", headers={"Location": address})


@rule("GitHub's answer: Issues are disabled for this repo", nothing)
def disabled_issues_are_gone_too(world: World, issue: Issue) -> None:
    """Where issues are switched off, each of them answers 410, as if it were deleted; pull requests stay."""
    if not world.settings.has_issues and issue.number not in world.pulls:
        raise Refusal(410, "Issues are disabled for this repo")


@rule("issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue", always(()))
def closing_words_close_issues(world: World, text: str, base: str) -> tuple[int, ...]:
    """A merge into main closes the issues that the pull request's text names: `closes #1`, `fixes #1`."""
    named = (int(number) for number in CLOSING.findall(text))
    return tuple(number for number in named if number in world.issues) if base == "main" else ()
