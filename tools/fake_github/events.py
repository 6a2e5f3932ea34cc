"""What GitHub would send to workflows: events, kept in order, with what a workflow reads of a webhook."""

from collections.abc import Iterable
from typing import Any

from fake_github import shapes
from fake_github.git import HEADS
from fake_github.repository import Actor, Event, Issue, Pull, Repository


def emit(
    repo: Repository, actor: Actor, name: str, action: str = "", *, pull: Pull | None = None, **payload: Any
) -> None:
    is_idle = actor.is_workflow and name != "workflow_dispatch" and repo.holds("token-events-start-nothing")
    if pull:
        payload["pull_request"] = shapes.pull_request(repo, pull)
    repo.events.append(Event(name, action, {"action": action, **payload}, actor.login, not is_idle))


def emit_issue(repo: Repository, actor: Actor, action: str, issue: Issue) -> None:
    """Keep an event of an issue, or of the pull request that it is. GitHub tells them apart by the event's name."""
    pull = repo.pulls.get(issue.number)
    if pull:
        emit(repo, actor, "pull_request", action, pull=pull)
    else:
        emit(repo, actor, "issues", action, issue=shapes.issue(repo, issue))


def emit_push(repo: Repository, actor: Actor, ref: str) -> None:
    emit(repo, actor, "push", ref=ref)
    notice_pushes(
        repo, [pull for pull in repo.pulls.values() if pull.fork is None and ref == HEADS + pull.branch], actor
    )


def notice_pushes(repo: Repository, pulls: Iterable[Pull], actor: Actor | None = None) -> None:
    """Notice those open pull requests whose branch has moved, whoever moved it and however."""
    for pull in pulls:
        issue, head = repo.issues[pull.number], shapes.head(repo, pull)
        if issue.is_open and pull.head_seen != head:
            pull.head_seen, issue.updated_at = head, repo.clock
            emit_issue(repo, actor or Actor(pull.fork or "git"), "synchronize", issue)
