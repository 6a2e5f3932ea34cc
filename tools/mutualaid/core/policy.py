"""What maintainers may set without a programmer: who approves, how many forms, how long; read from schemas/policy.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PERMISSIONS = ("none", "read", "triage", "write", "maintain", "admin")


@dataclass(frozen=True, slots=True)
class Policy:
    """`approvers` empty means: whoever has at least `approver_permission`. Numbers are counts, days, bytes, requests."""

    approvers: tuple[str, ...]
    approver_permission: str
    sole_maintainer: bool
    open_per_account: int
    expire_after_days: int
    max_bytes: int
    requests_a_run: int

    def may_approve(self, login: str, permission: str) -> bool:
        """Whether somebody with this login and this permission, read now, may approve."""
        is_named = not self.approvers or login.casefold() in {name.casefold() for name in self.approvers}
        return is_named and _rank(permission) >= _rank(self.approver_permission)


def policy_from(value: Mapping[str, Any]) -> Policy:
    """Build a policy from a mapping that keeps schemas/content/policy.schema.yaml."""
    return Policy(
        tuple(value["approvers"]),
        value["approver_permission"],
        value["sole_maintainer"],
        value["open_per_account"],
        value["expire_after_days"],
        value["max_bytes"],
        value["requests_a_run"],
    )


def _rank(permission: str) -> int:
    return PERMISSIONS.index(permission) if permission in PERMISSIONS else 0
