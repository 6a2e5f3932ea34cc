"""`mutualaid rehearse`."""

import argparse
import datetime as dt
from pathlib import Path

from mutualaid.cli.terminal import Commands, root_of


def add(commands: Commands) -> None:
    """Add the command."""
    rehearse = commands.add_parser(
        "rehearse",
        help="play the way from a form to the live site, or an attack on it, on a copy and without GitHub",
        description="Plays on a copy of this project, with what is not committed yet, against a fake GitHub: "
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


def _rehearse(options: argparse.Namespace) -> int:
    from mutualaid.cli.rehearsal_screen import attack, rehearse

    root, now = root_of(options), dt.datetime.now(tz=dt.UTC)
    return attack(root, now, options.attack, options.keep) if options.attack else rehearse(root, now, options.keep)
