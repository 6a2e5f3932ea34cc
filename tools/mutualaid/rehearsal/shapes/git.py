"""Git's own things: commits, trees, blobs, refs, files, differences, statuses and check runs."""

import base64
from typing import Any
from urllib.parse import quote

from mutualaid.rehearsal.git_history import Commit, FileChange, Signature
from mutualaid.rehearsal.git_store import LINK, MODULE, TreeEntry
from mutualaid.rehearsal.shapes.people import home, moment, repository, user, web
from mutualaid.rehearsal.things import CheckRun, Status
from mutualaid.rehearsal.world import BOT, World

NOREPLY = "users.noreply.github.com"


def signature(world: World, login: str) -> Signature:
    """Return how GitHub signs for an account: its login and an address that reaches nobody."""
    return Signature(login, f"{world.account(login)}+{login}@{NOREPLY}", world.clock)


def _signed(one: Signature) -> dict[str, Any]:
    return {"name": one.name, "email": one.email, "date": moment(one.at)}


def _account(world: World, one: Signature) -> dict[str, Any] | None:
    """Name the account behind a signature, where its address tells."""
    login = one.email.removesuffix(f"@{NOREPLY}").partition("+")[2] if one.email.endswith(NOREPLY) else ""
    return user(world, login) if login in world.accounts else None


def _verification() -> dict[str, Any]:
    return {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}


def _place(world: World, kind: str, sha: str) -> dict[str, Any]:
    return {"sha": sha, "url": f"{home(world)}/git/{kind}/{sha}"}


def git_commit(world: World, one: Commit) -> dict[str, Any]:
    """Write a commit as git's own thing."""
    page = f"{web(world)}/commit/"
    return {
        **_place(world, "commits", one.sha),
        "node_id": f"C_{one.sha}",
        "html_url": page + one.sha,
        "author": _signed(one.author),
        "committer": _signed(one.committer),
        "message": one.message,
        "tree": _place(world, "trees", one.tree),
        "parents": [{**_place(world, "commits", sha), "html_url": page + sha} for sha in one.parents],
        "verification": _verification(),
    }


def commit(world: World, one: Commit) -> dict[str, Any]:
    """Write a commit with its accounts."""
    rest, page = f"{home(world)}/commits/", f"{web(world)}/commit/"
    inner = {
        "url": f"{home(world)}/git/commits/{one.sha}",
        "author": _signed(one.author),
        "committer": _signed(one.committer),
        "message": one.message,
        "tree": _place(world, "trees", one.tree),
        "comment_count": 0,
        "verification": _verification(),
    }
    return {
        "sha": one.sha,
        "node_id": f"C_{one.sha}",
        "url": rest + one.sha,
        "html_url": page + one.sha,
        "comments_url": f"{rest}{one.sha}/comments",
        "commit": inner,
        "author": _account(world, one.author),
        "committer": _account(world, one.committer),
        "parents": [{"sha": sha, "url": rest + sha, "html_url": page + sha} for sha in one.parents],
    }


def changed_file(world: World, one: FileChange, sha: str) -> dict[str, Any]:
    """Write one changed file of a difference whose later side is the commit `sha`."""
    path = quote(one.path)
    shape = {
        "sha": one.sha,
        "filename": one.path,
        "status": one.status,
        "additions": one.additions,
        "deletions": one.deletions,
        "changes": one.additions + one.deletions,
        "blob_url": f"{web(world)}/blob/{sha}/{path}",
        "raw_url": f"{web(world)}/raw/{sha}/{path}",
        "contents_url": f"{home(world)}/contents/{path}?ref={sha}",
    }
    return shape if one.before is None else {**shape, "previous_filename": one.before}


def ref(world: World, name: str, sha: str) -> dict[str, Any]:
    """Write a ref."""
    there = {"type": "commit", **_place(world, "commits", sha)}
    return {"ref": name, "node_id": f"REF_{name}", "url": f"{home(world)}/git/{name}", "object": there}


def tree_line(world: World, path: str, one: TreeEntry) -> dict[str, Any]:
    """Write one line of a tree."""
    line: dict[str, Any] = {"path": path, "mode": one.mode, "type": one.kind, "sha": one.sha}
    if one.kind == "commit":
        return line
    if one.kind == "blob":
        found = world.store.read(one.sha)
        line["size"] = len(found[1]) if found else 0
    return {**line, "url": f"{home(world)}/git/{one.kind}s/{one.sha}"}


def blob(world: World, sha: str, content: bytes) -> dict[str, Any]:
    """Write a blob."""
    place = {**_place(world, "blobs", sha), "node_id": f"B_{sha}", "size": len(content)}
    return {**place, "content": base64.encodebytes(content).decode(), "encoding": "base64"}


def content(world: World, path: str, one: TreeEntry, at: str, *, whole: bool) -> dict[str, Any]:
    """Write what stands at a path: a file (whole: with its content), a link or a folder."""
    kind = "file" if one.kind == "blob" else "dir"
    kind = {LINK: "symlink", MODULE: "submodule"}.get(one.mode, kind)
    rest, page = f"{home(world)}/contents/{quote(path)}?ref={at}", f"{web(world)}/blob/{at}/{quote(path)}"
    found = world.store.read(one.sha) if one.kind == "blob" else None
    there = found[1] if found else b""
    links = {"self": rest, "git": f"{home(world)}/git/{one.kind}s/{one.sha}", "html": page}
    shape = {
        "type": kind,
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "sha": one.sha,
        "size": len(there),
        "url": rest,
        "html_url": page,
        "git_url": links["git"],
        "download_url": None if kind == "dir" else f"{web(world)}/raw/{at}/{quote(path)}",
        "_links": links,
    }
    if kind == "symlink":
        return {**shape, "target": there.decode("utf-8", "replace")}
    return {**shape, "encoding": "base64", "content": base64.encodebytes(there).decode()} if whole else shape


def status(world: World, one: Status) -> dict[str, Any]:
    """Write a status."""
    rest = f"{home(world)}/statuses/{one.sha}"
    made = {"id": one.id, "node_id": f"SC_{one.id}", "url": rest, "avatar_url": None}
    said = {"state": one.state, "context": one.context, "description": one.description, "target_url": one.target_url}
    at = moment(one.at)
    return {**made, **said, "created_at": at, "updated_at": at, "creator": user(world, one.author)}


def combined_status(world: World, sha: str, state: str, statuses: list[Status]) -> dict[str, Any]:
    """Write what a commit's statuses come to."""
    return {
        "state": state,
        "sha": sha,
        "total_count": len(statuses),
        "statuses": [{**status(world, one), "required": False} for one in statuses],
        "repository": repository(world),
        "commit_url": f"{home(world)}/commits/{sha}",
        "url": f"{home(world)}/commits/{sha}/status",
    }


def check_run(world: World, one: CheckRun) -> dict[str, Any]:
    """Write a check run."""
    rest = f"{home(world)}/check-runs/{one.id}"
    empty = {"title": None, "summary": None, "text": None}
    output = {**empty, **one.output, "annotations_count": 0, "annotations_url": f"{rest}/annotations"}
    return {
        "id": one.id,
        "node_id": f"CR_{one.id}",
        "head_sha": one.sha,
        "name": one.name,
        "url": rest,
        "html_url": f"{web(world)}/runs/{one.id}",
        "details_url": one.details_url,
        "external_id": one.external_id,
        "status": one.status,
        "conclusion": one.conclusion,
        "started_at": moment(one.started_at),
        "completed_at": moment(one.completed_at),
        "output": output,
        "check_suite": {"id": 1},
        "app": _actions_app(world),
        "pull_requests": [],
    }


def _actions_app(world: World) -> dict[str, Any]:
    at = moment(world.clock)
    return {
        "id": 15368,
        "slug": BOT.removesuffix("[bot]"),
        "node_id": "A_15368",
        "owner": user(world, "github"),
        "name": "GitHub Actions",
        "description": None,
        "external_url": "https://help.github.com/en/actions",
        "html_url": "https://github.com/apps/github-actions",
        "created_at": at,
        "updated_at": at,
        "permissions": {},
        "events": [],
    }
