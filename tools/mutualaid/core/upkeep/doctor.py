"""Is a repository set up right? One function a question; each finding says what is so and which click mends it.

What could not be read is `NOT_VISIBLE`, never fine: a doctor who did not look must not say that you are well.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, SubmissionStatus
from mutualaid.core.upkeep.repository_setup import Checkout, Setup, Unseen

WORKFLOWS = ("submission.yml", "review.yml", "check.yml", "publish.yml", "living.yml", "slow.yml", "timer.yml")
OLD_SWEEP = dt.timedelta(hours=6)
QUIET = 60
"""After so many days without a commit GitHub switches the timer off."""


class Health(StrEnum):
    """How one thing stands."""

    FINE = "fine"
    FAULT = "to mend"
    NOT_VISIBLE = "not visible"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at. `mend` is the click or command, '' where nothing has to be done."""

    name: str
    health: Health
    said: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """All that there is to judge by."""

    setup: Setup
    checkout: Checkout
    policy: Policy
    now: dt.datetime


def diagnose(repository: Repository) -> tuple[Diagnosis, ...]:
    """Return a finding for each question, in the order in which one would mend them."""
    return tuple(question(repository) for question in QUESTIONS)


def _fine(name: str, said: str) -> Diagnosis:
    return Diagnosis(name, Health.FINE, said)


def _fault(name: str, said: str, mend: str) -> Diagnosis:
    return Diagnosis(name, Health.FAULT, said, mend)


def _unseen(name: str, unseen: Unseen, mend: str) -> Diagnosis:
    return Diagnosis(
        name, Health.NOT_VISIBLE, f"This token may not read it; {unseen.needs} could.", f"Look there: {mend}"
    )


def _switch(name: str, is_on: bool | Unseen, fine: str, fault: str, mend: str) -> Diagnosis:
    if isinstance(is_on, Unseen):
        return _unseen(name, is_on, mend)
    return _fine(name, fine) if is_on else _fault(name, fault, mend)


def _settings(repository: Repository, page: str = "") -> str:
    return f"{repository.setup.address}/settings{page}"


def issues(repository: Repository) -> Diagnosis:
    """Forms are issues."""
    mend = f"Tick Issues at {_settings(repository)}"
    return _switch(
        "issues", repository.setup.has_issues, "Issues are on.", "Issues are off, so there are no forms.", mend
    )


def main_branch(repository: Repository) -> Diagnosis:
    """Workflows and the merge rule know one name."""
    name = repository.setup.default_branch
    fault = f"The default branch is {name}; workflows and the merge rule know only main."
    mend = f"Rename it at {repository.setup.address}/branches"
    return _switch("branch", name == "main", "The default branch is main.", fault, mend)


def labels(repository: Repository) -> Diagnosis:
    """A form gives its label only where the label is there."""
    kinds = (f"{KIND_PREFIX}{kind}" for kind in repository.checkout.kinds)
    wanted = (*kinds, *(status.label for status in SubmissionStatus), FOR_A_PERSON)
    known = {name.casefold() for name in repository.setup.labels}
    missing = [name for name in wanted if name.casefold() not in known]
    if not missing:
        return _fine("labels", f"All {len(wanted)} labels are there.")
    commands = "\n".join(f"gh label create '{name}' --repo {repository.setup.repository}" for name in missing)
    return _fault("labels", f"Labels are missing: {', '.join(missing)}.", commands)


def branch_rules(repository: Repository) -> Diagnosis:
    """Nothing reaches main without a pull request and somebody's yes; the parked check must not stand in the way."""
    rules, mend = repository.setup.rules, f"Add a ruleset for main at {_settings(repository, '/rules')}"
    if isinstance(rules, Unseen):
        return _unseen("branch rules", rules, mend)
    if not rules.asks_for_pull_request:
        return _fault("branch rules", "Anybody who may write can push to main.", f"{mend}: require a pull request.")
    if rules.approvals < 1:
        return _fault("branch rules", "Main asks for no approval.", f"{mend}: one required approval.")
    if rules.required_checks:
        said = f"Main waits for {', '.join(rules.required_checks)}, which is parked on the bot's own pull requests."
        mend = f"{_settings(repository, '/rules')}: take every required status check away."
        return _fault("branch rules", said, mend)
    return _fine("branch rules", f"Main asks for a pull request and {rules.approvals} approval, and for no check.")


def squash(repository: Repository) -> Diagnosis:
    """The bot merges by squashing, under a title of its own."""
    mend = f"Tick “Allow squash merging” at {_settings(repository)}"
    fine, fault = "Squash merging is allowed.", "The bot may not squash."
    return _switch("squash merging", repository.setup.may_squash, fine, fault, mend)


def head_branches(repository: Repository) -> Diagnosis:
    """A branch that stays keeps every version that a contributor ever offered."""
    mend = f"Tick “Automatically delete head branches” at {_settings(repository)}"
    fine, fault = "They go after a merge.", "A merged branch stays, with every version that was offered."
    return _switch("head branches", repository.setup.deletes_head_branches, fine, fault, mend)


def actions(repository: Repository) -> Diagnosis:
    """Without Actions nothing runs."""
    mend = f"Allow actions at {_settings(repository, '/actions')}"
    return _switch("actions", repository.setup.actions_enabled, "Actions run.", "Actions are off: nothing runs.", mend)


def workflow_rights(repository: Repository) -> Diagnosis:
    """Each job names its rights; what names none should have few."""
    rights = repository.setup.workflow_rights
    is_few = rights if isinstance(rights, Unseen) else rights == "read"
    mend = f"Choose “Read repository contents and packages permissions” at {_settings(repository, '/actions')}"
    fine, fault = "A workflow may only read unless it says more.", "A workflow that names no rights may write."
    return _switch("workflow permissions", is_few, fine, fault, mend)


def opening_pulls(repository: Repository) -> Diagnosis:
    """The bot opens the pull request of every submission."""
    page = _settings(repository, "/actions")
    mend = f"Tick “Allow GitHub Actions to create and approve pull requests” at {page}"
    fine = "Actions may open them. Their approvals do not count with our bot."
    fault = "Actions may not open pull requests, so nothing comes to review."
    return _switch("pull requests by Actions", repository.setup.may_open_pulls, fine, fault, mend)


def pages(repository: Repository) -> Diagnosis:
    """The site goes out from a workflow, from main alone."""
    kind, branches = repository.setup.pages, repository.setup.pages_branches
    mend = f"Choose GitHub Actions as the source at {_settings(repository, '/pages')}"
    if isinstance(kind, Unseen):
        return _unseen("pages", kind, mend)
    if kind != "workflow":
        said = "Pages is off." if kind is None else "Pages is built from a branch, so what we build is not shown."
        return _fault("pages", said, mend)
    place = f"{_settings(repository, '/environments')}, github-pages: deployment branches"
    if isinstance(branches, Unseen):
        return _unseen("pages", branches, place)
    if branches != ("main",):
        return _fault("pages", "More than main may publish the site.", f"{place}: selected branches, main alone.")
    return _fine("pages", "Pages is published by Actions, from main alone.")


def workflows(repository: Repository) -> Diagnosis:
    """All are there and none is switched off."""
    found = repository.setup.workflows
    if isinstance(found, Unseen):
        return _unseen("workflows", found, f"{repository.setup.address}/actions")
    missing = [name for name in WORKFLOWS if name not in found]
    stopped = [name for name in WORKFLOWS if found.get(name, "active") != "active"]
    if missing:
        mend = "Bring .github/workflows to main as it is in this checkout."
        return _fault("workflows", f"On main there is no {', '.join(missing)}.", mend)
    if stopped:
        mend = "\n".join(f"gh workflow enable {name} --repo {repository.setup.repository}" for name in stopped)
        return _fault("workflows", f"Switched off: {', '.join(stopped)}.", mend)
    return _fine("workflows", "All are on.")


def sweep(repository: Repository) -> Diagnosis:
    """A sweep finds what an event did not tell; GitHub stops the timer in a repository where nothing happens."""
    at = repository.setup.swept_at
    if isinstance(at, Unseen):
        return _unseen("last sweep", at, f"{repository.setup.address}/actions/workflows/submission.yml")
    mend = (
        f"gh workflow enable timer.yml --repo {repository.setup.repository}\n"
        f"gh workflow run submission.yml --repo {repository.setup.repository} --ref main"
    )
    if at is None:
        return _fault("last sweep", "No sweep has ever ended well.", mend)
    said = f"The last sweep that ended well was on {at:%Y-%m-%d}, {_span(repository.now - at)} ago"
    if repository.now - at > OLD_SWEEP:
        why = f"GitHub stops the timer after {QUIET} days without a commit."
        return _fault("last sweep", f"{said}; there should be one every 30 minutes. {why}", mend)
    return _fine("last sweep", f"{said}.")


def approvers(repository: Repository) -> Diagnosis:
    """Somebody other than the contributor must be able to say yes."""
    found, policy = repository.setup.permissions, repository.policy
    if isinstance(found, Unseen):
        return _unseen("approvers", found, _settings(repository, "/access"))
    able = sorted(login for login, permission in found.items() if policy.may_approve(login, permission))
    weak = sorted(login for login in policy.approvers if login.casefold() not in {name.casefold() for name in able})
    mend = f"Give them {policy.approver_permission} at {_settings(repository, '/access')}, or fix schemas/policy.yaml."
    if weak:
        return _fault("approvers", f"Named in the policy, but may not approve: {', '.join(weak)}.", mend)
    if not able:
        return _fault("approvers", "Nobody may approve.", mend)
    if len(able) == 1 and not policy.sole_maintainer:
        said = f"Only {able[0]} may approve, and so cannot offer anything themselves."
        return _fault("approvers", said, "Ask a second person, or set sole_maintainer: true in schemas/policy.yaml.")
    return _fine("approvers", f"May approve: {', '.join(able)}.")


def forms(repository: Repository) -> Diagnosis:
    """What people fill in is what the checks read."""
    odd = repository.checkout.odd_forms
    if odd:
        return _fault("forms", f"Not as the schemas say: {', '.join(odd)}.", "mutualaid forms")
    return _fine("forms", "The forms are as the schemas say.")


def host(repository: Repository) -> Diagnosis:
    """Who runs this copy, and what they promise."""
    empty = repository.checkout.empty_facts
    if empty:
        return _fault(
            "host", f"content/host.yaml leaves empty: {', '.join(empty)}.", "Fill them in, in content/host.yaml."
        )
    return _fine("host", "content/host.yaml is filled in.")


def _span(age: dt.timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:  # noqa: PLR2004 - two hours
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if age.days < 2 else f"{age.days} days"  # noqa: PLR2004 - two days


QUESTIONS: tuple[Callable[[Repository], Diagnosis], ...] = (
    issues,
    main_branch,
    labels,
    branch_rules,
    squash,
    head_branches,
    actions,
    workflow_rights,
    opening_pulls,
    pages,
    workflows,
    sweep,
    approvers,
    forms,
    host,
)
