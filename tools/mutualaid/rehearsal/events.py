"""What GitHub would tell a workflow: events, kept in order, each in the shape of a webhook."""

from typing import Any

from mutualaid.rehearsal.description import github
from mutualaid.rehearsal.git_store import NOTHING
from mutualaid.rehearsal.rules import events as rules
from mutualaid.rehearsal.rules.merging import pushes_dismiss_if_set
from mutualaid.rehearsal.rules.pulls import the_head_follows_its_branch
from mutualaid.rehearsal.shapes import issues, pulls
from mutualaid.rehearsal.things import Event, Issue, Pull, Review
from mutualaid.rehearsal.world import Actor, World


def emit(world: World, actor: Actor, name: str, action: str | None, *, pull: Pull | None = None, **inner: Any) -> None:
    """Keep an event. `inner` is what it holds besides its repository and sender."""
    payload = {**({"action": action} if action else {}), **inner, **issues.outer(world, actor.name)}
    github().check_event("-".join(filter(None, (name, action))).replace("_", "-"), payload)
    starts = rules.token_events_start_nothing(world, actor, name)
    starts = rules.token_pulls_are_parked(world, actor, name, action, starts)
    ref = rules.reviews_run_on_the_pulls_ref(world, pull, name)
    rights = rules.fork_events_only_read(world, pull, name)
    world.events.append(Event(name, action, payload, actor.name, starts, ref, rights, world.clock))


def emit_issue(world: World, actor: Actor, action: str, one: Issue, **inner: Any) -> None:
    """Keep an event of an issue, or of the pull request that it is. GitHub tells apart by the event's name."""
    pull = world.pulls.get(one.number)
    if pull:
        emit_pull(world, actor, action, pull, **inner)
    else:
        emit(world, actor, "issues", action, issue=issues.issue(world, one), **inner)


def emit_pull(world: World, actor: Actor, action: str, pull: Pull, **inner: Any) -> None:
    """Keep an event of a pull request. Labels on pull requests start nothing here, so they are not kept."""
    if action in {"opened", "synchronize", "edited", "closed", "reopened"}:
        whole = pulls.whole_pull_request(world, pull)
        whole["mergeable"], pull.mergeable_asked_for = None, None
        emit(world, actor, "pull_request", action, pull=pull, number=pull.number, pull_request=whole, **inner)


def emit_review(world: World, actor: Actor, action: str, pull: Pull, review: Review) -> None:
    """Keep an event of a review. Events write its state in small letters, unlike answers."""
    shape = {**pulls.review(world, pull, review), "state": review.state.lower()}
    whole = pulls.pull_request(world, pull)
    emit(world, actor, "pull_request_review", action, pull=pull, review=shape, pull_request=whole)


def old_text(world: World, title: tuple[str, str], body: tuple[str | None, str | None]) -> dict[str, Any]:
    """Write what an edit changed, from pairs of old and new."""
    pairs = {"title": title, "body": body}
    old = {name: before for name, (before, after) in pairs.items() if before != after}
    return rules.edits_carry_the_old_text(world, old)


def notice_push(world: World, pull: Pull, actor: Actor | None = None) -> None:
    """Take note that a pull request's branch has moved, whoever moved it and however."""
    if not world.issues[pull.number].is_open:
        return
    before, after = pull.head_seen, the_head_follows_its_branch(world, pull)
    if before == after:
        return
    pull.head_seen = after
    world.issues[pull.number].updated_at = world.clock
    who = actor or Actor(pull.fork or "somebody-with-git")
    emit_pull(world, who, "synchronize", pull, before=before, after=after)
    if pushes_dismiss_if_set(world):
        for review in pull.reviews:
            if review.state == "APPROVED":
                review.state = "DISMISSED"
                emit_review(world, who, "dismissed", pull, review)


def notice_pushes(world: World, actor: Actor | None = None) -> None:
    """Take note of every open pull request whose branch has moved."""
    for pull in world.pulls.values():
        notice_push(world, pull, actor)


def emit_push(world: World, actor: Actor, ref: str, before: str | None, after: str | None) -> None:
    """Keep the event of a ref that moved, appeared or went, and take note of the pull requests that it moves."""
    head = world.history.commit(after or "")
    person = {"name": actor.name, "email": None}
    inner: dict[str, Any] = {
        "ref": ref,
        "before": before or NOTHING,
        "after": after or NOTHING,
        "created": before is None,
        "deleted": after is None,
        "forced": False,
        "base_ref": None,
        "compare": f"{world.address}/compare",
        "commits": [],
        "head_commit": {"id": head.sha, "message": head.message} if head else None,
        "pusher": person,
    }
    emit(world, actor, "push", None, **inner)
    for pull in world.pulls.values():
        if pull.fork is None and f"refs/heads/{pull.branch}" == ref:
            notice_push(world, pull, actor)
