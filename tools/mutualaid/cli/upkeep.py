"""`mutualaid review`, `links`, `waiting` and `doctor`: what keeps a running site true."""

import argparse
import datetime as dt
import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from mutualaid.cli.terminal import FINE, PROBLEMS, command, github_at, option, root_of

if TYPE_CHECKING:
    from mutualaid.flows.upkeep import Maker

DOCTOR = (
    "a fine-grained token for this one repository with read-only access to Actions, Administration, Issues, Pages and "
    "Variables"
)


DRY = option("--dry-run", action="store_true", help="print the list and what would be done; do nothing")


@command("review", "list in an issue which entries and pages to review this month", DRY)
def _review(options: argparse.Namespace) -> int:
    from mutualaid.flows.upkeep import month_to_review

    return _update(month_to_review, options)


@command("waiting", "say in an issue how much waits for maintainers, and how long", DRY)
def _waiting(options: argparse.Namespace) -> int:
    from mutualaid.flows.upkeep import week_that_waits

    return _update(week_that_waits, options, is_of_github=True)


@command("links", "open every link to other sites, and list in an issue those that are dead", DRY)
def _links(options: argparse.Namespace) -> int:
    from mutualaid.adapters.links import Politeness
    from mutualaid.flows.upkeep import links_to_look_at

    return _update(partial(links_to_look_at, manners=Politeness(time.sleep)), options)


def _update(make: "Maker", options: argparse.Namespace, *, is_of_github: bool = False) -> int:
    from mutualaid.flows.upkeep import carry_out, plan

    needs_github = is_of_github or not options.dry_run or os.environ.get("GITHUB_TOKEN")
    client = github_at() if needs_github else None
    wanted, steps = plan(make, root_of(options), client, dt.datetime.now(tz=dt.UTC))
    if options.dry_run:
        print(wanted.body.partition("\n")[2])
    elif client:
        carry_out(client, steps)
    for step in steps:
        print(f"{'would ' if options.dry_run else ''}{step.words}")
    if not steps:
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
    findings = diagnosis_of(root, client, dt.datetime.now(tz=dt.UTC))
    for finding in findings:
        print(f"{finding.health.value:12} {finding.name}{finding.said and ': '}{finding.said}")
        for line in finding.cure.splitlines():
            print(f"{'':12} → {line}")
    counts = {health: sum(finding.health is health for finding in findings) for health in Health}
    print(", ".join(f"{count} {health.value}" for health, count in counts.items()) + ".", file=sys.stderr)
    return FINE if counts[Health.FINE] == len(findings) else PROBLEMS
