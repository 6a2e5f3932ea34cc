"""Git's own things over REST: blobs, trees, commits, refs, statuses and comparisons."""

import base64
from typing import Literal

from fake_github import shapes
from fake_github.events import emit_push
from fake_github.git import HEADS, Commit, GitError, GitRepository, TreeEntry, is_ref_name, signed
from fake_github.operation import Operation, check_names, found
from fake_github.operations.issues import check_length, close
from fake_github.repository import Actor, Refusal, Repository
from fake_github.shapes import Shape

WORKFLOWS = ".github/workflows"
COMPARED = {(0, 0): "identical", (1, 0): "ahead", (0, 1): "behind", (1, 1): "diverged"}
LINE = {"path", "mode", "type", "content"}
"""What a line of a tree is made of, which is always a file that is new or changed."""


def move_ref(repo: Repository, actor: Actor, name: str, sha: str | None) -> None:
    """Set or delete a ref, and let it be known. Raises Refusal."""
    main = repo.tip("main")
    if sha:
        check_workflows(repo, actor, repo.git.base(main, sha) if main else None, sha)
    try:
        repo.git.set_ref(name, sha)
    except GitError as error:
        raise Refusal(422, "Reference update failed") from error
    for pull in repo.pulls.values():
        is_gone = sha is None and (HEADS + pull.branch, pull.fork) == (name, None)
        if is_gone and repo.issues[pull.number].is_open and repo.holds("a-deleted-branch-closes-its-pulls"):
            close(repo, actor, repo.issues[pull.number])
    emit_push(repo, actor, name)


def check_workflows(repo: Repository, actor: Actor, before: str | None, after: str) -> None:
    """Refuse a workflow's token that would change workflows: there is no such right."""
    old, new = (workflows_in(repo.git, sha) for sha in (before, after))
    if actor.is_workflow and old != new and repo.holds("tokens-write-no-workflows"):
        raise Refusal(403, "refusing to allow a GitHub App to create or update workflow without `workflows` permission")


def workflows_in(git: GitRepository, sha: str | None) -> dict[str, TreeEntry]:
    return {path: entry for path, entry in git.files(git.tree_of(sha)).items() if path.startswith(f"{WORKFLOWS}/")}


def check_main(repo: Repository, name: str) -> None:
    if name == f"{HEADS}main" and repo.settings.protection and repo.holds("main-is-protected"):
        raise Refusal(422, "Repository rule violations found\n\nChanges must be made through a pull request.\n\n")


def check_forward(repo: Repository, before: str, after: str) -> None:
    if before not in repo.git.ancestors(after) and repo.holds("refs-move-forward"):
        raise Refusal(422, "Update is not a fast forward")


def _commit_of(repo: Repository, sha: str) -> Commit:
    return found(repo.git.commit(sha), 422, "Object does not exist")


def _resolved(repo: Repository, name: str) -> Commit:
    return found(repo.git.commit(repo.tip(name) or name))


@Operation("git/get-blob", "GET git/blobs/{file_sha}", "contents: read")
def _get_blob(repo: Repository, _: Actor, *, file_sha: str) -> Shape:
    kind, content = repo.git.read(file_sha)
    if kind != "blob":
        raise Refusal(404, "Not Found")
    return {"sha": file_sha, "encoding": "base64", "content": base64.encodebytes(content).decode()}


@Operation("git/create-tree", "POST git/trees", "contents: write", role="write", status=201)
def _create_tree(repo: Repository, _: Actor, *, tree: list[dict[str, str]], base_tree: str) -> Shape:
    if repo.git.read(base_tree)[0] != "tree":
        raise Refusal(422, "base_tree is not a valid tree oid")
    files = {}
    for line in tree:
        check_names("git/create-tree", line.keys(), LINE, LINE)
        files[line["path"]] = TreeEntry(line["mode"], repo.git.write("blob", line["content"].encode()))
    return {"sha": repo.git.changed_tree(base_tree, files)}


@Operation("git/get-tree", "GET git/trees/{tree_sha}", "contents: read")
def _get_tree(repo: Repository, _: Actor, *, tree_sha: str, recursive: Literal["1"]) -> Shape:  # noqa: ARG001
    tree = _resolved(repo, tree_sha).tree
    lines = [
        {"path": path, "mode": one.mode, "type": "blob", "sha": one.sha, "size": len(repo.git.read(one.sha)[1])}
        for path, one in repo.git.files(tree).items()
    ]
    return {"sha": tree, "tree": lines, "truncated": False}


@Operation("git/create-commit", "POST git/commits", "contents: write", role="write", status=201)
def _create_commit(
    repo: Repository,
    _: Actor,
    *,
    message: str,
    tree: str,
    parents: list[str],
    author: dict[str, str],
    committer: dict[str, str],
) -> Shape:
    if repo.git.read(tree)[0] != "tree":
        raise Refusal(422, "Tree SHA does not exist")
    above = tuple(_commit_of(repo, sha).sha for sha in parents)
    for person in (author, committer):
        check_names("git/create-commit", person.keys(), {"name", "email"}, {"name", "email"})
    by, committed_by = (signed(person["name"], person["email"], repo.clock) for person in (author, committer))
    sha = repo.git.write_commit(Commit(tree, above, by, committed_by, message))
    return shapes.git_commit(_commit_of(repo, sha))


@Operation("git/get-ref", "GET git/ref/{ref}", "contents: read")
def _get_ref(repo: Repository, _: Actor, *, ref: str) -> Shape:
    return shapes.ref(f"refs/{ref}", found(repo.git.ref(f"refs/{ref}")))


@Operation("git/list-matching-refs", "GET git/matching-refs/{ref}", "contents: read")
def _list_matching_refs(repo: Repository, _: Actor, *, ref: str) -> list[Shape]:
    return [shapes.ref(name, sha) for name, sha in repo.git.refs(f"refs/{ref}").items()]


@Operation("git/create-ref", "POST git/refs", "contents: write", role="write", status=201)
def _create_ref(repo: Repository, actor: Actor, *, ref: str, sha: str) -> Shape:
    if not is_ref_name(ref):
        raise Refusal(422, "Invalid ref name")
    if repo.git.ref(ref) and repo.holds("existing-refs-are-refused"):
        raise Refusal(422, "Reference already exists")
    move_ref(repo, actor, ref, _commit_of(repo, sha).sha)
    return shapes.ref(ref, sha)


@Operation("git/update-ref", "PATCH git/refs/{ref}", "contents: write", role="write")
def _update_ref(repo: Repository, actor: Actor, *, ref: str, sha: str, force: bool = False) -> Shape:
    name, before = f"refs/{ref}", _there(repo, ref)
    check_main(repo, name)
    if not force:
        check_forward(repo, before, sha)
    move_ref(repo, actor, name, _commit_of(repo, sha).sha)
    return shapes.ref(name, sha)


@Operation("git/delete-ref", "DELETE git/refs/{ref}", "contents: write", role="write", status=204)
def _delete_ref(repo: Repository, actor: Actor, *, ref: str) -> None:
    _there(repo, ref)
    check_main(repo, f"refs/{ref}")
    move_ref(repo, actor, f"refs/{ref}", None)


def _there(repo: Repository, ref: str) -> str:
    return found(repo.git.ref(f"refs/{ref}"), 422, "Reference does not exist")


@Operation("repos/get-commit", "GET commits/{ref}", "contents: read")
def _get_commit(repo: Repository, _: Actor, *, ref: str) -> Shape:
    commit = _resolved(repo, ref)
    files = repo.git.changes(commit.parents[0] if commit.parents else "", commit.sha)
    return {**shapes.commit(commit), "files": files}


@Operation("repos/compare-commits", "GET compare/{basehead}", "contents: read")
def _compare(repo: Repository, _: Actor, *, basehead: str) -> Shape:
    base, head = (_resolved(repo, name) for name in basehead.partition("...")[::2])
    fork_point = found(repo.git.commit(repo.git.base(base.sha, head.sha) or ""))
    ahead, behind = repo.git.log(head.sha, without=base.sha), repo.git.log(base.sha, without=head.sha)
    files = repo.git.changes(fork_point.sha, head.sha)[: 300 if repo.holds("comparisons-show-300-files") else None]
    return {
        "base_commit": shapes.commit(base),
        "merge_base_commit": shapes.commit(fork_point),
        "status": COMPARED[bool(ahead), bool(behind)],
        "ahead_by": len(ahead),
        "files": files,
    }


@Operation("repos/create-commit-status", "POST statuses/{sha}", "statuses: write", role="write", status=201)
def _create_status(
    repo: Repository,
    _: Actor,
    *,
    sha: str,
    state: Literal["error", "failure", "pending", "success"],
    context: str = "default",
    description: str | None = None,
) -> Shape:
    _commit_of(repo, sha)
    check_length(repo, "descriptions-end-at-140", "description", description)
    repo.statuses[sha, context] = state
    return {"state": state, "context": context, "description": description}
