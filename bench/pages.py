"""Five pages as Lighthouse's slow phone meets them: its score for performance, and when and how steadily they paint.

Run by `make bench`. The times are simulated from what was measured here, so they move with the machine; the goal of 95
is printed beside them and fails nothing.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from layouts import file_of
from lighthouse_under_test import report_on
from site_under_test import build, show

GOAL = 95
PAGES = ("home", "guide page", "collection as cards", "exercise", "draft")
FIGURES = (
    ("largest-contentful-paint", "largest paint"),
    ("total-blocking-time", "blocking"),
    ("cumulative-layout-shift", "layout shift"),
)


def main() -> int:
    """Build the site, open each page in Lighthouse, and print what it found."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "site"
        run = build(folder)
        if run.returncode:
            sys.stderr.write(run.stderr)
            return 1
        with show(folder) as site:
            for name in PAGES:
                print(_line(name, report_on(f"{site.address}/{file_of(name, folder)}")), flush=True)
    return 0


def _line(name: str, report: Any) -> str:
    score = round(100 * (report["categories"]["performance"]["score"] or 0))
    audits = report["audits"]
    figures = ", ".join(f"{words} {audits[audit]['displayValue']}" for audit, words in FIGURES)
    return f"{name:22} performance {score:3} (goal {GOAL}): {figures}"


if __name__ == "__main__":
    sys.exit(main())
