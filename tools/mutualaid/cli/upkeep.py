"""`mutualaid review`, `links`, `waiting` and `doctor`: what keeps a running site true."""

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from mutualaid.cli.terminal import FINE, PROBLEMS, command, github_at, option, root_of

if TYPE_CHECKING:
    from mutualaid.adapters.github.client import Client
    from mutualaid.flows.upkeep import PlannedList

DOCTOR = (
    "a fine-grained token for this one repository with read-only access to Actions, Administration, Issues, Pages and "
    "Variables"
)


DRY = option("--dry-run", action="store_true", help="print the list and what would be done; do nothing")


@command("review", "list in an issue which entries and pages to review this month", DRY)
def _review(options: argparse.Namespace) -> int:
    from mutualaid.flows.upkeep import plan_review_list

    return _update(plan_review_list, options, github_at() if _needs_github(options) else None)


@command("waiting", "say in an issue how much waits for maintainers, and how long", DRY)
def _waiting(options: argparse.Namespace) -> int:
    from mutualaid.flows.upkeep import plan_digest

    return _update(plan_digest, options, github_at())


@command("links", "open every link to other sites, and list in an issue those that are dead", DRY)
def _links(options: argparse.Namespace) -> int:
    from mutualaid.adapters.links import Politeness
    from mutualaid.flows.upkeep import plan_link_list

    plan = partial(plan_link_list, manners=Politeness(time.sleep))
    return _update(plan, options, github_at() if _needs_github(options) else None)


def _needs_github(options: argparse.Namespace) -> bool:
    return not options.dry_run or bool(os.environ.get("GITHUB_TOKEN"))


def _update(plan: Callable[..., "PlannedList"], options: argparse.Namespace, client: "Client | None") -> int:
    from mutualaid.flows.upkeep import carry_out

    wanted, steps = plan(root_of(options), client, dt.datetime.now(tz=dt.UTC))
    if options.dry_run:
        print(wanted.words)
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
