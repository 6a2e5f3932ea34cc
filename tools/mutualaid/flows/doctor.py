"""Look at a repository and at this checkout, and say what is set up right."""

import datetime as dt
from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.settings import read_setup
from mutualaid.core.upkeep.doctor import Diagnosis, Repository, diagnose, missing_labels
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.make_forms import forms_out_of_step, load_forms


def diagnosis_of(root: Path, client: Client, now: dt.datetime) -> tuple[Diagnosis, ...]:
    """Return every finding. Raises WorldError where the repository cannot be reached."""
    answers = read_setup(client)
    answers["host"] = read_host(root)
    answers["empty facts"] = [name for name, value in answers["host"].items() if not value and name != "post"]
    answers["odd forms"] = forms_out_of_step(root)
    return diagnose(Repository(answers["about"]["full_name"], answers, _kinds(root), load_policy(root), now))


def make_labels(root: Path, client: Client) -> list[str]:
    """Make each label that is missing, and return them. Raises WorldError where the token may not."""
    missing = missing_labels(client.pages("labels"), _kinds(root))
    for name in missing:
        client.send("POST", "labels", {"name": name})
    return missing


def _kinds(root: Path) -> list[str]:
    return [form.name for form, _ in load_forms(root)]
