"""Issues, comments and labels."""

from typing import Any
from urllib.parse import quote

from mutualaid.rehearsal.shapes.people import association, home, moment, repository, user, web
from mutualaid.rehearsal.things import Comment, Issue, Label
from mutualaid.rehearsal.world import World


def label(world: World, one: Label) -> dict[str, Any]:
    """Write a label."""
    return {
        "id": one.id,
        "node_id": f"LA_{one.id}",
        "url": f"{home(world)}/labels/{quote(one.name)}",
        "name": one.name,
        "description": one.description,
        "color": one.colour,
        "default": False,
    }


def labels(world: World, issue: Issue) -> list[dict[str, Any]]:
    """Write the labels of an issue."""
    return [label(world, world.labels[name]) for name in issue.labels]


def address(world: World, one: Issue) -> str:
    """Return the REST address of an issue, in the repository where it is now."""
    place, number = one.moved_to or (f"{world.owner}/{world.name}", one.number)
    return f"{world.address}/repos/{place}/issues/{number}"


def issue(world: World, one: Issue) -> dict[str, Any]:
    """Write an issue; one that is a pull request says so."""
    rest, page = address(world, one), f"{web(world)}/issues/{one.number}"
    shape = {
        "id": one.id,
        "node_id": f"I_{one.id}",
        "number": one.moved_to[1] if one.moved_to else one.number,
        "url": rest,
        "repository_url": rest.partition("/issues/")[0],
        "labels_url": f"{rest}/labels{{/name}}",
        "comments_url": f"{rest}/comments",
        "events_url": f"{rest}/events",
        "html_url": page,
        "title": one.title,
        "body": one.body,
        "user": user(world, one.author),
        "author_association": association(world, one.author),
        "labels": labels(world, one),
        "state": "open" if one.is_open else "closed",
        "state_reason": one.state_reason,
        "locked": one.is_locked,
        "active_lock_reason": one.lock_reason,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": len(one.comments),
        "created_at": moment(one.created_at),
        "updated_at": moment(one.updated_at),
        "closed_at": moment(one.closed_at),
        "closed_by": user(world, one.closed_by) if one.closed_by else None,
        "performed_via_github_app": None,
        "timeline_url": f"{rest}/timeline",
    }
    if pull := world.pulls.get(one.number):
        page = f"{web(world)}/pull/{one.number}"
        part = {"url": f"{home(world)}/pulls/{one.number}", "html_url": page, "merged_at": moment(pull.merged_at)}
        shape["pull_request"] = {**part, "diff_url": f"{page}.diff", "patch_url": f"{page}.patch"}
        shape["html_url"] = page
    return shape


def comment(world: World, one: Comment) -> dict[str, Any]:
    """Write a comment."""
    return {
        "id": one.id,
        "node_id": f"IC_{one.id}",
        "url": f"{home(world)}/issues/comments/{one.id}",
        "html_url": f"{web(world)}/issues/{one.issue}#issuecomment-{one.id}",
        "issue_url": f"{home(world)}/issues/{one.issue}",
        "body": one.body,
        "user": user(world, one.author),
        "author_association": association(world, one.author),
        "created_at": moment(one.created_at),
        "updated_at": moment(one.updated_at),
        "performed_via_github_app": None,
    }


def outer(world: World, actor: str) -> dict[str, Any]:
    """Write what every event holds."""
    return {"repository": repository(world), "sender": user(world, actor)}
