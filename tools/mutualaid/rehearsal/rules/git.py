"""Refs, commits and files."""

from mutualaid.rehearsal.rules.rule import Refusal, nothing, rule
from mutualaid.rehearsal.world import World

RULESETS = (
    "repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets"
)
REFS = "rest/git/refs"
HEADS = "refs/heads/"
LONGEST_DESCRIPTION = 140


@rule(f"{REFS}#create-a-reference", nothing)
def existing_refs_are_refused(world: World, name: str) -> None:
    """Making a ref that is there already answers 422."""
    if world.store.ref(name):
        raise Refusal(422, "Reference already exists")


@rule(f"{REFS}#create-a-reference", nothing)
def refs_need_a_commit(world: World, sha: str) -> None:
    """A branch can point at a commit that is there, and at nothing else; else 422."""
    if not world.history.commit(sha):
        raise Refusal(422, "Object does not exist")


@rule(f"{REFS}#update-a-reference", nothing)
def refs_move_forward(world: World, before: str, after: str, *, force: bool) -> None:
    """A ref moves only to a commit that comes after its own, unless `force` is true; else 422."""
    if not force and world.history.base(before, after) != before:
        raise Refusal(422, "Update is not a fast forward")


@rule(f"{RULESETS}#require-a-pull-request-before-merging", nothing)
def main_is_protected(world: World, name: str, status: int = 422) -> None:
    """Where the branch rules ask for a pull request, main moves by a merge only, for everybody: 422, a file's 409."""
    if name == f"{HEADS}main" and world.settings.protection:
        sentence = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n"
        raise Refusal(status, sentence)


@rule("rest/repos/contents#create-or-update-file-contents", nothing)
def files_need_their_sha(_: World, there: str | None, given: str | None) -> None:
    """A file that is there changes only for whoever names its blob: none named answers 422, a wrong one 409."""
    if there and given is None:
        raise Refusal(422, 'Invalid request.\n\n"sha" was not supplied.')
    if given is not None and given != there:
        raise Refusal(409, f"is at {there} but expected {given}")


@rule("GitHub's answer: description is too long (maximum is 140 characters)", nothing)
def descriptions_end_at_140(_: World, said: str | None) -> None:
    """No status says more than 140 characters; a longer one answers 422."""
    if len(said or "") > LONGEST_DESCRIPTION:
        sentence = "description is too long (maximum is 140 characters)"
        raise Refusal(422, "Validation Failed", resource="Status", code="custom", field="description", message=sentence)


@rule("rest/commits/statuses#get-the-combined-status-for-a-specific-reference", lambda _, all_: all_)
def the_latest_status_counts(_: World, all_: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of several statuses with one name on a commit, the latest counts. Pairs of name and state, oldest first."""
    return list(dict(all_).items())
