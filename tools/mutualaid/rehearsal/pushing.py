"""Pushing to a branch, as people do; and the hook that holds main's protection against git itself."""

from mutualaid.rehearsal import events, planting
from mutualaid.rehearsal.operations.git import HEADS, move_ref
from mutualaid.rehearsal.rules.git import main_is_protected, refs_move_forward
from mutualaid.rehearsal.world import Actor, World

HOOK = """#!/bin/sh
if [ "$1" = refs/heads/main ]; then
    echo "error: GH013: Repository rule violations found for refs/heads/main." >&2
    echo "- Changes must be made through a pull request." >&2
    exit 1
fi
"""


def push(world: World, actor: Actor, branch: str, files: planting.Files, message: str, *, force: bool) -> str:
    """Push a commit with changed files, here or to the actor's own fork. Raises Refusal."""
    fork = None if world.has_role(actor, "write") or actor.is_workflow else actor.name
    if fork:
        world.store.fork(fork)
    before, name = world.tip(branch, fork), HEADS + branch
    parent = None if force else before
    sha = planting.commit(world, planting.entries(world, files), parent or world.tip("main"), actor.name, message)
    if fork:
        world.store.set_ref(name, sha, fork)
        events.notice_pushes(world, actor)
        return sha
    main_is_protected(world, name)
    if before:
        refs_move_forward(world, before, sha, force=force)
    move_ref(world, actor, name, sha)
    return sha


def guard_main(world: World) -> None:
    """Have git itself refuse pushes to main where the branch rules ask for a pull request."""
    hook = world.store.folder / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    is_held = world.settings.protection and main_is_protected.name not in world.off
    hook.write_text(HOOK if is_held else "#!/bin/sh\n", encoding="utf-8")
    hook.chmod(0o755)
