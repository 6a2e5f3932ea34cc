"""`mutualaid review`, `links`, `waiting` and `doctor`: what keeps a running site true."""

import argparse
import datetime as dt
import os
import sys
import time
from typing import TYPE_CHECKING

from mutualaid.cli.terminal import FINE, PROBLEMS, command, github_at, option, root_of

if TYPE_CHECKING:
    from mutualaid.flows.upkeep import UpdatedList

DOCTOR = (
    "a fine-grained token for this one repository with read-only access to Actions, Administration, Issues, Pages and "
    "Variables"
)


DRY = option("--dry-run", action="store_true", help="print the list and what would be done; do nothing")


@command("review", "list in an issue which entries and pages to review this month", DRY)
def _review(options: argparse.Namespace) -> int:
    from mutualaid.flows.upkeep import update_review_list

    client = None if options.dry_run and not os.environ.get("GITHUB_TOKEN") else github_at()
    return _report(update_review_list(root_of(options), client, _now(), dry_run=options.dry_run), options)


@command("waiting", "say in an issue how much waits for maintainers, and how long", DRY)
def _waiting(options: argparse.Namespace) -> int:
    from mutualaid.flows.upkeep import update_digest

    return _report(update_digest(root_of(options), github_at(), _now(), dry_run=options.dry_run), options)


@command("links", "open every link to other sites, and list in an issue those that are dead", DRY)
def _links(options: argparse.Namespace) -> int:
    from mutualaid.adapters.links import Politeness
    from mutualaid.flows.upkeep import update_link_list

    client = None if options.dry_run and not os.environ.get("GITHUB_TOKEN") else github_at()
    manners, dry = Politeness(time.sleep), options.dry_run
    return _report(update_link_list(root_of(options), client, _now(), manners, most=2000, dry_run=dry), options)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)


def _report(updated: "UpdatedList", options: argparse.Namespace) -> int:
    if options.dry_run:
        print(updated.wanted.words)
    for step in updated.steps:
        print(f"{'would ' if options.dry_run else ''}{step.words}")
    if not updated.steps:
        print("The list is up to date.")
    return FINE


@command(
    "doctor",
    "say whether GitHub is set up right, and how to fix it",
    option("--fix", action="store_true", help="make the labels that are missing; needs a token that may write issues"),
)
def _doctor(options: argparse.Namespace) -> int:
    from mutualaid.core.upkeep.doctor import Health
    from mutualaid.flows.doctor import diagnosis_of, make_labels

    root, client = root_of(options), github_at(DOCTOR)
    for name in make_labels(root, client) if options.fix else ():
        print(f"{'made':12} label: {name}")
    findings = diagnosis_of(root, client, _now())
    for finding in findings:
        print(f"{finding.health.value:12} {finding.name}{finding.said and ': '}{finding.said}")
        for line in finding.cure.splitlines():
            print(f"{'':12} → {line}")
    counts = {health: sum(finding.health is health for finding in findings) for health in Health}
    print(", ".join(f"{count} {health.value}" for health, count in counts.items()) + ".", file=sys.stderr)
    return FINE if counts[Health.FINE] == len(findings) else PROBLEMS
