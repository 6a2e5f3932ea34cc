"""Git's own things over REST: blobs, trees, commits and refs."""

import base64
import binascii
import datetime as dt
from typing import Any

from mutualaid.rehearsal.events import emit_push
from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.git_history import Commit, Signature
from mutualaid.rehearsal.git_process import GitRefused
from mutualaid.rehearsal.git_store import EMPTY_TREE, TreeEntry, is_ref_name
from mutualaid.rehearsal.operations.issues import close
from mutualaid.rehearsal.rules import git as rules
from mutualaid.rehearsal.rules.access import tokens_write_no_workflows
from mutualaid.rehearsal.rules.pulls import a_deleted_branch_closes_its_pulls
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import git as shapes
from mutualaid.rehearsal.world import Actor, World

HEADS = "refs/heads/"


def move_ref(world: World, actor: Actor, name: str, sha: str | None) -> None:
    """Set or delete a ref, and tell of it. Raises Refusal."""
    before = world.store.ref(name)
    if sha:
        main = world.tip("main")
        tokens_write_no_workflows(world, actor, world.history.base(main, sha) if main else None, sha)
    try:
        world.store.set_ref(name, sha)
    except GitRefused as refused:
        raise Refusal(422, "Reference update failed") from refused
    if sha is None:
        for pull in a_deleted_branch_closes_its_pulls(world, name.removeprefix(HEADS)):
            close(world, actor, world.issues[pull.number])
    emit_push(world, actor, name, before, sha)


def signed(call: Call, name: str) -> Signature:
    """Read an author or committer from a request; GitHub signs with the account where none is given."""
    given = call.body.get(name) or call.body.get("author")
    if not given:
        return shapes.signature(call.world, call.actor.name)
    at = dt.datetime.fromisoformat(given["date"]) if given.get("date") else call.world.clock
    return Signature(given["name"], given["email"], at)


def decoded(text: str) -> bytes:
    """Read base64. Raises Refusal."""
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error as error:
        raise Refusal(422, "content is not valid Base64") from error


def _create_blob(call: Call) -> Answer:
    text = call.body["content"]
    content = decoded(text) if call.body.get("encoding") == "base64" else text.encode()
    sha = call.world.store.write("blob", content)
    shape = shapes.blob(call.world, sha, b"")
    return Answer(201, {"sha": sha, "url": shape["url"]})


def _get_blob(call: Call) -> Answer:
    there = found(call.world.store.read(call.path["file_sha"]))
    if there[0] != "blob":
        raise Refusal(404, "Not Found")
    return Answer(200, shapes.blob(call.world, call.path["file_sha"], there[1]))


def _create_tree(call: Call) -> Answer:
    store = call.world.store
    base = call.body.get("base_tree") or EMPTY_TREE
    there = store.read(base)
    if there and there[0] == "commit":
        base, there = call.world.history.tree_of(base), ("tree", b"")
    if not there or there[0] != "tree":
        raise Refusal(422, "base_tree is not a valid tree oid")
    changes = {line["path"]: _line(call, line) for line in call.body["tree"]}
    sha = store.changed_tree(base, changes)
    return Answer(201, _tree(call.world, sha, deep=False))


def _line(call: Call, line: dict[str, Any]) -> TreeEntry | None:
    store, mode = call.world.store, line.get("mode", "100644")
    if "content" in line:
        return TreeEntry(mode, store.write("blob", line["content"].encode()))
    if line.get("sha") is None:
        return None
    if not store.read(line["sha"]):
        raise Refusal(422, f"tree.sha {line['sha']} is not a valid blob")
    return TreeEntry(mode, line["sha"])


def _tree(world: World, sha: str, *, deep: bool) -> dict[str, Any]:
    lines = [shapes.tree_line(world, path, one) for path, one in world.store.walk(sha, deep=deep)]
    return {
        "sha": sha,
        "url": f"{world.address}/repos/{world.owner}/{world.name}/git/trees/{sha}",
        "tree": lines,
        "truncated": False,
    }


def _get_tree(call: Call) -> Answer:
    world, name = call.world, call.path["tree_sha"]
    sha = world.tip(name) or name
    there = found(world.store.read(sha))
    tree = world.history.tree_of(sha) if there[0] == "commit" else sha
    return Answer(200, _tree(world, tree, deep="recursive" in call.query))


def _create_commit(call: Call) -> Answer:
    world, tree = call.world, call.body["tree"]
    if (world.store.read(tree) or ("",))[0] != "tree":
        raise Refusal(422, "Tree SHA does not exist")
    parents = tuple(call.body.get("parents", ()))
    if not all(world.history.commit(parent) for parent in parents):
        raise Refusal(422, "Parent SHA does not exist or is not a commit object")
    commit = Commit(tree, parents, signed(call, "author"), signed(call, "committer"), call.body["message"])
    sha = world.history.write(commit)
    return Answer(201, shapes.git_commit(world, found(world.history.commit(sha))))


def _get_commit(call: Call) -> Answer:
    return Answer(200, shapes.git_commit(call.world, found(call.world.history.commit(call.path["commit_sha"]))))


def _get_ref(call: Call) -> Answer:
    name = f"refs/{call.path['ref']}"
    return Answer(200, shapes.ref(call.world, name, found(call.world.store.ref(name))))


def _matching_refs(call: Call) -> Answer:
    refs = call.world.store.refs(f"refs/{call.path['ref']}")
    return page(call, list(refs.items()), lambda one: shapes.ref(call.world, *one))


def _create_ref(call: Call) -> Answer:
    name, sha = call.body["ref"], call.body["sha"]
    if not is_ref_name(name):
        raise Refusal(422, "Reference name must start with 'refs/'." if name[:5] != "refs/" else "Invalid ref name")
    rules.existing_refs_are_refused(call.world, name)
    rules.refs_need_a_commit(call.world, sha)
    move_ref(call.world, call.actor, name, sha)
    return Answer(201, shapes.ref(call.world, name, sha))


def _update_ref(call: Call) -> Answer:
    world, name, sha = call.world, f"refs/{call.path['ref']}", call.body["sha"]
    before = world.store.ref(name)
    if before is None:
        raise Refusal(422, "Reference does not exist")
    rules.refs_need_a_commit(world, sha)
    rules.main_is_protected(world, name)
    rules.refs_move_forward(world, before, sha, force=bool(call.body.get("force")))
    move_ref(world, call.actor, name, sha)
    return Answer(200, shapes.ref(world, name, sha))


def _delete_ref(call: Call) -> Answer:
    name = f"refs/{call.path['ref']}"
    if call.world.store.ref(name) is None:
        raise Refusal(422, "Reference does not exist")
    rules.main_is_protected(call.world, name)
    move_ref(call.world, call.actor, name, None)
    return Answer(204)


DEEDS = {
    "git/create-blob": Deed(_create_blob, "contents", "write", "write"),
    "git/get-blob": Deed(_get_blob, "contents"),
    "git/create-tree": Deed(_create_tree, "contents", "write", "write"),
    "git/get-tree": Deed(_get_tree, "contents"),
    "git/create-commit": Deed(_create_commit, "contents", "write", "write"),
    "git/get-commit": Deed(_get_commit, "contents"),
    "git/get-ref": Deed(_get_ref, "contents"),
    "git/list-matching-refs": Deed(_matching_refs, "contents"),
    "git/create-ref": Deed(_create_ref, "contents", "write", "write"),
    "git/update-ref": Deed(_update_ref, "contents", "write", "write"),
    "git/delete-ref": Deed(_delete_ref, "contents", "write", "write"),
}
