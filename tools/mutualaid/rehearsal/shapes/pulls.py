"""Pull requests and reviews."""

from typing import Any

from mutualaid.rehearsal.rules.pulls import (
    a_closed_head_stays,
    a_review_keeps_its_commit,
    files_are_since_the_fork_point,
    mergeable_is_unknown_at_first,
    the_head_follows_its_branch,
)
from mutualaid.rehearsal.shapes import issues
from mutualaid.rehearsal.shapes.people import association, home, moment, repository, user, web
from mutualaid.rehearsal.things import Pull, Review
from mutualaid.rehearsal.world import World


def head(world: World, pull: Pull) -> str:
    """Return the commit that a pull request's head is now."""
    if world.issues[pull.number].is_open:
        return the_head_follows_its_branch(world, pull)
    return a_closed_head_stays(world, pull)


def base(world: World, pull: Pull) -> str:
    """Return the commit that a pull request would be merged into now, or was merged into."""
    return (world.tip(pull.base) if world.issues[pull.number].is_open else None) or pull.base_seen


def pull_request(world: World, pull: Pull) -> dict[str, Any]:
    """Write a pull request as lists show it."""
    one = world.issues[pull.number]
    rest, page = f"{home(world)}/pulls/{pull.number}", f"{web(world)}/pull/{pull.number}"
    as_issue, tip = f"{home(world)}/issues/{pull.number}", head(world, pull)
    addresses = {
        "html": page,
        "issue": as_issue,
        "comments": f"{as_issue}/comments",
        "review_comments": f"{rest}/comments",
        "review_comment": f"{home(world)}/pulls/comments{{/number}}",
        "commits": f"{rest}/commits",
        "statuses": f"{home(world)}/statuses/{tip}",
    }
    return {
        "id": pull.id,
        "node_id": f"PR_{pull.id}",
        "number": pull.number,
        "url": rest,
        **{f"{name}_url": address for name, address in addresses.items()},
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "_links": {name: {"href": address} for name, address in {"self": rest, **addresses}.items()},
        "state": "open" if one.is_open else "closed",
        "locked": one.is_locked,
        "active_lock_reason": one.lock_reason,
        "title": one.title,
        "body": one.body,
        "user": user(world, one.author),
        "author_association": association(world, one.author),
        "labels": issues.labels(world, one),
        "milestone": None,
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "head": _side(world, pull.fork, pull.branch, tip),
        "base": _side(world, None, pull.base, base(world, pull)),
        "draft": pull.is_draft,
        "auto_merge": None,
        "created_at": moment(one.created_at),
        "updated_at": moment(one.updated_at),
        "closed_at": moment(one.closed_at),
        "merged_at": moment(pull.merged_at),
        "merge_commit_sha": pull.merge_sha,
    }


def whole_pull_request(world: World, pull: Pull) -> dict[str, Any]:
    """Write a pull request as it is shown alone: with its counts and whether it can be merged."""
    one, tip, target = world.issues[pull.number], head(world, pull), base(world, pull)
    mergeable = mergeable_is_unknown_at_first(world, pull, target, tip) if one.is_open else None
    files = files_are_since_the_fork_point(world, target, tip)
    return {
        **pull_request(world, pull),
        "merged": pull.merged_at is not None,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": {None: "unknown", True: "clean", False: "dirty"}[mergeable],
        "merged_by": user(world, pull.merged_by) if pull.merged_by else None,
        "comments": len(one.comments),
        "review_comments": 0,
        "maintainer_can_modify": pull.fork is not None,
        "commits": len(world.history.log(tip, without=target)),
        "additions": sum(each.additions for each in files),
        "deletions": sum(each.deletions for each in files),
        "changed_files": len(files),
    }


def review(world: World, pull: Pull, one: Review) -> dict[str, Any]:
    """Write a review; its author is null where the account is gone."""
    rest = f"{home(world)}/pulls/{pull.number}"
    page = f"{web(world)}/pull/{pull.number}#pullrequestreview-{one.id}"
    return {
        "id": one.id,
        "node_id": f"PRR_{one.id}",
        "user": None if one.author in world.gone_accounts else user(world, one.author),
        "body": one.body,
        "state": one.state,
        "html_url": page,
        "pull_request_url": rest,
        "_links": {"html": {"href": page}, "pull_request": {"href": rest}},
        "submitted_at": moment(one.at),
        "commit_id": a_review_keeps_its_commit(world, pull, one.commit_id),
        "author_association": association(world, one.author),
    }


def _side(world: World, fork: str | None, branch: str, sha: str) -> dict[str, Any]:
    owner = fork or world.owner
    place = {"label": f"{owner}:{branch}", "ref": branch, "sha": sha, "user": user(world, owner)}
    return {**place, "repo": repository(world, fork)}
