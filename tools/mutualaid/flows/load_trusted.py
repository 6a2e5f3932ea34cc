"""Everything that the pipeline trusts, read from the checkout of main: policy, forms, rules, entries, host."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.entry_files import entry_files, read_entry
from mutualaid.adapters.git import Head, head_of
from mutualaid.adapters.schema_files import (
    read_content_schemas,
    read_form_kinds,
    read_identifying_details,
    read_kinds,
    read_policy_file,
)
from mutualaid.core.entries.checks import Rulebook
from mutualaid.core.entries.identifying import Patterns
from mutualaid.core.entries.problem import as_line
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import problems_with, validator_for
from mutualaid.core.forms.form import Form, form_of
from mutualaid.core.pipeline.policy import Policy, policy_from
from mutualaid.core.pipeline.situation import Host
from mutualaid.errors import BrokenHouse


@dataclass(frozen=True, slots=True)
class House:
    """What main says. `entries` holds its entries by their file; `forms` every form by its name."""

    policy: Policy
    host: Host
    forms: Mapping[str, Form]
    rulebooks: Mapping[str, Rulebook]
    patterns: Patterns
    entries: Mapping[str, Submission]
    head: Head

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds."""
        return tuple(self.rulebooks)

    def taken(self, kind: str) -> frozenset[str]:
        """Return the slugs that entries of a kind have, or had before they were renamed."""
        own = [entry for entry in self.entries.values() if entry.kind.name == kind]
        aliases = (alias for entry in own for alias in entry.value.get("aliases", ()))
        return frozenset((*(entry.file_slug for entry in own), *aliases))

    def with_entry(self, path: str, entry: Submission, head: Head) -> "House":
        """Return the house with an entry that has just been merged, which made `head` of main."""
        return replace(self, entries={**self.entries, path: entry}, head=head)


def load_house(root: Path) -> House:
    """Read the checkout in `root`. Raises BrokenHouse where main itself is wrong."""
    kinds, retracted = read_kinds(root / "schemas")
    rulebooks = {kind.name: Rulebook.of(kind, retracted) for kind in kinds}
    forms = {kind.name: form_of(kind) for kind in (*kinds, *read_form_kinds(root / "schemas"))}
    policy = load_policy(root)
    entries = {}
    for name, file in entry_files(root / policy.fence, rulebooks):
        shown_as = file.relative_to(root).as_posix()
        document = read_entry(file, shown_as).document
        if document is not None and isinstance(document.value, Mapping):
            entries[shown_as] = Submission(rulebooks[name].kind, document)
    patterns = read_identifying_details(root / "schemas")
    return House(policy, _host(root), forms, rulebooks, patterns, entries, head_of(root))


def load_policy(root: Path) -> Policy:
    """Read and check the policy. Raises BrokenHouse with every problem."""
    schema = read_content_schemas(root / "schemas")["policy"]
    document = read_policy_file(root / "schemas")
    problems = problems_with(document, schema, validator_for(schema))
    if problems:
        raise BrokenHouse("; ".join(as_line(problem) for problem in problems))
    return policy_from(document.value)


def _host(root: Path) -> Host:
    value = read_host(root)
    return Host(
        site_address=value["site_address"],
        review_within=value["review_within"],
        takedown_within=value["takedown_within"],
        private_contact=value["private_contact"],
    )


def month_of(moment: dt.datetime) -> str:
    """Return the month in which something was offered."""
    return f"{moment:%Y-%m}"
