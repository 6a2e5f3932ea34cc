"""What maintainers may set without a programmer: who approves, how many, how long; read from schemas/policy.yaml."""

from dataclasses import dataclass
from pathlib import PurePosixPath

PERMISSIONS = ("none", "read", "triage", "write", "maintain", "admin")


@dataclass(frozen=True, slots=True)
class Policy:
    """`approvers` empty means: whoever has at least `approver_permission`. The schema gives the numbers' units.

    `kinds` are the names of the kinds, which come from the other schemas. `reviewers` are asked in turn.
    """

    bot: str
    approvers: tuple[str, ...]
    approver_permission: str
    sole_maintainer: bool
    fence: str
    owners: tuple[str, ...]
    open_per_account: int
    expire_after_days: int
    max_bytes: int
    requests_a_run: int
    notices_a_run: int
    kinds: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()

    def may_approve(self, login: str, permission: str) -> bool:
        is_named = not self.approvers or login.casefold() in {name.casefold() for name in self.approvers}
        return is_named and not is_same(login, self.bot) and _rank(permission) >= _rank(self.approver_permission)

    def path_of(self, kind: str, slug: str) -> str:
        return f"{self.fence}/{kind}/{slug}.yaml"

    def entry_at(self, path: str) -> tuple[str, str] | None:
        """Return kind and slug of a file inside the fence; None for every other path."""
        parts = PurePosixPath(path)
        kind, slug = parts.parent.name, parts.stem
        is_inside = kind in self.kinds and slug and not slug.startswith(".") and path == self.path_of(kind, slug)
        return (kind, slug) if is_inside else None


def is_same(login: str, other: str) -> bool:
    """Whether two logins are one account: GitHub does not tell upper from lower case."""
    return login.casefold() == other.casefold()


def code_owners(policy: Policy) -> str:
    """Return the text of CODEOWNERS: who is asked to look at entries, and at everything else.

    Source: GitHub Docs, "About code owners". A line without an owner asks nobody; the last line that fits counts.
    """
    owners = " ".join(f"@{name}" for name in policy.owners)
    approvers = " ".join(f"@{name}" for name in policy.approvers) or owners
    rows = [("*", owners), *((f"/{policy.fence}/{kind}/", approvers) for kind in policy.kinds)]
    lines = (f"{path} {who}".rstrip() for path, who in rows)
    return "\n".join(
        ("# Written by `mutualaid forms` from schemas/policy.yaml. Change that, and run it again.", *lines, "")
    )


def _rank(permission: str) -> int:
    return PERMISSIONS.index(permission) if permission in PERMISSIONS else 0
