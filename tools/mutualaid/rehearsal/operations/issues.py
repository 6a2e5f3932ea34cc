"""Issues: listing, opening, changing, locking."""

import datetime as dt
from collections.abc import Iterable, Sequence

from mutualaid.rehearsal.description import Mismatch
from mutualaid.rehearsal.events import emit_issue, old_text
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.operations.labels import put_labels
from mutualaid.rehearsal.rules import issues as rules
from mutualaid.rehearsal.rules.pulls import a_closed_head_stays
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import issues as shapes
from mutualaid.rehearsal.things import Edit, Issue
from mutualaid.rehearsal.world import Actor, World


def issue_named(call: Call, name: str = "issue_number") -> Issue:
    """Return the issue that the address names. Raises Refusal where it is not there, or no more.

    What hangs on a transferred issue is not found: GitHub leads on from the issue itself alone.
    """
    world, number = call.world, call.number(name)
    place = f"{call.path.get('owner', world.owner)}/{call.path.get('repo', world.name)}".lower()
    if place != f"{world.owner}/{world.name}".lower():
        return found(next((one for one in world.issues.values() if one.moved_to == (place, number)), None))
    one = found(world.issues.get(number))
    rules.disabled_issues_are_gone_too(world, one)
    if one.is_deleted:
        raise rules.deleted_issues_are_gone(world, one)
    if one.moved_to and call.operation.name == "issues/get":
        raise rules.transferred_issues_lead_away(world, one, shapes.address(world, one))
    return found(None if one.moved_to else one)


def since(text: str | None) -> dt.datetime | None:
    """Read a time in a query."""
    return dt.datetime.fromisoformat(text) if text else None


def only_filters(call: Call, *understood: str) -> None:
    """Refuse a filter that the stand-in would overlook. Raises Mismatch."""
    unknown = call.query.keys() - {*understood, "page", "per_page", "sort", "direction"}
    if unknown:
        raise Mismatch(f"The stand-in cannot filter {call.operation.name} by {', '.join(sorted(unknown))} yet.")


def in_order(issues: Iterable[Issue], call: Call) -> list[Issue]:
    """Sort as asked: by default the newest first."""
    keys = {"updated": lambda one: (one.updated_at, one.number), "comments": lambda one: len(one.comments)}
    key = keys.get(call.query.get("sort", ""), lambda one: one.number)
    return sorted(issues, key=key, reverse=call.query.get("direction", "desc") == "desc")


def open_issue(world: World, actor: Actor, title: str, body: str | None, labels: Sequence[str]) -> Issue:
    """Open an issue that has these labels from its first moment on."""
    rules.titles_end_at_256(world, title)
    rules.bodies_end_at_65536(world, body)
    number = max(world.issues, default=0) + 1
    one = Issue(world.next_id(), number, title, body, actor.name, world.clock, world.clock)
    world.issues[number] = one
    put_labels(world, actor, one, labels, is_told=False)
    emit_issue(world, actor, "opened", one)
    return one


def change_text(world: World, actor: Actor, one: Issue, title: str, body: str | None) -> None:
    """Change title or body, and keep the old text."""
    if (title, body) == (one.title, one.body):
        return
    rules.titles_end_at_256(world, title)
    rules.bodies_end_at_65536(world, body)
    changes = old_text(world, (one.title, title), (one.body, body))
    one.edits.append(Edit(world.clock, actor.name, one.title, one.body))
    one.title, one.body, one.updated_at = title, body, world.clock
    emit_issue(world, actor, "edited", one, changes=changes)


def close(world: World, actor: Actor, one: Issue, reason: str | None = None) -> None:
    """Close an issue or a pull request."""
    if not one.is_open:
        return
    if pull := world.pulls.get(one.number):
        pull.base_seen = world.tip(pull.base) or pull.base_seen
        reason = None
    else:
        reason = reason or "completed"
    one.is_open, one.state_reason = False, reason
    one.closed_at, one.closed_by, one.updated_at = world.clock, actor.name, world.clock
    emit_issue(world, actor, "closed", one)


def reopen(world: World, actor: Actor, one: Issue) -> None:
    """Open an issue or a pull request again."""
    if one.is_open:
        return
    rules.authors_reopen_only_what_they_closed(world, actor, one)
    pull = world.pulls.get(one.number)
    if pull and (pull.merged_at or world.tip(pull.branch, pull.fork) != a_closed_head_stays(world, pull)):
        raise Refusal(422, "Validation Failed", resource="PullRequest", code="invalid", field="state")
    one.is_open, one.state_reason = True, None if pull else "reopened"
    one.closed_at, one.closed_by, one.updated_at = None, None, world.clock
    emit_issue(world, actor, "reopened", one)


def _list(call: Call) -> Answer:
    only_filters(call, "state", "labels", "creator", "since")
    world, state = call.world, rules.lists_show_open_ones(call.world, call.query.get("state"))
    wanted = {name.strip().lower() for name in call.query.get("labels", "").split(",") if name.strip()}
    start, creator = since(call.query.get("since")), call.query.get("creator")
    shown = [
        one
        for one in rules.pulls_are_issues_too(world, world.issues.values())
        if one.is_here
        and state in {"all", "open" if one.is_open else "closed"}
        and wanted <= set(one.labels)
        and creator in {None, one.author}
        and (start is None or one.updated_at >= start)
    ]
    return page(call, in_order(shown, call), lambda one: shapes.issue(world, one))


def _create(call: Call) -> Answer:
    labels = [each if isinstance(each, str) else each["name"] for each in call.body.get("labels", ())]
    kept = rules.readers_labels_are_dropped(call.world, call.actor, labels)
    one = open_issue(call.world, call.actor, str(call.body["title"]), call.body.get("body"), kept)
    return Answer(201, shapes.issue(call.world, one))


def _get(call: Call) -> Answer:
    return Answer(200, shapes.issue(call.world, issue_named(call)))


def _update(call: Call) -> Answer:
    world, actor, one = call.world, call.actor, issue_named(call)
    rules.strangers_edit_no_issue(world, actor, one)
    change_text(world, actor, one, str(call.body.get("title") or one.title), call.body.get("body", one.body))
    if "labels" in call.body:
        names = [each if isinstance(each, str) else each["name"] for each in call.body["labels"]]
        kept = rules.readers_labels_are_dropped(world, actor, names)
        if kept or not names:
            put_labels(world, actor, one, kept)
    if call.body.get("state") == "closed":
        close(world, actor, one, call.body.get("state_reason"))
    elif call.body.get("state") == "open":
        reopen(world, actor, one)
    return Answer(200, shapes.issue(world, one))


def _lock(call: Call) -> Answer:
    one = issue_named(call)
    one.is_locked, one.lock_reason = True, call.body.get("lock_reason")
    return Answer(204)


def _unlock(call: Call) -> Answer:
    one = issue_named(call)
    one.is_locked, one.lock_reason = False, None
    return Answer(204)


DEEDS = {
    "issues/list-for-repo": Deed(_list, "issues"),
    "issues/create": Deed(_create, "issues", "write"),
    "issues/get": Deed(_get, "issues"),
    "issues/update": Deed(_update, "issues", "write"),
    "issues/lock": Deed(_lock, "issues", "write", "write"),
    "issues/unlock": Deed(_unlock, "issues", "write", "write"),
}
