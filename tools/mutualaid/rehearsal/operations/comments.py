"""Comments on issues and pull requests."""

from typing import Any

from mutualaid.rehearsal.events import emit, old_text
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.operations.issues import issue_named, since
from mutualaid.rehearsal.rules import issues as rules
from mutualaid.rehearsal.shapes import issues as shapes
from mutualaid.rehearsal.things import Comment, Edit


def _comment(call: Call) -> Comment:
    number = call.number("comment_id")
    everything = (each for one in call.world.issues.values() if one.is_here for each in one.comments)
    return found(next((each for each in everything if each.id == number), None))


def _tell(call: Call, action: str, one: Comment, **inner: Any) -> None:
    issue = shapes.issue(call.world, call.world.issues[one.issue])
    emit(
        call.world,
        call.actor,
        "issue_comment",
        action,
        issue=issue,
        comment=shapes.comment(call.world, one),
        **inner,
    )


def _list(call: Call) -> Answer:
    start = since(call.query.get("since"))
    shown = [one for one in issue_named(call).comments if start is None or one.updated_at >= start]
    return page(call, shown, lambda one: shapes.comment(call.world, one))


def _list_for_repository(call: Call) -> Answer:
    start = since(call.query.get("since"))
    everything = [each for one in call.world.issues.values() if one.is_here for each in one.comments]
    shown = [one for one in everything if start is None or one.updated_at >= start]
    is_by_update = call.query.get("sort") == "updated"
    shown.sort(key=lambda one: (one.updated_at if is_by_update else one.created_at, one.id))
    if "sort" in call.query and call.query.get("direction") == "desc":
        shown.reverse()
    return page(call, shown, lambda one: shapes.comment(call.world, one))


def _create(call: Call) -> Answer:
    world, issue, body = call.world, issue_named(call), call.body["body"]
    rules.locked_issues_take_no_comment(world, call.actor, issue)
    rules.bodies_end_at_65536(world, body)
    one = Comment(world.next_id(), issue.number, call.actor.name, body, world.clock, world.clock)
    issue.comments.append(one)
    issue.updated_at = world.clock
    _tell(call, "created", one)
    return Answer(201, shapes.comment(world, one))


def _get(call: Call) -> Answer:
    return Answer(200, shapes.comment(call.world, _comment(call)))


def _update(call: Call) -> Answer:
    world, one, body = call.world, _comment(call), call.body["body"]
    rules.strangers_edit_no_comment(world, call.actor, one.author)
    rules.bodies_end_at_65536(world, body)
    changes = old_text(world, ("", ""), (one.body, body))
    one.edits.append(Edit(world.clock, call.actor.name, "", one.body))
    one.body, one.updated_at = body, world.clock
    _tell(call, "edited", one, changes=changes)
    return Answer(200, shapes.comment(world, one))


def _delete(call: Call) -> Answer:
    one = _comment(call)
    rules.strangers_edit_no_comment(call.world, call.actor, one.author)
    call.world.issues[one.issue].comments.remove(one)
    _tell(call, "deleted", one)
    return Answer(204)


DEEDS = {
    "issues/list-comments": Deed(_list, "issues"),
    "issues/list-comments-for-repo": Deed(_list_for_repository, "issues"),
    "issues/create-comment": Deed(_create, "issues", "write"),
    "issues/get-comment": Deed(_get, "issues"),
    "issues/update-comment": Deed(_update, "issues", "write"),
    "issues/delete-comment": Deed(_delete, "issues", "write"),
}
