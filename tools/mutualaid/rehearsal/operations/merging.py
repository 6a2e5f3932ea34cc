"""Merging a pull request."""

from mutualaid.rehearsal.events import emit_push
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found
from mutualaid.rehearsal.git_history import Commit
from mutualaid.rehearsal.operations.checks import succeeded
from mutualaid.rehearsal.operations.git import HEADS, move_ref
from mutualaid.rehearsal.operations.issues import close
from mutualaid.rehearsal.operations.pulls import is_own_branch, pull_named
from mutualaid.rehearsal.rules import merging as rules
from mutualaid.rehearsal.rules.access import tokens_write_no_workflows
from mutualaid.rehearsal.rules.issues import closing_words_close_issues
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import git, pulls
from mutualaid.rehearsal.things import Pull
from mutualaid.rehearsal.world import World


def _merge(call: Call) -> Answer:
    world, actor, pull = call.world, call.actor, pull_named(call)
    rules.a_merge_needs_an_open_pull(world, pull)
    head, base = pulls.head(world, pull), pulls.base(world, pull)
    rules.a_merge_needs_the_asked_head(world, head, call.body.get("sha"))
    tree = rules.a_merge_needs_no_conflict(world, base, head)
    _hold_branch_rules(world, pull, head)
    sha = world.history.write(_commit(call, pull, tree, head, base))
    tokens_write_no_workflows(world, actor, base, sha)
    world.store.set_ref(HEADS + pull.base, sha)
    pull.head_seen, pull.base_seen = head, base
    pull.merged_at, pull.merged_by, pull.merge_sha = world.clock, actor.name, sha
    issue = world.issues[pull.number]
    close(world, actor, issue)
    pull.base_seen = base
    emit_push(world, actor, HEADS + pull.base, base, sha)
    for number in closing_words_close_issues(world, issue.body or "", pull.base):
        close(world, actor, world.issues[number])
    if world.settings.branch_goes_after_merge and is_own_branch(world, pull):
        move_ref(world, actor, HEADS + pull.branch, None)
    return Answer(200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"})


def _hold_branch_rules(world: World, pull: Pull, head: str) -> None:
    """Hold main's own rules. Raises Refusal."""
    if pull.base != "main":
        return
    reviews = rules.the_latest_verdict_counts(world, rules.only_writers_reviews_count(world, pull.reviews))
    rules.asked_changes_stop_a_merge(world, reviews)
    rules.a_merge_needs_approvals(world, rules.old_approvals_still_count(world, reviews, head))
    rules.required_checks_stop_a_merge(world, succeeded(world, head))


def _commit(call: Call, pull: Pull, tree: str, head: str, base: str) -> Commit:
    """Make the commit that a merge leaves on its base."""
    world, issue, body = call.world, call.world.issues[pull.number], call.body
    merger, opener = (git.signature(world, login) for login in (call.actor.name, issue.author))
    committer = git.signature(world, "web-flow")
    method = body.get("merge_method", "merge")
    if method == "rebase":
        raise Refusal(405, "Rebase merges are not allowed on this repository.")
    if method == "merge":
        title = body.get("commit_title") or f"Merge pull request #{pull.number} from {world.owner}/{pull.branch}"
        message = "\n\n".join(filter(None, (title, body.get("commit_message", issue.title))))
        return Commit(tree, (base, head), merger, committer, message)
    title = body.get("commit_title") or f"{issue.title} (#{pull.number})"
    message = "\n\n".join(filter(None, (title, body.get("commit_message", ""))))
    shas = world.history.log(head, without=base)
    authors = [found(world.history.commit(sha)).author for sha in shas]
    message = rules.a_squash_names_co_authors(world, message, authors, opener)
    parents = rules.a_squash_is_one_commit(world, base, head)
    return Commit(tree, parents, rules.a_squash_names_the_opener(world, opener, merger), committer, message)


DEEDS = {"pulls/merge": Deed(_merge, "contents", "write", "write")}
