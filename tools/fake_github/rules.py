"""The rules of GitHub that this fake holds, by name. README.md says of each what it is and where GitHub says so."""

from collections.abc import Mapping
from typing import Any

ACCESS = (
    "bad-tokens-are-refused",
    "roles-are-held",
    "token-rights-are-held",
    "hidden-things-are-not-found",
    "permissions-are-four-words",
    "tokens-write-no-workflows",
    "actions-open-pulls-only-if-set",
    "lists-stop-at-thirty",
    "pages-hold-a-hundred",
    "comparisons-show-300-files",
    "requests-are-limited",
    "creating-is-limited",
)
ISSUES = (
    "readers-labels-are-dropped",
    "strangers-edit-no-issue",
    "strangers-edit-no-comment",
    "authors-reopen-only-what-they-closed",
    "unknown-labels-are-made",
    "pulls-are-issues-too",
    "deleted-issues-are-gone",
    "transferred-issues-lead-away",
    "disabled-issues-are-gone-too",
    "bodies-end-at-65536",
    "titles-end-at-256",
    "descriptions-end-at-140",
)
BRANCHES = (
    "existing-refs-are-refused",
    "refs-move-forward",
    "main-is-protected",
    "the-head-follows-its-branch",
    "a-closed-head-stays",
    "a-branch-has-one-open-pull",
    "a-pull-needs-commits",
    "a-deleted-branch-closes-its-pulls",
    "files-are-since-the-fork-point",
)
REVIEWS = (
    "a-review-names-its-commit",
    "a-review-keeps-its-commit",
    "nobody-approves-their-own",
    "only-writers-reviews-count",
    "the-latest-verdict-counts",
    "old-approvals-still-count",
)
MERGES = (
    "a-merge-needs-an-open-pull",
    "a-merge-needs-the-asked-head",
    "a-merge-needs-no-conflict",
    "a-merge-needs-approvals",
    "asked-changes-stop-a-merge",
    "required-checks-stop-a-merge",
    "a-squash-is-one-commit",
    "a-squash-names-the-opener",
    "a-squash-names-co-authors",
)
EVENTS = (
    "token-events-start-nothing",
    "token-pulls-are-parked",
    "fork-events-only-read",
    "a-dispatch-needs-its-trigger",
    "a-dispatch-needs-its-ref",
    "quiet-repositories-lose-their-timers",
    "forks-start-without-timers",
    "a-stopped-file-stops-whole",
)
RULES = frozenset({*ACCESS, *ISSUES, *BRANCHES, *REVIEWS, *MERGES, *EVENTS})


class Refusal(Exception):
    """GitHub says no: a status, its sentence, and more about it: a reason in plain words, or an error by its parts."""

    def __init__(
        self, status: int, message: str, /, reason: str = "", *, headers: Mapping[str, str] | None = None, **error: str
    ) -> None:
        super().__init__(": ".join(filter(None, (message, reason or error.get("message", "")))))
        self.status = status
        self.message = message
        self.headers = headers or {}
        self.errors: list[Any] = [reason] if reason else [error] if error else []
