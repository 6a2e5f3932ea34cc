"""Reviews of pull requests."""

from mutualaid.rehearsal.events import emit_review
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.operations.pulls import pull_named
from mutualaid.rehearsal.rules import access
from mutualaid.rehearsal.rules import pulls as rules
from mutualaid.rehearsal.rules.issues import locked_issues_take_no_comment
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import pulls
from mutualaid.rehearsal.things import Pull, Review

STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}


def _tell(call: Call, action: str, pull: Pull, one: Review) -> None:
    emit_review(call.world, call.actor, action, pull, one)


def _review(call: Call, pull: Pull) -> Review:
    number = call.number("review_id")
    return found(next((each for each in pull.reviews if each.id == number), None))


def _list(call: Call) -> Answer:
    pull = pull_named(call)
    return page(call, pull.reviews, lambda one: pulls.review(call.world, pull, one))


def _get(call: Call) -> Answer:
    pull = pull_named(call)
    return Answer(200, pulls.review(call.world, pull, _review(call, pull)))


def _create(call: Call) -> Answer:
    world, actor, pull = call.world, call.actor, pull_named(call)
    state, body = STATES.get(call.body.get("event", ""), "PENDING"), call.body.get("body") or ""
    if state == "PENDING":
        raise Refusal(422, "The stand-in keeps no pending reviews; name an event.")
    issue = world.issues[pull.number]
    locked_issues_take_no_comment(world, actor, issue)
    access.actions_approve_only_if_set(world, actor, state)
    rules.nobody_approves_their_own(world, actor, issue.author, state)
    rules.a_review_needs_words(world, state, body)
    head = pulls.head(world, pull)
    commit_id = rules.a_review_names_its_commit(world, head, call.body.get("commit_id"))
    if commit_id != head and commit_id not in world.history.log(head, without=pulls.base(world, pull)):
        raise Refusal(422, "Unprocessable Entity", "Commit is not part of the pull request")
    one = Review(world.next_id(), actor.name, state, body, commit_id, world.clock)
    pull.reviews.append(one)
    issue.updated_at = world.clock
    _tell(call, "submitted", pull, one)
    return Answer(200, pulls.review(world, pull, one))


def _dismiss(call: Call) -> Answer:
    pull = pull_named(call)
    one = _review(call, pull)
    if one.state not in {"APPROVED", "CHANGES_REQUESTED"}:
        raise Refusal(422, f"Can not dismiss a {one.state.lower()} pull request review")
    one.state = "DISMISSED"
    _tell(call, "dismissed", pull, one)
    return Answer(200, pulls.review(call.world, pull, one))


DEEDS = {
    "pulls/list-reviews": Deed(_list, "pull_requests"),
    "pulls/get-review": Deed(_get, "pull_requests"),
    "pulls/create-review": Deed(_create, "pull_requests", "write"),
    "pulls/dismiss-review": Deed(_dismiss, "pull_requests", "write", "write"),
}
