"""Is a repository set up right? doctor.md asks; a finding says what is so and which click or command fixes it.

What could not be read is `NOT_VISIBLE`, never fine: a doctor who did not look must not say that you are well.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any, NamedTuple

from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.status import FOR_A_PERSON, KIND_PREFIX, SubmissionStatus

WORKFLOWS = ("submission.yml", "review.yml", "check.yml", "publish.yml", "living.yml", "slow.yml", "timer.yml")
OLD_SWEEP = dt.timedelta(hours=6)
QUIET = 60
"""After so many days without a commit GitHub switches the timer off."""


class Health(StrEnum):
    """What is known of one thing."""

    FINE = "fine"
    FAULT = "to fix"
    NOT_VISIBLE = "not visible"


class Diagnosis(NamedTuple):
    """What is so with one thing. `cure` is the click or command, '' where nothing has to be done."""

    name: str
    health: Health
    said: str
    cure: str


class Fault(NamedTuple):
    """What is wrong; `cure` where one is closer than that of the question."""

    said: str
    cure: str = ""


class Unseen(NamedTuple):
    """In the place of an answer that nobody here may read; `said` is why."""

    said: str


@dataclass(frozen=True, slots=True)
class Repository:
    """All that there is to judge by: answers of GitHub and of the checkout by name, each of which may be `Unseen`."""

    full_name: str
    answers: Mapping[str, Any]
    kinds: Sequence[str]
    policy: Policy
    now: dt.datetime

    def filled(self, text: str) -> str:
        address = f"https://github.com/{self.full_name}"
        return text.format(name=self.full_name, address=address, settings=f"{address}/settings")


Found = Iterator[Fault | Unseen | str]
"""What is wrong, what could not be seen, and a word for where nothing is wrong."""


def _tables() -> dict[int, dict[str, list[str]]]:
    """Read doctor.md: its rows by how many cells they have, and by the first of them."""
    tables: dict[int, dict[str, list[str]]] = {}
    for line in (files(__package__) / "doctor.md").read_text(encoding="utf-8").splitlines():
        first, *rest = (cell.strip() for cell in line.strip("|").split("|"))
        if line.startswith("| ") and first not in ("question", "rule"):
            tables.setdefault(len(rest), {})[first] = rest
    return tables


CLICKS: Mapping[str, list[str]] = _tables()[1]
"""What to click for each rule of main, '' where it keeps no merge of the bot's waiting."""
QUESTIONS: Mapping[str, list[str]] = _tables()[3]
"""By their names: what is asked, what is wrong, and the cure."""


def diagnose(repository: Repository) -> tuple[Diagnosis, ...]:
    return tuple(_diagnosis(repository, name, *question) for name, question in QUESTIONS.items())


def _diagnosis(repository: Repository, name: str, asks: str, wrong: str, cure: str) -> Diagnosis:
    answer, _, part = asks.partition("=")[0].partition(".")
    seen = repository.answers[answer]
    if isinstance(seen, Unseen):
        found: list[Fault | Unseen | str] = [seen]
    elif part:
        is_so = {True: "yes", False: "no"}.get(seen[part], seen[part])
        found = [] if is_so == asks.partition("=")[2] else [Fault(wrong)]
    elif name in JUDGES:
        found = [*JUDGES[name](seen, repository)]
    else:
        found = [Fault(f"{wrong}: {', '.join(seen)}.")] if seen else []
    health, said, cures = Health.FINE, [one for one in found if isinstance(one, str)], list[str]()
    if faults := dict.fromkeys(one for one in found if isinstance(one, Fault)):
        health, said, cures = Health.FAULT, [one.said for one in faults], [one.cure or cure for one in faults]
    elif unseen := [one.said for one in found if isinstance(one, Unseen)]:
        health, said, cures = Health.NOT_VISIBLE, unseen, [f"Look there: {cure}"]
    return Diagnosis(name, health, " ".join(said), repository.filled("\n".join(cures)))


def missing_labels(there: Sequence[Mapping[str, str]], kinds: Iterable[str]) -> list[str]:
    own = (f"{KIND_PREFIX}{kind}" for kind in kinds)
    known = {label["name"].casefold() for label in there}
    wanted = (*own, *(status.label for status in SubmissionStatus), FOR_A_PERSON)
    return [name for name in wanted if name.casefold() not in known]


def _labels(there: Sequence[Mapping[str, str]], repository: Repository) -> Found:
    """A form gives its label only where the label is there."""
    if missing := missing_labels(there, repository.kinds):
        commands = "\n".join(f"gh label create '{name}' --repo {{name}}" for name in missing)
        yield Fault(f"Labels are missing: {', '.join(missing)}.", f"mutualaid doctor --fix, or:\n{commands}")
    yield "All are there."


def _branch_rules(found: tuple[Sequence[Mapping[str, Any]], Unseen | None], _: Repository) -> Found:
    """Nothing reaches main without a pull request and somebody's yes, and nothing else keeps the bot from merging."""
    rules, unseen = found
    pulls = [rule["parameters"] for rule in rules if rule["type"] == "pull_request"]
    approvals = max((rule.get("required_approving_review_count") or 0 for rule in pulls), default=0)
    for said, click in _stops(rules, approvals):
        yield _rule(said, click)
    if unseen:
        yield unseen
    elif not pulls:
        yield _rule("Anybody who may write can push to main.", "require a pull request")
    elif not approvals:
        yield _rule("Main asks for no approval.", "require one approval")
    yield "Main asks for a pull request and one approval, and for nothing else."


def _rule(said: str, click: str) -> Fault:
    return Fault(said, f"{{settings}}/rules (rules of the older kind: {{settings}}/branches): {click}.")


def _stops(rules: Iterable[Mapping[str, Any]], approvals: int) -> Iterator[tuple[str, str]]:
    """Yield what keeps the bot's merges waiting, and what to click; what we do not know may be one of these, too."""
    if approvals > 1:
        yield f"Main asks for {approvals} approvals, and the bot merges after one.", "set the required approvals to one"
    for rule in rules:
        set_to = rule.get("parameters") or {}
        checks = ", ".join(check["context"] for check in set_to.get("required_status_checks", ()))
        if checks:
            said = f"Main waits for {checks}, which is parked on the bot's own pull requests."
            yield said, "take every required status check away"
        if "squash" not in set_to.get("allowed_merge_methods", ("squash",)):
            yield "Main takes no squash, and the bot merges by nothing else.", "allow the merge method Squash"
        parts = [name for name in set_to if set_to[name] is True and rule["type"] == "pull_request"]
        for name in (rule["type"], *parts):
            (click,) = CLICKS.get(name, [name.replace("_", " ").capitalize()])
            if click:
                yield f"“{click}” keeps the bot's merges waiting.", f"untick “{click}”"


def _pages(pages: Mapping[str, Any], repository: Repository) -> Found:
    source, place, own = pages["source"], pages["place"], repository.answers["variable"]
    if source != "workflow":
        yield Fault("Pages is built from a branch, so what we build is not shown." if source else "Pages is off.")
        return
    if isinstance(place, Unseen):
        yield place
        return
    environment = "{settings}/environments, github-pages: "
    if place["branches"] != ["main"]:
        cure = f"{environment}deployment branches: selected branches, main alone."
        yield Fault("More than main may publish the site.", cure)
    if place["waits"]:
        said = f"Each new site waits, and readers see the old one: {', '.join(place['waits']).replace('_', ' ')}."
        yield Fault(said, f"{environment}untick required reviewers, wait timer and custom rules.")
    theirs = (pages["address"] or "").rstrip("/")
    if isinstance(own, Unseen):
        yield own
    elif (ours := own or repository.answers["host"]["site_address"]) and not _is_same(ours, theirs):
        cure = f"Set site_address in content/host.yaml to {theirs}, or the custom domain at {{settings}}/pages."
        yield Fault(f"The site says that it is at {ours}, and Pages shows it at {theirs}.", cure)
    yield "Published by Actions, from main alone."


def _named(host: Mapping[str, str], repository: Repository) -> Found:
    """The site's links to forms lead there. An empty fact has its own line."""
    said, here = host["repository"], f"https://github.com/{repository.full_name}"
    if said and not _is_same(said, here):
        yield Fault(f"content/host.yaml says {said}, so the forms on the site lead there, and this is {here}.")


def _is_same(address: str, other: str) -> bool:
    return address.partition("://")[2].rstrip("/").casefold() == other.partition("://")[2].casefold()


def _owners(found: Sequence[Mapping[str, str]], repository: Repository) -> Found:
    """GitHub passes over owners and reviewers who may not write, without a word."""
    able = {row["login"].casefold() for row in found if row["role_name"] in ("write", "maintain", "admin")}
    people = dict.fromkeys((*repository.policy.owners, *repository.policy.reviewers))
    if weak := [name for name in people if "/" not in name and name.casefold() not in able]:
        yield Fault(f"Named as owners or reviewers, but may not write, so GitHub never asks them: {', '.join(weak)}.")
    if teams := [name for name in people if "/" in name]:
        yield Unseen(f"Whether these may write: {', '.join(teams)}.")


def _workflows(found: Mapping[str, str], _: Repository) -> Found:
    if missing := [name for name in WORKFLOWS if name not in found]:
        yield Fault(f"On main there is no {', '.join(missing)}.")
    if stopped := [name for name in WORKFLOWS if found.get(name, "active") != "active"]:
        commands = "\n".join(f"gh workflow enable {name} --repo {{name}}" for name in stopped)
        yield Fault(f"Switched off: {', '.join(stopped)}.", commands)
    yield "All are on."


def _sweep(at: dt.datetime | None, repository: Repository) -> Found:
    """A sweep finds what an event did not tell; GitHub stops the timer in a repository where nothing happens."""
    if at is None:
        yield Fault("No sweep has ever ended well.")
        return
    age = repository.now - at
    hours = int(age.total_seconds() // 3600)
    span = f"{hours} hours" if age.days < 2 else f"{age.days} days"  # noqa: PLR2004 - two days
    said = f"The last sweep that ended well was on {at:%Y-%m-%d}, {span} ago"
    why = f"there should be one every 30 minutes. GitHub stops the timer after {QUIET} days without a commit."
    yield Fault(f"{said}; {why}") if age > OLD_SWEEP else f"{said}."


def _approvers(found: Sequence[Mapping[str, str]], repository: Repository) -> Found:
    """Somebody other than the contributor must be able to say yes."""
    policy = repository.policy
    able = sorted(row["login"] for row in found if policy.may_approve(row["login"], row["role_name"]))
    weak = sorted(login for login in policy.approvers if login.casefold() not in {name.casefold() for name in able})
    if weak:
        yield Fault(f"Named in the policy, but may not approve: {', '.join(weak)}.")
    elif not able:
        yield Fault("Nobody may approve.")
    elif len(able) == 1 and not policy.sole_maintainer:
        said = f"Only {able[0]} may approve, and so cannot offer anything themselves."
        yield Fault(said, "Ask a second person, or set sole_maintainer: true in schemas/policy.yaml.")
    yield f"May approve: {', '.join(able)}."


JUDGES: Mapping[str, Callable[[Any, Repository], Found]] = {
    "repository": _named,
    "labels": _labels,
    "branch rules": _branch_rules,
    "pages": _pages,
    "workflows": _workflows,
    "last sweep": _sweep,
    "approvers": _approvers,
    "owners": _owners,
}
