"""The command `mutualaid`.

Exit status: 0 fine, 1 problems found, 2 the command was misused or something is broken, 3 the site is built and a file
to download is missing from it.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from mutualaid.cli import build, check, offline, rehearse, submissions, upkeep  # noqa: F401 - each adds its commands
from mutualaid.cli.terminal import BROKEN, COMMANDS, FINE
from mutualaid.errors import MutualAidError


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what no encoding has is no reason to stop
            stream.reconfigure(errors="replace" if stream is sys.stdin else "backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except MutualAidError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    except BrokenPipeError:  # whoever read along, such as `head`, has seen enough
        sys.stdout = None
        return FINE
    except KeyboardInterrupt:
        return BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutualaid", description="Check entries, build the site, run the bot.")
    parser.add_argument("--version", action="version", version=f"mutualaid {version('mutualaid')}")
    parser.add_argument("--root", type=Path, default=Path(), help="the checkout (default: this folder)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, words, options) in COMMANDS.items():
        command = commands.add_parser(name, help=words)
        command.set_defaults(run=run)
        for names, settings in options:
            command.add_argument(*names, **settings)
    return parser


if __name__ == "__main__":
    sys.exit(main())
