"""`mutualaid site`, `serve` and `downloads`."""

import argparse
import gc
import os
import sys
import time

from mutualaid.adapters.pelican import PREVIEW, BuildOutcome, build_site, run_warm
from mutualaid.cli.terminal import BROKEN, FINE, HELD_BACK, PROBLEMS, command, many, option, root_of, this_day
from mutualaid.core.entries import dates
from mutualaid.core.entries.problem import Place, Problem, as_annotation, as_line
from mutualaid.errors import Misuse

NOT_BUILT = "The site was not built. Where packages have changed, `make site` installs them first."


@command("site", "check everything and build the site into output/")
def _site(options: argparse.Namespace) -> int:
    swept = os.environ.get("MUTUALAID_LAST_SWEEP", "")
    if swept and not dates.is_real(swept):
        raise Misuse(f"MUTUALAID_LAST_SWEEP must be a day such as 2027-03-04, or empty. It is {swept!r}.")
    return _report(build_site(root_of(options), now=time.time_ns()))


def _report(outcome: BuildOutcome, *, preview: bool = False) -> int:
    report = outcome.report
    problems = [
        Problem(
            one["code"], one["where"], one["message"], Place(one["file"], one["line"], one["column"]), one["weight"]
        )
        for one in report.get("problems", ())
    ]
    is_marked = bool(os.environ.get("GITHUB_ACTIONS"))
    for problem in problems:
        print((as_annotation if is_marked and problem.is_error else as_line)(problem), file=sys.stderr)
    errors = sum(problem.is_error for problem in problems)
    if outcome.status or "entries" not in report:
        said = f"{many(errors, 'problem')}. The site was not built; the last good one stays in place."
        silent = f"{outcome.said or 'Pelican stopped and said nothing.'}\n{NOT_BUILT}"
        print(said if errors else silent, file=sys.stderr)
        return PROBLEMS if errors else BROKEN
    each = ", ".join(f"{count} {name}" for name, count in report["entries"].items())
    print(f"{report['written']} files written, {report['unchanged']} unchanged, {report['removed']} removed.")
    print(f"{report['pages']} pages, {report['guide_pages']} of them guide pages, and entries: {each}.")
    if preview and report["changed"]:
        print(*report["changed"], *(["…"] if report["written"] > len(report["changed"]) else []), sep="\n")
    if not preview:
        print("To look at it, open output/index.html in a browser, or run: make serve")
    if errors:
        print(f"The site is built without {many(errors, 'file')} to download, listed above.", file=sys.stderr)
    return HELD_BACK if errors else FINE


@command(
    "serve",
    "build, show on this machine, and show each saved change in the open page",
    option("--port", type=int, default=8000, help="the port on 127.0.0.1 (default: 8000)"),
)
def _serve(options: argparse.Namespace) -> int:
    from mutualaid.adapters.preview import serve

    root = root_of(options)

    def rebuild() -> None:
        _report(build_site(root, preview=True, now=time.time_ns(), run=run_warm), preview=True)

    rebuild()
    print(f"Look at http://127.0.0.1:{options.port}/ — stop with Ctrl+C.")
    serve(root, root / PREVIEW, rebuild, options.port)
    return FINE


@command(
    "downloads",
    "make the files to download; only what changed is made again",
    option("--only", nargs="+", default=(), metavar="WORD", help="only files with this in their path"),
)
def _downloads(options: argparse.Namespace) -> int:
    from mutualaid.downloads.build import make_downloads

    gc.disable()  # as in _check: planning makes many parts of Markdown, none of which goes in circles
    files, folder, problems = make_downloads(root_of(options), this_day(), options.only)
    for problem in problems:
        print(as_line(problem), file=sys.stderr)
    new = [file.download.path for file in files if file.is_new]
    print(*new, sep="\n", file=sys.stderr)
    size = sum(len(file.contents) for file in files) / 1_000_000
    print(f"{many(len(files), 'file')}, {len(new)} of them made anew, {size:.1f} MB in {folder}.")
    return HELD_BACK if problems else FINE
