"""The command `mutualaid`.

Exit status: 0 fine, 1 problems found, 2 the command was misused or something is broken, 3 the site is built and a file
to download is missing from it.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from mutualaid.cli.terminal import BROKEN, COMMANDS, FINE
from mutualaid.errors import MutualAidError

MODULES = {
    "build": ("site", "serve", "downloads"),
    "check": ("check", "forms", "claims", "reading"),
    "offline": ("new", "retire", "retract"),
    "rehearse": ("rehearse",),
    "github": ("reconcile", "preview", "may-publish", "review", "waiting", "links", "doctor"),
}
"""By module, the commands that it adds: a command waits for no other module to load."""


def main(arguments: Sequence[str] | None = None) -> int:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what no encoding has is no reason to stop
            stream.reconfigure(errors="replace" if stream is sys.stdin else "backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    named = [module for module, commands in MODULES.items() if set(given).intersection(commands)]
    for module in named or MODULES:
        import_module(f"mutualaid.cli.{module}")
    options = _parser(shows_version="--version" in given).parse_args(given)
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


def _parser(*, shows_version: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutualaid", description="Check entries, build the site, run the bot.")
    version = import_module("importlib.metadata").version("mutualaid") if shows_version else ""  # slow to load
    parser.add_argument("--version", action="version", version=f"mutualaid {version}")
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
