"""`mutualaid reconcile`, `preview`, `may-publish`, `review`, `links`, `waiting` and `doctor`: on GitHub."""

import argparse
import datetime as dt
import json
import os
import sys
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

from mutualaid.adapters.content_files import read_host
from mutualaid.cli.terminal import BROKEN, FINE, PROBLEMS, command, github_at, many, option, root_of, said, show
from mutualaid.core.content.conditional_blocks import is_open
from mutualaid.core.pipeline.actions import DeletePreview, MakePreview, OpenStop, Reply, in_words
from mutualaid.errors import Misuse

if TYPE_CHECKING:
    from mutualaid.flows.upkeep import Maker

DRY = option("--dry-run", action="store_true", help="print the list and what would be done; do nothing")


@command(
    "reconcile",
    "look at submissions on GitHub, decide, and act",
    option("--event", type=Path, metavar="FILE", help="only what this event of GitHub's is about"),
    option("--only", type=int, metavar="NUMBER", help="only this issue or pull request"),
    option(
        "--dry-run", action="store_true", help="say what would be done and why, with each comment whole; do nothing"
    ),
)
def _reconcile(options: argparse.Namespace) -> int:
    from mutualaid.adapters.pelican import try_whole
    from mutualaid.flows.reconcile import reconcile

    now = dt.datetime.now(tz=dt.UTC)
    root, event = root_of(options), {"issue": {"number": options.only}} if options.only else _event(options.event)
    trial = partial(try_whole, root)
    run, steps = reconcile(root, github_at(), now, event, dry_run=options.dry_run, trial=trial)
    done = []
    for step in steps:
        print(f"#{step.number}: {step.decision.reason}" if step.number else step.decision.reason, flush=True)
        for action in step.decision.actions:
            print(f"    {'would ' if options.dry_run else ''}{in_words(action)}", flush=True)
            if options.dry_run and isinstance(action, Reply | OpenStop):
                show(indent(action.words.rstrip(), "    | ", lambda _: True) + "\n")
        if step.refusal:
            print(f"#{step.number}: {step.refusal}", file=sys.stderr, flush=True)
        done.append(step)
    published = sum(step.publishes for step in done)
    spent = many(run.client.requests, "request")
    left = f" {many(run.left, 'submission')} must wait for the next run." if run.left else ""
    again = " Main is fresh, so the site is built again." if not published and run.publishes(done) else ""
    print(f"{spent}, {published or 'nothing'} to publish.{again}{left}")
    _hand_on("published", str(run.publishes(done)).lower())
    acted = [action for step in done if step.is_done for action in step.decision.actions]
    if ended := [str(one.number) for one in acted if isinstance(one, DeletePreview)]:
        _hand_on("ended", " ".join(ended))
    if pages := [asdict(one) for one in acted if isinstance(one, MakePreview)]:
        _hand_on("previews", json.dumps({"include": pages}))
    # A red run writes to a maintainer, so it is kept for what one has to settle; the rest, the next run does by itself.
    return BROKEN if run.is_stopped or any(step.needs_a_person for step in done) else FINE


@command(
    "preview",
    "make the page that a text on GitHub would be, to look at before it is approved",
    option("number", type=int, help="of its form or pull request; names the file"),
    option("path", help="the entry's file"),
    option("blob", help="the hash of its text"),
)
def _preview(options: argparse.Namespace) -> int:
    from mutualaid.adapters.github.read import GitHubReader
    from mutualaid.flows.preview import preview

    github = github_at("a token that may read this repository")
    made = preview(root_of(options), GitHubReader(github), options.path, options.blob)
    file = Path(f"preview-{options.number}.html")
    file.write_text(made, encoding="utf-8")
    print(f"The page is in {file}.")
    return FINE


@command("may-publish", "exit 1 while a bad merge is open, or while nobody can ask in private for a removal")
def _may_publish(options: argparse.Namespace) -> int:
    from mutualaid.adapters.github.read import GitHubReader
    from mutualaid.adapters.github.settings import read_last_sweep
    from mutualaid.flows.gather import bad_merges
    from mutualaid.flows.load_checkout import load_policy

    root = root_of(options)
    if not is_open(read_host(root), "in private"):
        print(said("no private way"), file=sys.stderr)
        return PROBLEMS
    github = github_at("a token that may read this repository")
    found = bad_merges(GitHubReader(github), load_policy(root).bot)
    for number in found:
        print(said("bad merge", number=number), file=sys.stderr)
    if found:
        return PROBLEMS
    swept = read_last_sweep(github)  # None for never; Unseen where this token may not see it
    _hand_on("last_sweep", str(swept.date()) if isinstance(swept, dt.datetime) else "")
    return FINE


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
    from mutualaid.flows.upkeep import diagnosis_of, make_labels

    root, client = root_of(options), github_at(said("doctor's token"))
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


def _event(file: Path | None) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        event = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Misuse(f"{file} is no event: it must be the JSON file that GitHub gives a workflow.") from error
    return event if isinstance(event, dict) else {}


def _hand_on(name: str, value: str) -> None:
    file = os.environ.get("GITHUB_OUTPUT")
    if file:
        with Path(file).open("a", encoding="utf-8") as output:
            output.write(f"{name}={value}\n")
