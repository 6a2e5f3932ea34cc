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

    health: Health
    said: str = ""
    cure: str = ""
    name: str = ""


class Unseen(NamedTuple):
    """In the place of an answer that the token may not read. `needs` says which token could."""

    needs: str = "an administrator's token"


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


Judge = Callable[[Any, Repository], Diagnosis]


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
    place, _, right = asks.partition("=")
    answer, _, part = place.partition(".")
    seen = repository.answers[answer]
    if isinstance(seen, Unseen):
        found = _unseen(seen)
    elif part:
        is_so = {True: "yes", False: "no"}.get(seen[part], seen[part])
        found = _fine() if is_so == right else _fault(wrong)
    elif name in JUDGES:
        found = JUDGES[name](seen, repository)
    else:
        found = _fault(f"{wrong}: {', '.join(seen)}.") if seen else _fine()
    if found.health is Health.NOT_VISIBLE:
        cure = f"Look there: {cure}"
    own = "" if found.health is Health.FINE else repository.filled(found.cure or cure)
    return found._replace(name=name, cure=own)


def _unseen(answer: Unseen) -> Diagnosis:
    return Diagnosis(Health.NOT_VISIBLE, f"This token may not read it; {answer.needs} could.")


def _fine(said: str = "") -> Diagnosis:
    return Diagnosis(Health.FINE, said)


def _fault(said: str, cure: str = "") -> Diagnosis:
    return Diagnosis(Health.FAULT, said, cure)


def missing_labels(there: Sequence[Mapping[str, str]], kinds: Iterable[str]) -> list[str]:
    own = (f"{KIND_PREFIX}{kind}" for kind in kinds)
    known = {label["name"].casefold() for label in there}
    wanted = (*own, *(status.label for status in SubmissionStatus), FOR_A_PERSON)
    return [name for name in wanted if name.casefold() not in known]


def _labels(there: Sequence[Mapping[str, str]], repository: Repository) -> Diagnosis:
    """A form gives its label only where the label is there."""
    missing = missing_labels(there, repository.kinds)
    commands = "\n".join(f"gh label create '{name}' --repo {{name}}" for name in missing)
    said = f"Labels are missing: {', '.join(missing)}."
    return _fault(said, f"mutualaid doctor --fix, or:\n{commands}") if missing else _fine("All are there.")


def _branch_rules(found: tuple[Sequence[Mapping[str, Any]], Unseen | None], _: Repository) -> Diagnosis:
    """Nothing reaches main without a pull request and somebody's yes, and nothing else keeps the bot from merging."""
    rules, unseen = found
    pulls = [rule["parameters"] for rule in rules if rule["type"] == "pull_request"]
    approvals = max((rule.get("required_approving_review_count") or 0 for rule in pulls), default=0)
    faults = [*_stops(rules, approvals)]
    if not pulls and not unseen:
        faults.append(("Anybody who may write can push to main.", "require a pull request"))
    elif not approvals and not unseen:
        faults.append(("Main asks for no approval.", "require one approval"))
    where = "{settings}/rules (rules of the older kind: {settings}/branches): "
    fine = "Main asks for a pull request and one approval, and for nothing else."
    return _all_of([(said, f"{where}{click}.") for said, click in faults], unseen, fine)


def _all_of(faults: Iterable[tuple[str, str]], unseen: Unseen | None, fine: str) -> Diagnosis:
    own = dict.fromkeys(faults)
    if own:
        return _fault(" ".join(said for said, _ in own), "\n".join(cure for _, cure in own))
    return _unseen(unseen) if unseen else _fine(fine)


def _stops(rules: Iterable[Mapping[str, Any]], approvals: int) -> Iterator[tuple[str, str]]:
    """Yield what keeps the bot's merges waiting, and what to click; what we do not know may be one of these, too."""
    if approvals > 1:
        yield f"Main asks for {approvals} approvals, and the bot merges after one.", "set the required approvals to one"
    for rule in rules:
        told = rule.get("parameters") or {}
        checks = ", ".join(check["context"] for check in told.get("required_status_checks", ()))
        if checks:
            said = f"Main waits for {checks}, which is parked on the bot's own pull requests."
            yield said, "take every required status check away"
        if "squash" not in told.get("allowed_merge_methods", ("squash",)):
            yield "Main takes no squash, and the bot merges by nothing else.", "allow the merge method Squash"
        parts = [name for name in told if told[name] is True and rule["type"] == "pull_request"]
        for name in (rule["type"], *parts):
            (click,) = CLICKS.get(name, [name.replace("_", " ").capitalize()])
            if click:
                yield f"“{click}” keeps the bot's merges waiting.", f"untick “{click}”"


def _pages(pages: Mapping[str, Any], repository: Repository) -> Diagnosis:
    source, place, own = pages["source"], pages["place"], repository.answers["variable"]
    if source != "workflow":
        return _fault("Pages is built from a branch, so what we build is not shown." if source else "Pages is off.")
    if isinstance(place, Unseen):
        return _unseen(place)
    faults, environment = [], "{settings}/environments, github-pages: "
    if place["branches"] != ["main"]:
        cure = f"{environment}deployment branches: selected branches, main alone."
        faults.append(("More than main may publish the site.", cure))
    if place["waits"]:
        said = f"Each new site waits, and readers see the old one: {', '.join(place['waits']).replace('_', ' ')}."
        faults.append((said, f"{environment}untick required reviewers, wait timer and custom rules."))
    unseen = own if isinstance(own, Unseen) else None
    ours = "" if unseen else own or repository.answers["host"]["site_address"]
    theirs = (pages["address"] or "").rstrip("/")
    if ours and not _is_same(ours, theirs):
        cure = f"Set site_address in content/host.yaml to {theirs}, or the custom domain at {{settings}}/pages."
        faults.append((f"The site says that it is at {ours}, and Pages shows it at {theirs}.", cure))
    return _all_of(faults, unseen, "Published by Actions, from main alone.")


def _named(host: Mapping[str, str], repository: Repository) -> Diagnosis:
    """The site's links to forms lead there. An empty fact has its own line."""
    said, here = host["repository"], f"https://github.com/{repository.full_name}"
    fault = f"content/host.yaml says {said}, so the forms on the site lead there, and this is {here}."
    return _fault(fault) if said and not _is_same(said, here) else _fine()


def _is_same(address: str, other: str) -> bool:
    return address.partition("://")[2].rstrip("/").casefold() == other.partition("://")[2].casefold()


def _owners(found: Sequence[Mapping[str, str]], repository: Repository) -> Diagnosis:
    """GitHub passes over owners and reviewers who may not write, without a word."""
    able = {row["login"].casefold() for row in found if row["role_name"] in ("write", "maintain", "admin")}
    people = dict.fromkeys((*repository.policy.owners, *repository.policy.reviewers))
    weak = [name for name in people if "/" not in name and name.casefold() not in able]
    teams = [name for name in people if "/" in name]
    if weak:
        return _fault(f"Named as owners or reviewers, but may not write, so GitHub never asks them: {', '.join(weak)}.")
    return Diagnosis(Health.NOT_VISIBLE, f"Whether these may write: {', '.join(teams)}.") if teams else _fine()


def _workflows(found: Mapping[str, str], _: Repository) -> Diagnosis:
    missing = [name for name in WORKFLOWS if name not in found]
    stopped = [name for name in WORKFLOWS if found.get(name, "active") != "active"]
    if missing:
        return _fault(f"On main there is no {', '.join(missing)}.")
    if stopped:
        commands = "\n".join(f"gh workflow enable {name} --repo {{name}}" for name in stopped)
        return _fault(f"Switched off: {', '.join(stopped)}.", commands)
    return _fine("All are on.")


def _sweep(at: dt.datetime | None, repository: Repository) -> Diagnosis:
    """A sweep finds what an event did not tell; GitHub stops the timer in a repository where nothing happens."""
    if at is None:
        return _fault("No sweep has ever ended well.")
    age = repository.now - at
    hours = int(age.total_seconds() // 3600)
    span = f"{hours} hours" if age.days < 2 else f"{age.days} days"  # noqa: PLR2004 - two days
    said = f"The last sweep that ended well was on {at:%Y-%m-%d}, {span} ago"
    why = f"there should be one every 30 minutes. GitHub stops the timer after {QUIET} days without a commit."
    return _fault(f"{said}; {why}") if age > OLD_SWEEP else _fine(f"{said}.")


def _approvers(found: Sequence[Mapping[str, str]], repository: Repository) -> Diagnosis:
    """Somebody other than the contributor must be able to say yes."""
    policy = repository.policy
    able = sorted(row["login"] for row in found if policy.may_approve(row["login"], row["role_name"]))
    weak = sorted(login for login in policy.approvers if login.casefold() not in {name.casefold() for name in able})
    if weak:
        return _fault(f"Named in the policy, but may not approve: {', '.join(weak)}.")
    if not able:
        return _fault("Nobody may approve.")
    if len(able) == 1 and not policy.sole_maintainer:
        said = f"Only {able[0]} may approve, and so cannot offer anything themselves."
        return _fault(said, "Ask a second person, or set sole_maintainer: true in schemas/policy.yaml.")
    return _fine(f"May approve: {', '.join(able)}.")


JUDGES: Mapping[str, Judge] = {
    "repository": _named,
    "labels": _labels,
    "branch rules": _branch_rules,
    "pages": _pages,
    "workflows": _workflows,
    "last sweep": _sweep,
    "approvers": _approvers,
    "owners": _owners,
}
