"""Look at a repository and at this checkout, and say what is set up right."""

import datetime as dt
from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.settings import read_setup
from mutualaid.core.upkeep.doctor import Diagnosis, Repository, diagnose
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.make_forms import forms_out_of_step, load_forms


def diagnosis_of(root: Path, client: Client, now: dt.datetime) -> tuple[Diagnosis, ...]:
    """Return every finding. Raises WorldError where the repository cannot be reached."""
    answers = read_setup(client)
    answers["empty facts"] = [name for name, value in read_host(root).items() if not value and name != "post"]
    answers["odd forms"] = forms_out_of_step(root)
    kinds = [form.name for form, _ in load_forms(root)]
    return diagnose(Repository(answers["about"]["full_name"], answers, kinds, load_policy(root), now))
