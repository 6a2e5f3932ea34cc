"""Pull requests: listing, opening, changing, their files and commits."""

from mutualaid.rehearsal.events import emit_pull, notice_push, notice_pushes
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.git_history import Commit
from mutualaid.rehearsal.operations.git import HEADS, move_ref
from mutualaid.rehearsal.operations.issues import change_text, close, in_order, only_filters, reopen
from mutualaid.rehearsal.rules import access
from mutualaid.rehearsal.rules import pulls as rules
from mutualaid.rehearsal.rules.issues import (
    bodies_end_at_65536,
    lists_show_open_ones,
    strangers_edit_no_issue,
    titles_end_at_256,
)
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import git, pulls
from mutualaid.rehearsal.things import Issue, Pull
from mutualaid.rehearsal.world import World


def pull_named(call: Call) -> Pull:
    """Return the pull request that the address names, after a look at where its branch is now."""
    pull = found(call.world.pulls.get(call.number("pull_number")))
    notice_push(call.world, pull)
    return pull


def _list(call: Call) -> Answer:
    only_filters(call, "state", "head", "base")
    world = call.world
    notice_pushes(world)
    state = lists_show_open_ones(world, call.query.get("state"))
    shown = [
        world.issues[each.number]
        for each in world.pulls.values()
        if state in {"all", "open" if world.issues[each.number].is_open else "closed"}
        and call.query.get("base") in {None, each.base}
        and call.query.get("head") in {None, f"{each.fork or world.owner}:{each.branch}"}
    ]
    return page(call, in_order(shown, call), lambda one: pulls.pull_request(world, world.pulls[one.number]))


def _create(call: Call) -> Answer:
    world, actor, base = call.world, call.actor, call.body["base"].removeprefix(HEADS)
    access.actions_open_pulls_only_if_set(world, actor)
    owner, _, branch = call.body["head"].rpartition(":")
    fork = owner if owner and owner != world.owner else None
    head, base_tip = world.tip(branch, fork), world.tip(base)
    for field, tip in (("head", head), ("base", base_tip)):
        if tip is None:
            raise Refusal(422, "Validation Failed", resource="PullRequest", code="invalid", field=field)
    if fork != actor.login and not world.has_role(actor, "write"):
        raise Refusal(404, "Not Found")
    head, base_tip = found(head), found(base_tip)
    rules.a_branch_has_one_open_pull(world, branch, base, fork)
    rules.a_pull_needs_commits(world, base, head)
    pull = _open(call, Pull(world.next_id(), 0, base, branch, head, base_tip, fork, call.body.get("draft", False)))
    return Answer(201, pulls.whole_pull_request(world, pull))


def _open(call: Call, pull: Pull) -> Pull:
    world, number = call.world, max(call.world.issues, default=0) + 1
    title, body = call.body.get("title") or pull.branch, call.body.get("body")
    titles_end_at_256(world, title)
    bodies_end_at_65536(world, body)
    world.issues[number] = Issue(world.next_id(), number, title, body, call.actor.name, world.clock, world.clock)
    pull.number = number
    world.pulls[number] = pull
    emit_pull(world, call.actor, "opened", pull)
    return pull


def _get(call: Call) -> Answer:
    return Answer(200, pulls.whole_pull_request(call.world, pull_named(call)))


def _update(call: Call) -> Answer:
    world, pull = call.world, pull_named(call)
    one = world.issues[pull.number]
    strangers_edit_no_issue(world, call.actor, one)
    change_text(world, call.actor, one, call.body.get("title") or one.title, call.body.get("body", one.body))
    if call.body.get("base") not in {None, pull.base}:
        raise Refusal(422, "The stand-in does not change a pull request's base.")
    if call.body.get("state") == "closed":
        close(world, call.actor, one)
    elif call.body.get("state") == "open":
        reopen(world, call.actor, one)
    return Answer(200, pulls.whole_pull_request(world, pull))


def _list_files(call: Call) -> Answer:
    world, pull = call.world, pull_named(call)
    head = pulls.head(world, pull)
    files = rules.files_are_since_the_fork_point(world, pulls.base(world, pull), head)
    return page(call, files, lambda one: git.changed_file(world, one, head))


def _list_commits(call: Call) -> Answer:
    world, pull = call.world, pull_named(call)
    shas = world.history.log(pulls.head(world, pull), without=pulls.base(world, pull))
    return page(call, shas[::-1], lambda sha: git.commit(world, found(world.history.commit(sha))))


def _update_branch(call: Call) -> Answer:
    world, pull = call.world, pull_named(call)
    head, base = pulls.head(world, pull), pulls.base(world, pull)
    if call.body.get("expected_head_sha") not in {None, head}:
        raise Refusal(422, f"expected head sha didn't match current head ref. {head}")
    tree = world.history.merged_tree(base, head)
    if tree is None or pull.fork:
        raise Refusal(422, "merge conflict between base and head")
    signed = git.signature(world, call.actor.name)
    message = f"Merge branch '{pull.base}' into {pull.branch}"
    sha = world.history.write(Commit(tree, (head, base), signed, signed, message))
    move_ref(world, call.actor, HEADS + pull.branch, sha)
    return Answer(202, {"message": "Updating pull request branch.", "url": f"{world.address}/pulls/{pull.number}"})


def _check_if_merged(call: Call) -> Answer:
    if not pull_named(call).merged_at:
        raise Refusal(404, "Not Found")
    return Answer(204)


def is_own_branch(world: World, pull: Pull) -> bool:
    """Whether a pull request comes from a branch of this repository."""
    return pull.fork is None and world.tip(pull.branch) is not None


DEEDS = {
    "pulls/list": Deed(_list, "pull_requests"),
    "pulls/create": Deed(_create, "pull_requests", "write"),
    "pulls/get": Deed(_get, "pull_requests"),
    "pulls/update": Deed(_update, "pull_requests", "write"),
    "pulls/list-files": Deed(_list_files, "pull_requests"),
    "pulls/list-commits": Deed(_list_commits, "pull_requests"),
    "pulls/update-branch": Deed(_update_branch, "pull_requests", "write", "write"),
    "pulls/check-if-merged": Deed(_check_if_merged, "contents"),
}
