"""Make the issue forms of the schemas, and write them or see whether those that are there still fit."""

from pathlib import Path

from mutualaid.adapters.content_files import read_host
from mutualaid.adapters.issue_forms import form_texts, write_texts
from mutualaid.adapters.schema_files import read_chooser, read_form_kinds, read_kinds
from mutualaid.core.entries.kind import Kind
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.model import Form
from mutualaid.core.pipeline.policy import code_owners
from mutualaid.flows.load_checkout import load_policy


def load_forms(root: Path) -> tuple[tuple[Form, Kind], ...]:
    """Return every form with the kind that it is made of: first the kinds of entries, then those that make none.

    Raises BrokenCheckout where a schema says something that no form can ask for.
    """
    kinds, _ = read_kinds(root / "schemas")
    return tuple((form_of(kind), kind) for kind in (*kinds, *read_form_kinds(root / "schemas")))


def make_forms(root: Path, *, writes: bool = True) -> tuple[str, ...]:
    """Write the forms and .github/CODEOWNERS that differ from the schemas, and return their names.

    Without `writes` all stay as they are, and forms that come from no schema are named, too.
    """
    kinds, _ = read_kinds(root / "schemas")
    forms = form_texts((form for form, _ in load_forms(root)), read_chooser(root / "schemas"), read_host(root))
    texts = {**forms, ".github/CODEOWNERS": code_owners(load_policy(root, (kind.name for kind in kinds)))}
    return write_texts(root, texts, writes=writes)
