"""Everything that the pipeline trusts, read from the checkout of main: policy, forms, rules, entries, host."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.entry_files import entry_files, read_entry
from mutualaid.adapters.schema_files import (
    read_content_schemas,
    read_form_kinds,
    read_identifying_details,
    read_kinds,
    read_schema_file,
)
from mutualaid.core.entries.checks import Rulebook, check_beside
from mutualaid.core.entries.entry import frozen
from mutualaid.core.entries.identifying import Patterns
from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.problem import Problem, as_line
from mutualaid.core.entries.submission import Submission
from mutualaid.core.entries.validation import problems_with, validator_for
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.model import Form
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.situation import Host
from mutualaid.errors import BrokenCheckout


@dataclass(frozen=True, slots=True)
class Checkout:
    """What main says. `entries` holds its entries by their file; `forms` every form by its name.

    `form_kinds` are the schemas of forms that make no entry.
    """

    policy: Policy
    host: Host
    forms: Mapping[str, Form]
    rulebooks: Mapping[str, Rulebook]
    patterns: Patterns
    entries: Mapping[str, Submission]
    form_kinds: Mapping[str, Kind]

    def taken(self, kind: str) -> frozenset[str]:
        """Return the slugs that entries of a kind have, or had before they were renamed."""
        own = [entry for entry in self.entries.values() if entry.kind.name == kind]
        aliases = (alias for entry in own for alias in entry.value.get("aliases", ()))
        return frozenset((*(entry.file_slug for entry in own), *aliases))

    def entry_named(self, kind: str, slug: str) -> Submission | None:
        """Return the entry that has this slug, or had it before it was renamed."""
        own = (entry for entry in self.entries.values() if entry.kind.name == kind)
        renamed = (entry for entry in own if slug in entry.value.get("aliases", ()))
        return self.entries.get(self.policy.path_of(kind, slug)) or next(renamed, None)

    def beside(self, entry: Submission) -> tuple[Problem, ...]:
        own = entry.document.file
        return check_beside(entry, (other for file, other in self.entries.items() if file != own))

    def errors_in(self, entry: Submission, today: dt.date) -> tuple[Problem, ...]:
        """Return why the site could not be built with an entry: by itself, or beside all others."""
        found = (*self.rulebooks[entry.kind.name].check(entry, today), *self.beside(entry))
        return tuple(problem for problem in found if problem.is_error)


def load_checkout(root: Path) -> Checkout:
    """Read the checkout in `root`. Raises BrokenCheckout where main itself is wrong."""
    kinds, retracted = read_kinds(root / "schemas")
    rulebooks = {kind.name: Rulebook.of(kind, retracted) for kind in kinds}
    form_kinds = {kind.name: kind for kind in read_form_kinds(root / "schemas")}
    forms = {kind.name: form_of(kind) for kind in (*kinds, *form_kinds.values())}
    policy = load_policy(root, rulebooks)
    entries = {}
    for name, file in entry_files(root / policy.fence, rulebooks):
        shown_as = file.relative_to(root).as_posix()
        document = read_entry(file, shown_as).document
        if document is not None and isinstance(document.value, Mapping):
            entries[shown_as] = Submission(rulebooks[name].kind, document)
    facts = read_host(root)
    host = Host(**{name: facts[name] for name in asdict(Host()) if name in facts})
    return Checkout(policy, host, forms, rulebooks, read_identifying_details(root / "schemas"), entries, form_kinds)


def load_policy(root: Path, kinds: Iterable[str] = ()) -> Policy:
    """Read and check the policy; without `kinds` no file is an entry's. Raises BrokenCheckout with every problem."""
    schema = read_content_schemas(root / "schemas")["policy"]
    document = read_schema_file(root / "schemas" / "policy.yaml")
    problems = problems_with(document, validator_for(schema))
    if problems:
        raise BrokenCheckout("; ".join(as_line(problem) for problem in problems))
    return Policy(**frozen(document.value), kinds=tuple(kinds))
