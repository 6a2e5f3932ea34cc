"""Look at a repository and at this checkout, and say what is set up right."""

import datetime as dt
from pathlib import Path

from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.settings import read_setup
from mutualaid.core.upkeep.doctor import Diagnosis, Repository, diagnose
from mutualaid.core.upkeep.repository_setup import Checkout
from mutualaid.flows.load_trusted import load_host, load_policy
from mutualaid.flows.make_forms import forms_out_of_step, load_forms

MAY_STAY_EMPTY = ("post",)


def diagnosis_of(root: Path, client: Client, now: dt.datetime) -> tuple[Diagnosis, ...]:
    """Return every finding. Raises WorldError where the repository cannot be reached."""
    empty = tuple(name for name, value in load_host(root).items() if not value and name not in MAY_STAY_EMPTY)
    checkout = Checkout(forms_out_of_step(root), empty, tuple(form.name for form, _ in load_forms(root)))
    return diagnose(Repository(read_setup(client), checkout, load_policy(root), now))
