"""`mutualaid living` and `doctor`: what keeps a running site alive."""

import argparse
import datetime as dt
import os
import sys
import time

from mutualaid.cli.terminal import FINE, PROBLEMS, Commands, github_at, root_of

DOCTOR = (
    "a fine-grained token for this one repository with read-only access to Actions, Administration, Issues and Pages"
)
LISTS = {
    "review": "entries and pages whose time to review has passed, or will within a month",
    "links": "addresses outside the site that are dead, or lead elsewhere",
}


def add(commands: Commands) -> None:
    """Add the commands."""
    living = commands.add_parser("living", help="keep the lists of what to review and of links, one issue each")
    lists = living.add_subparsers(required=True, metavar="LIST")
    for name, words in LISTS.items():
        one = lists.add_parser(name, help=words)
        one.add_argument("--dry-run", action="store_true", help="print the list and what would be done; do nothing")
        if name == "links":
            one.add_argument("--most", type=int, default=2000, metavar="COUNT", help="addresses a run (default: 2000)")
        one.set_defaults(run=_living, list=name)
    doctor = commands.add_parser("doctor", help="say whether GitHub is set up right, and what mends it")
    doctor.set_defaults(run=_doctor)


def _living(options: argparse.Namespace) -> int:
    from mutualaid.adapters.links import Manners
    from mutualaid.core.upkeep.tracking_issue import in_words as step_in_words
    from mutualaid.flows.upkeep import tend_links, tend_reviews

    root, now, dry_run = root_of(options), dt.datetime.now(tz=dt.UTC), options.dry_run
    github = None if dry_run and not os.environ.get("GITHUB_TOKEN") else github_at()
    if options.list == "review":
        tended = tend_reviews(root, github, now, dry_run=dry_run)
    else:
        tended = tend_links(root, github, now, Manners(time.sleep), most=options.most, dry_run=dry_run)
    if dry_run:
        print(tended.wanted.words)
    for step in tended.steps:
        print(f"{'would ' if dry_run else ''}{step_in_words(step)}")
    if not tended.steps:
        print("The list stands as it should.")
    return FINE


def _doctor(options: argparse.Namespace) -> int:
    from mutualaid.core.upkeep.doctor import Health
    from mutualaid.flows.doctor import diagnosis_of

    findings = diagnosis_of(root_of(options), github_at(DOCTOR), dt.datetime.now(tz=dt.UTC))
    for finding in findings:
        print(f"{finding.health.value:12} {finding.name}: {finding.said}")
        for line in finding.mend.splitlines():
            print(f"{'':12} → {line}")
    counts = {health: sum(finding.health is health for finding in findings) for health in Health}
    print(", ".join(f"{count} {health.value}" for health, count in counts.items()) + ".", file=sys.stderr)
    return FINE if counts[Health.FINE] == len(findings) else PROBLEMS
