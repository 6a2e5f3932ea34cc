"""Labels, of the repository and of issues."""

from collections.abc import Iterable

from mutualaid.rehearsal.events import emit_issue
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.rules import issues as rules
from mutualaid.rehearsal.shapes import issues as shapes
from mutualaid.rehearsal.things import Issue, Label
from mutualaid.rehearsal.world import Actor, World


def put_labels(world: World, actor: Actor, one: Issue, names: Iterable[str], *, is_told: bool = True) -> None:
    """Give an issue exactly these labels. Each that comes or goes is an event, unless the issue is being opened."""
    wanted = [
        name.lower()
        for name in dict.fromkeys(names)
        if name.lower() in world.labels or rules.unknown_labels_are_made(world, name)
    ]
    gone = [name for name in one.labels if name not in wanted]
    come = [name for name in wanted if name not in one.labels]
    one.labels = [name for name in one.labels if name in wanted] + come
    if not (gone or come) or not is_told:
        return
    one.updated_at = world.clock
    for action, changed in (("unlabeled", gone), ("labeled", come)):
        for name in changed:
            emit_issue(world, actor, action, one, label=shapes.label(world, world.labels[name]))


def _issue(call: Call) -> Issue:
    one = found(call.world.issues.get(call.number("issue_number")))
    if one.is_deleted:
        raise rules.deleted_issues_are_gone(call.world, one)
    return found(None if one.moved_to else one)


def _label(call: Call) -> Label:
    return found(call.world.labels.get(call.path["name"].lower()))


def _list(call: Call) -> Answer:
    ordered = sorted(call.world.labels.values(), key=lambda one: one.name.lower())
    return page(call, ordered, lambda one: shapes.label(call.world, one))


def _create(call: Call) -> Answer:
    name = call.body["name"]
    rules.label_names_are_taken_once(call.world, name)
    one = Label(call.world.next_id(), name, call.body.get("color", "ededed"), call.body.get("description"))
    call.world.labels[name.lower()] = one
    return Answer(201, shapes.label(call.world, one))


def _get(call: Call) -> Answer:
    return Answer(200, shapes.label(call.world, _label(call)))


def _update(call: Call) -> Answer:
    one, new = _label(call), call.body.get("new_name")
    if new and new.lower() != one.name.lower():
        rules.label_names_are_taken_once(call.world, new)
    if new:
        old = one.name.lower()
        del call.world.labels[old]
        one.name = new
        call.world.labels[new.lower()] = one
        for issue in call.world.issues.values():
            issue.labels = [new.lower() if name == old else name for name in issue.labels]
    one.colour = call.body.get("color", one.colour)
    one.description = call.body.get("description", one.description)
    return Answer(200, shapes.label(call.world, one))


def _delete(call: Call) -> Answer:
    name = _label(call).name.lower()
    del call.world.labels[name]
    for issue in call.world.issues.values():
        issue.labels = [each for each in issue.labels if each != name]
    return Answer(204)


def _list_on_issue(call: Call) -> Answer:
    ordered = [call.world.labels[name] for name in _issue(call).labels]
    return page(call, ordered, lambda one: shapes.label(call.world, one))


def _names(call: Call) -> list[str]:
    given = call.body.get("labels", ())
    return [each if isinstance(each, str) else each["name"] for each in given]


def _add(call: Call) -> Answer:
    one = _issue(call)
    put_labels(call.world, call.actor, one, [*(call.world.labels[name].name for name in one.labels), *_names(call)])
    return Answer(200, shapes.labels(call.world, one))


def _set(call: Call) -> Answer:
    one = _issue(call)
    put_labels(call.world, call.actor, one, _names(call))
    return Answer(200, shapes.labels(call.world, one))


def _remove(call: Call) -> Answer:
    one, name = _issue(call), call.path["name"]
    rules.missing_labels_are_told(call.world, one, name)
    put_labels(call.world, call.actor, one, [each for each in one.labels if each != name.lower()])
    return Answer(200, shapes.labels(call.world, one))


def _remove_all(call: Call) -> Answer:
    put_labels(call.world, call.actor, _issue(call), ())
    return Answer(204)


DEEDS = {
    "issues/list-labels-for-repo": Deed(_list, "issues"),
    "issues/create-label": Deed(_create, "issues", "write", "write"),
    "issues/get-label": Deed(_get, "issues"),
    "issues/update-label": Deed(_update, "issues", "write", "write"),
    "issues/delete-label": Deed(_delete, "issues", "write", "write"),
    "issues/list-labels-on-issue": Deed(_list_on_issue, "issues"),
    "issues/add-labels": Deed(_add, "issues", "write", "triage"),
    "issues/set-labels": Deed(_set, "issues", "write", "triage"),
    "issues/remove-label": Deed(_remove, "issues", "write", "triage"),
    "issues/remove-all-labels": Deed(_remove_all, "issues", "write", "triage"),
}
