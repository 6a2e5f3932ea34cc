"""The first door: arguments in, a flow run, an exit status out. The only place that prints, reads the clock and exits.

Exit status: 0 fine, 1 problems found, 2 the house is broken or the command was misused. `reconcile` ends with 2 only
where a maintainer has to act.
"""

import argparse
import datetime as dt
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mutualaid.adapters.site_builder import PREVIEW, BuildOutcome, build_site
from mutualaid.core.action import in_words
from mutualaid.core.claims import claims_of, drawn
from mutualaid.core.problem import Place, Problem, as_annotation, as_line, as_mapping, within
from mutualaid.errors import HouseError, Misuse
from mutualaid.flows.load_content import load_content
from mutualaid.flows.load_entries import load_entries
from mutualaid.flows.make_code_owners import code_owners_out_of_step, make_code_owners
from mutualaid.flows.make_forms import forms_out_of_step, make_forms
from mutualaid.talks.offline import Wishes, mark_retired, new, take_away

if TYPE_CHECKING:
    from mutualaid.flows.reconcile import GitHub
    from mutualaid.takeaways.takeaway import TakeAway

FINE, PROBLEMS, BROKEN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `mutualaid …` and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except HouseError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    except BrokenPipeError:  # whoever read along, such as `head`, has seen enough
        sys.stdout = None
        return FINE
    except KeyboardInterrupt:
        return BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutualaid", description="Check entries and build the site.")
    parser.add_argument("--root", type=Path, default=Path(), help="the checkout (default: this folder)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check entries and pages, and name every problem with its place")
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; default: everything")
    check.add_argument("--format", choices=tuple(FORMATS), default="text", help="how to print problems")
    check.set_defaults(run=_check)

    forms = commands.add_parser("forms", help="write the issue forms anew from the schemas")
    forms.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where a form differs from its schema"
    )
    forms.set_defaults(run=_forms)

    _add_new(commands)
    _add_retire_and_retract(commands)

    site = commands.add_parser("site", help="check everything and build the site into output/")
    site.set_defaults(run=_site)

    serve = commands.add_parser("serve", help="build, show on this machine, and build again on every change")
    serve.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (default: 8000)")
    serve.set_defaults(run=_serve)
    claims = commands.add_parser("claims", help="list the sentences of pages that lean on a source, with the source")
    claims.add_argument("--draw", type=int, metavar="COUNT", help="only so many, drawn at random")
    claims.add_argument(
        "--seed", default="", help="the same seed draws the same sentences, for example a commit's hash"
    )
    claims.set_defaults(run=_claims)
    carried = commands.add_parser("takeaways", help="make what readers carry away: only what changed is made anew")
    carried.add_argument("--only", nargs="+", default=(), metavar="WORD", help="only files with this in their path")
    carried.set_defaults(run=_takeaways)
    session = commands.add_parser("booklet", help="print chosen exercises as one session, with agenda and times")
    session.add_argument("--exercises", required=True, metavar="A,B,C", help="names of exercises, in order")
    session.add_argument("--minutes", required=True, type=int, help="how long the session may take")
    session.add_argument("--out", type=Path, default=Path("booklet.pdf"), metavar="FILE", help="default: booklet.pdf")
    session.set_defaults(run=_booklet)
    looking = commands.add_parser("reconcile", help="look at submissions on GitHub, decide, and act")
    looking.add_argument("--event", type=Path, metavar="FILE", help="only what this event of GitHub's is about")
    looking.add_argument("--only", type=int, metavar="NUMBER", help="only this issue or pull request")
    looking.add_argument("--dry-run", action="store_true", help="tell what would be done and why; do nothing")
    looking.set_defaults(run=_reconcile)
    standing = commands.add_parser("may-publish", help="exit 1 while a bad merge stands, of which the bot has told")
    standing.set_defaults(run=_may_publish)
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
    _add_rehearse(commands)
    return parser


def _doctor(options: argparse.Namespace) -> int:
    from mutualaid.core.diagnosis import Health
    from mutualaid.flows.diagnose import diagnosis_of

    findings = diagnosis_of(_root(options), _github(), dt.datetime.now(tz=dt.UTC))
    for finding in findings:
        print(f"{finding.health.value:12} {finding.name}: {finding.said}")
        for line in finding.mend.splitlines():
            print(f"{'':12} → {line}")
    counts = {health: sum(finding.health is health for finding in findings) for health in Health}
    print(", ".join(f"{count} {health.value}" for health, count in counts.items()) + ".", file=sys.stderr)
    return FINE if counts[Health.FINE] == len(findings) else PROBLEMS


def _claims(options: argparse.Namespace) -> int:
    content = load_content(_root(options)).content
    if content is None:
        raise Misuse("The pages have problems. Run mutualaid check and mend them first.")
    found = tuple(claim for page in content.pages for claim in claims_of(page))
    for claim in drawn(found, options.draw, options.seed) if options.draw else found:
        print(f"{claim.file}:{claim.line}: {claim.sentence}")
        for source in claim.sources:
            print(f"    {source}")
    print(f"{_many(len(found), 'sentence')} with a source.", file=sys.stderr)
    return FINE


def _takeaways(options: argparse.Namespace) -> int:
    from mutualaid.flows.make_takeaways import make_takeaways

    gc.disable()  # as in _check: planning makes 100,000 parts of Markdown, none of which goes in circles
    start, end = ("\r\033[K", "") if sys.stderr.isatty() else ("", "\n")

    def progress(one: "TakeAway", done: int, total: int) -> None:
        print(f"{start}{done:4} of {total} {one.path}", end=end, file=sys.stderr, flush=True)

    outcome = make_takeaways(_root(options), _today(), options.only, progress)
    print(end="" if end else "\n", file=sys.stderr)
    new = sum(one.is_new for one in outcome.made)
    size = sum(len(one.contents) for one in outcome.made) / 1_000_000
    print(f"{_many(len(outcome.made), 'file')}, {new} of them made anew, {size:.1f} MB in {outcome.folder}.")
    return FINE


def _booklet(options: argparse.Namespace) -> int:
    from mutualaid.flows.make_takeaways import make_booklet

    slugs = [slug.strip() for slug in options.exercises.split(",") if slug.strip()]
    if options.out.is_dir() or not options.out.resolve().parent.is_dir():
        raise Misuse(f"{options.out} cannot be written. Name a file in a folder that exists, such as booklet.pdf.")
    pdf = make_booklet(_root(options), _today(), slugs, options.minutes)
    options.out.write_bytes(pdf)
    print(f"{options.out} is written, {len(pdf) / 1000:.0f} kB. Look at it before you print it.")
    return FINE


def _reconcile(options: argparse.Namespace) -> int:
    from mutualaid.flows.reconcile import reconcile

    now = dt.datetime.now(tz=dt.UTC)
    run, steps = reconcile(_root(options), _github(), now, options.only, _event(options.event), dry_run=options.dry_run)
    done = []
    for step in steps:
        print(f"#{step.number}: {step.decision.reason}" if step.number else step.decision.reason, flush=True)
        for action in step.decision.actions:
            print(f"    {'would ' if options.dry_run else ''}{in_words(action)}", flush=True)
        if step.refusal:
            print(f"#{step.number}: {step.refusal}", file=sys.stderr, flush=True)
        done.append(step)
    published = sum(step.publishes for step in done)
    spent = _many(run.wire.requests, "request")
    left = f" {_many(run.left, 'submission')} must wait for the next run." if run.left else ""
    again = " Main is fresh, so the site is built again." if not published and run.publishes(done) else ""
    print(f"{spent}, {published or 'nothing'} to publish.{again}{left}")
    _hand_on(published=run.publishes(done))
    # A red run writes to a maintainer, so it is kept for what one has to settle; the rest, the next run does by itself.
    return BROKEN if run.is_stopped or any(step.needs_a_person for step in done) else FINE


def _may_publish(options: argparse.Namespace) -> int:
    from mutualaid.flows.standing import bad_merges

    found = bad_merges(_root(options), _github())
    for number in found:
        print(
            f"#{number}: STOP. What was merged there is not what was approved, so nothing is published. "
            "See “When the bot stops” in docs/runbook.md.",
            file=sys.stderr,
        )
    return PROBLEMS if found else FINE


def _living(options: argparse.Namespace) -> int:
    from mutualaid.adapters.link_fetch import Manners
    from mutualaid.core.grouped import in_words as step_in_words
    from mutualaid.flows.tend import tend_links, tend_reviews

    root, now, dry_run = _root(options), dt.datetime.now(tz=dt.UTC), options.dry_run
    github = None if dry_run and not os.environ.get("GITHUB_TOKEN") else _github()
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


LISTS = {
    "review": "entries and pages whose time to review has passed, or will within a month",
    "links": "addresses outside the site that are dead, or lead elsewhere",
}


def _github() -> "GitHub":
    from mutualaid.flows.reconcile import GitHub

    names = ("GITHUB_REPOSITORY", "GITHUB_TOKEN")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise Misuse(
            f"{' and '.join(missing)} must be set: owner/name, and a token that may write issues and contents."
        )
    address = os.environ.get("GITHUB_API_URL") or "https://api.github.com"
    return GitHub(address, *(os.environ[name] for name in names))


def _event(file: Path | None) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        event = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Misuse(f"{file} is no event: it must be the JSON file that GitHub gives a workflow.") from error
    return event if isinstance(event, dict) else {}


def _hand_on(*, published: bool) -> None:
    """Tell the workflow's next job whether there is something to publish."""
    file = os.environ.get("GITHUB_OUTPUT")
    if file:
        with Path(file).open("a", encoding="utf-8") as output:
            output.write(f"published={str(published).lower()}\n")


def _add_rehearse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rehearse = commands.add_parser(
        "rehearse",
        help="play the way from a form to the live site, or an attack on it, on a copy and without GitHub",
        description="Plays on a copy of this project, with what is not committed yet, against a stand-in for GitHub: "
        "a form with a mistake, the bot's answer, the mended form, the pull request, a maintainer's approval, the "
        "merge, the real build, the new page. Tells at each step what was seen. Nothing leaves this machine, and "
        "nothing in the project changes. Exit status: 0 it all happened, or no attack got through; 1 not so; "
        "2 it could not be played.",
        epilog="Do this before you change a workflow, a schema, the policy or the bot. It takes about ten seconds; "
        "all attacks take about half a minute.",
    )
    rehearse.add_argument(
        "--attack", metavar="NAME", help="play an attack and see that it fails: a name, all, or list to see the names"
    )
    rehearse.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="leave the copy in this new folder, to look at it afterwards"
    )
    rehearse.set_defaults(run=_rehearse)


def _add_new(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    new = commands.add_parser("new", help="take in an entry that came without an account: asked, or from a file")
    new.add_argument("kind", metavar="KIND", help="what it is: examples, exercises, resources or groups")
    origin = new.add_mutually_exclusive_group()
    origin.add_argument(
        "--from",
        dest="source",
        default="",
        metavar="FILE",
        help="a filled-in form, plain text or mail (.eml); - reads standard input",
    )
    origin.add_argument("--draft", type=Path, metavar="FILE", help="keep what is typed in FILE, and go on from it")
    new.add_argument(
        "--dry-run", action="store_true", help="write nothing: YAML to standard output, problems to standard error"
    )
    new.add_argument("--yes", action="store_true", help="with --from: do not ask before writing")
    new.add_argument("--no-code", action="store_true", help="make no removal code, where it could not be handed back")
    new.add_argument(
        "--send", action="store_true", help="push it to the remote on a branch of its own, in nobody's name"
    )
    new.add_argument("--remote", default="origin", help="the remote to send it to (default: origin)")
    new.set_defaults(run=_new)


def _add_retire_and_retract(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    retire = commands.add_parser("retire", help="keep an entry, and mark it as no longer current")
    retire.add_argument("entry", metavar="KIND/SLUG", help="the entry, such as groups/shift-swap-board")
    retire.add_argument("--why", required=True, metavar="WORDS", help="one line for readers")
    retire.add_argument(
        "--replaced-by", default="", metavar="SLUG", help="the entry of the same kind to see in its place"
    )
    retire.set_defaults(run=_retire)

    retract = commands.add_parser("retract", help="take an entry away at somebody's wish; a tombstone stays")
    retract.add_argument(
        "entry", nargs="?", default="", metavar="KIND/SLUG", help="the entry, such as groups/shift-swap-board"
    )
    retract.add_argument(
        "--code", nargs="?", const="", metavar="CODE", help="a removal code; asked for where it is left out"
    )
    retract.add_argument(
        "--with-address", action="store_true", help="leave no tombstone, where the address itself gives somebody away"
    )
    retract.set_defaults(run=_retract)


def _new(options: argparse.Namespace) -> int:
    wishes = Wishes(
        options.kind,
        options.source,
        options.draft,
        options.dry_run,
        options.yes,
        not options.no_code,
        options.send,
        options.remote,
    )
    return new(_root(options), wishes, _today())


def _rehearse(options: argparse.Namespace) -> int:
    from mutualaid.talks.rehearsing import attack, rehearse

    root, now = _root(options), dt.datetime.now(tz=dt.UTC)
    return attack(root, now, options.attack, options.keep) if options.attack else rehearse(root, now, options.keep)


def _retire(options: argparse.Namespace) -> int:
    return mark_retired(_root(options), options.entry, options.why, options.replaced_by, _today())


def _retract(options: argparse.Namespace) -> int:
    return take_away(_root(options), options.entry, options.code, _today(), with_address=options.with_address)


def _as_text(problems: Sequence[Problem]) -> str:
    return "\n".join(as_line(problem) for problem in problems)


def _as_json(problems: Sequence[Problem]) -> str:
    return json.dumps([as_mapping(problem) for problem in problems], indent=1, ensure_ascii=False)


def _as_github(problems: Sequence[Problem]) -> str:
    return "\n".join(as_annotation(problem) for problem in problems)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": _as_text, "json": _as_json, "github": _as_github}


def _check(options: argparse.Namespace) -> int:
    root, today = _root(options), _today()
    names = [_name_below(root, path) for path in options.paths]
    gc.disable()  # nothing here goes in circles, and looking for circles among 10,000 entries takes a third of the time
    loaded = load_entries(root, today)
    of_pages, read = _checked_pages(root) if _speak_of_pages(names) else ((), "")
    problems = within((*loaded.problems, *of_pages), names or ["."])
    counted = "" if names else f"{len(loaded.entries)} entries and {read}. "
    shown = FORMATS[options.format](problems)
    if shown:
        print(shown)
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    print(f"{counted}{_many(errors, 'problem')}, {_many(warnings, 'warning')}.", file=sys.stderr)
    return PROBLEMS if errors else FINE


def _speak_of_pages(names: Sequence[str]) -> bool:
    return not names or not all(PurePosixPath(name).is_relative_to("submissions") for name in names)


def _checked_pages(root: Path) -> tuple[tuple[Problem, ...], str]:
    """Return the problems of pages, and what was read."""
    from mutualaid.flows.measure_reading import grades, hard_pages, median_grade

    content = load_content(root)
    pages = content.content.pages if content.content else ()
    found = grades(pages)
    problems = (*content.problems, *hard_pages(pages, found))
    return problems, f"{len(pages)} pages read, median reading grade {median_grade(found)}"


def _name_below(root: Path, path: Path) -> str:
    if not path.exists():
        raise Misuse(f"There is no file or folder {path}. Name one that exists, for example submissions/groups.")
    if not path.resolve().is_relative_to(root):
        raise Misuse(f"{path} is not in the checkout {root}. Name a file or folder that is, or pass --root.")
    return path.resolve().relative_to(root).as_posix()


def _forms(options: argparse.Namespace) -> int:
    root = _root(options)
    if not options.check:
        written = (*make_forms(root), *make_code_owners(root))
        print("\n".join([*written, f"{_many(len(written), 'file')} written."]))
        return FINE
    odd = (*forms_out_of_step(root), *code_owners_out_of_step(root))
    for name in odd:
        print(f"{name} is not what the schemas make. Run: mutualaid forms; delete it where no schema makes it.")
    return PROBLEMS if odd else FINE


def _site(options: argparse.Namespace) -> int:
    return _told(build_site(_root(options)))


def _told(outcome: BuildOutcome, *, preview: bool = False) -> int:
    """Print what a build did, problems first, and return the exit status."""
    report = outcome.report
    problems = [_problem_from(each) for each in report.get("problems", ())]
    for problem in problems:
        print(as_line(problem), file=sys.stderr)
    if outcome.status or "entries" not in report:
        errors = sum(problem.is_error for problem in problems)
        if not errors:
            print(outcome.said or "Pelican stopped and said nothing.", file=sys.stderr)
            print(
                "The site was not built. Where packages have changed, `make site` installs them first.", file=sys.stderr
            )
            return BROKEN
        print(f"{_many(errors, 'problem')}. The site was not built; the last good one stays in place.", file=sys.stderr)
        return PROBLEMS
    entries = sum(report["entries"].values())
    each = ", ".join(f"{count} {name}" for name, count in report["entries"].items())
    print(f"{report['written']} files written, {report['unchanged']} unchanged, {report['removed']} removed.")
    print(f"{report['pages']} pages, {report['guide_pages']} of them guide pages, and {entries} entries: {each}.")
    if preview:
        for name in report["first_written"]:
            print(f"  {name}")
    else:
        print("To look at it, open output/index.html in a browser, or run: make serve")
    return FINE


def _problem_from(found: dict[str, Any]) -> Problem:
    place = Place(found["file"], found["line"], found["column"])
    return Problem(found["code"], found["where"], found["message"], place, found["weight"])


def _serve(options: argparse.Namespace) -> int:
    from mutualaid.adapters.preview import serve

    root = _root(options)

    def rebuild() -> None:
        _told(build_site(root, preview=True), preview=True)

    rebuild()
    print(f"Look at http://127.0.0.1:{options.port}/ — stop with Ctrl+C.")
    serve(root, root / PREVIEW, rebuild, options.port)
    return FINE


def _root(options: argparse.Namespace) -> Path:
    root: Path = options.root.resolve()
    if not (root / "schemas").is_dir():
        raise Misuse(f"{root} is not a checkout of the project: it has no folder schemas/. Go there, or pass --root.")
    return root


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _many(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"


if __name__ == "__main__":
    sys.exit(main())
