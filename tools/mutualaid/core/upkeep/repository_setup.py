"""How a repository is set up, as far as a token could read it: what `diagnosis` judges. No judgement here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unseen:
    """Stands for what the token may not read. `needs` says which token could."""

    needs: str = "an administrator's token"


@dataclass(frozen=True, slots=True)
class BranchRules:
    """What main asks for before anything is merged. `approvals` is 0 where none is asked for."""

    asks_for_pull_request: bool
    approvals: int
    required_checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """A repository's settings. `pages` is how Pages is built, None where it is off; `swept_at` None for never."""

    repository: str
    default_branch: str
    has_issues: bool
    deletes_head_branches: bool | Unseen
    may_squash: bool | Unseen
    labels: frozenset[str]
    rules: BranchRules | Unseen
    pages: str | Unseen | None
    pages_branches: tuple[str, ...] | Unseen | None
    actions_enabled: bool | Unseen
    workflow_rights: str | Unseen
    may_open_pulls: bool | Unseen
    workflows: Mapping[str, str] | Unseen
    swept_at: dt.datetime | Unseen | None
    permissions: Mapping[str, str] | Unseen

    @property
    def address(self) -> str:
        """The repository's own address, to which pages of settings are added."""
        return f"https://github.com/{self.repository}"


@dataclass(frozen=True, slots=True)
class Checkout:
    """What the files of a checkout say: forms that are out of step, and what content/host.yaml leaves empty."""

    odd_forms: tuple[str, ...]
    empty_facts: tuple[str, ...]
    kinds: tuple[str, ...]
