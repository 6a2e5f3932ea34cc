"""Files, commits, differences and branches of the repository."""

from typing import Any

from mutualaid.rehearsal.exchange import Answer, Call, Deed, found, page
from mutualaid.rehearsal.git_history import Commit
from mutualaid.rehearsal.git_store import FILE, SHA, TreeEntry
from mutualaid.rehearsal.operations.git import HEADS, decoded, move_ref, signed
from mutualaid.rehearsal.operations.issues import only_filters
from mutualaid.rehearsal.rules import git as rules
from mutualaid.rehearsal.rules.limits import comparisons_show_300_files
from mutualaid.rehearsal.rules.rule import Refusal
from mutualaid.rehearsal.shapes import git as shapes
from mutualaid.rehearsal.shapes.people import home, web
from mutualaid.rehearsal.world import World


def resolved(world: World, name: str) -> Commit:
    """Find the commit that a branch, a ref or a sha names; a fork's branch is `login:branch`. Raises Refusal 404."""
    fork, _, branch = name.rpartition(":")
    sha = name if SHA.fullmatch(name) else world.tip(branch.removeprefix(HEADS).removeprefix("heads/"), fork or None)
    return found(world.history.commit(sha or ""))


def _get(call: Call) -> Answer:
    world, path, at = call.world, call.path["path"].strip("/"), call.query.get("ref", "main")
    tree = resolved(world, at).tree
    there = found(world.store.find(tree, path))
    if there.kind != "tree":
        return Answer(200, shapes.content(world, path, there, at, whole=True))
    above = f"{path}/" if path else ""
    lines = world.store.tree(there.sha).items()
    return Answer(200, [shapes.content(world, above + name, one, at, whole=False) for name, one in lines])


def _put(call: Call) -> Answer:
    path = call.path["path"].strip("/")
    entry = TreeEntry(FILE, call.world.store.write("blob", decoded(call.body["content"])))
    was, commit = _write(call, path, entry)
    shape = shapes.content(call.world, path, entry, commit.sha, whole=False)
    return Answer(200 if was else 201, {"content": shape, "commit": shapes.git_commit(call.world, commit)})


def _delete(call: Call) -> Answer:
    _, commit = _write(call, call.path["path"].strip("/"), None)
    return Answer(200, {"content": None, "commit": shapes.git_commit(call.world, commit)})


def _write(call: Call, path: str, entry: TreeEntry | None) -> tuple[TreeEntry | None, Commit]:
    world, branch = call.world, call.body.get("branch", "main").removeprefix(HEADS)
    before = resolved(world, branch)
    there = world.store.find(before.tree, path)
    if entry is None and there is None:
        raise Refusal(404, "Not Found")
    rules.main_is_protected(world, HEADS + branch, 409)
    rules.files_need_their_sha(world, there.sha if there else None, call.body.get("sha"))
    tree = world.store.changed_tree(before.tree, {path: entry})
    author, committer = signed(call, "author"), signed(call, "committer")
    sha = world.history.write(Commit(tree, (before.sha,), author, committer, call.body["message"]))
    move_ref(world, call.actor, HEADS + branch, sha)
    return there, found(world.history.commit(sha))


def _get_commit(call: Call) -> Answer:
    world, one = call.world, resolved(call.world, call.path["ref"])
    files = world.history.changes(one.parents[0], one.sha) if one.parents else ()
    added, removed = (sum(getattr(each, name) for each in files) for name in ("additions", "deletions"))
    stats = {"additions": added, "deletions": removed, "total": added + removed}
    shown = [shapes.changed_file(world, each, one.sha) for each in files]
    return Answer(200, {**shapes.commit(world, one), "stats": stats, "files": shown})


def _list_commits(call: Call) -> Answer:
    only_filters(call, "sha", "path")
    world, end = call.world, resolved(call.world, call.query.get("sha", "main"))
    shas = world.history.log(end.sha, path=call.query.get("path", ""))
    return page(call, shas, lambda sha: shapes.commit(world, found(world.history.commit(sha))))


def _compare(call: Call) -> Answer:
    world, history = call.world, call.world.history
    base, head = (resolved(world, call.path[name]) for name in ("base", "head"))
    fork_point = found(history.commit(history.base(base.sha, head.sha) or ""))
    ahead, behind = history.log(head.sha, without=base.sha), history.log(base.sha, without=head.sha)
    words = {(False, False): "identical", (True, False): "ahead", (False, True): "behind", (True, True): "diverged"}
    place = f"compare/{call.path['base']}...{call.path['head']}"
    commits = [shapes.commit(world, found(history.commit(sha))) for sha in reversed(ahead)]
    files = comparisons_show_300_files(world, history.changes(fork_point.sha, head.sha))
    return Answer(
        200,
        {
            "url": f"{home(world)}/{place}",
            **{f"{name}_url": f"{web(world)}/{place}" for name in ("html", "permalink", "diff", "patch")},
            "base_commit": shapes.commit(world, base),
            "merge_base_commit": shapes.commit(world, fork_point),
            "status": words[bool(ahead), bool(behind)],
            "ahead_by": len(ahead),
            "behind_by": len(behind),
            "total_commits": len(ahead),
            "commits": commits,
            "files": [shapes.changed_file(world, each, head.sha) for each in files],
        },
    )


def _is_protected(world: World, name: str) -> bool:
    return name == "main" and world.settings.protection is not None


def _list_branches(call: Call) -> Answer:
    world, asked = call.world, call.query.get("protected")
    refs = ((name.removeprefix(HEADS), sha) for name, sha in world.store.refs(HEADS).items())
    shown = [(name, sha) for name, sha in refs if asked in {None, _is_protected(world, name)}]

    def shape(one: tuple[str, str]) -> dict[str, Any]:
        commit = {"sha": one[1], "url": f"{home(world)}/commits/{one[1]}"}
        return {"name": one[0], "commit": commit, "protected": _is_protected(world, one[0])}

    return page(call, shown, shape)


def _get_branch(call: Call) -> Answer:
    world, name = call.world, call.path["branch"]
    tip, rest = found(world.history.commit(world.tip(name) or "")), f"{home(world)}/branches/{name}"
    classic = _is_protected(world, name) and world.settings.protection == "classic"
    checks = {"enforcement_level": "off", "contexts": list(world.settings.required_checks), "checks": []}
    return Answer(
        200,
        {
            "name": name,
            "commit": shapes.commit(world, tip),
            "_links": {"html": f"{web(world)}/tree/{name}", "self": rest},
            "protected": _is_protected(world, name),
            "protection": {"enabled": classic, "required_status_checks": checks},
            "protection_url": f"{rest}/protection",
        },
    )


DEEDS = {
    "repos/get-content": Deed(_get, "contents"),
    "repos/create-or-update-file-contents": Deed(_put, "contents", "write", "write"),
    "repos/delete-file": Deed(_delete, "contents", "write", "write"),
    "repos/get-commit": Deed(_get_commit, "contents"),
    "repos/list-commits": Deed(_list_commits, "contents"),
    "repos/compare-commits": Deed(_compare, "contents"),
    "repos/list-branches": Deed(_list_branches, "contents"),
    "repos/get-branch": Deed(_get_branch, "contents"),
}
