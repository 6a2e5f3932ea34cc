"""Make the issue forms of the schemas, and write them or see whether those that are there still fit."""

from pathlib import Path

from mutualaid.adapters.content_files import read_content_file
from mutualaid.adapters.issue_forms import differences, form_texts, write_texts
from mutualaid.adapters.schema_files import read_chooser, read_form_kinds, read_kinds
from mutualaid.core.entries.kind import Kind
from mutualaid.core.entries.problem import as_line
from mutualaid.core.forms.form import Form, form_of
from mutualaid.errors import BrokenHouse


def load_forms(root: Path) -> tuple[tuple[Form, Kind], ...]:
    """Return every form with the kind that it is made of: first the kinds of entries, then those that make none.

    Raises:
        FormOutOfStep: a schema says something that no form can ask for.

    """
    kinds, _ = read_kinds(root / "schemas")
    return tuple((form_of(kind), kind) for kind in (*kinds, *read_form_kinds(root / "schemas")))


def make_forms(root: Path) -> tuple[str, ...]:
    """Write the forms that differ from the schemas, and return their files."""
    return write_texts(root, _texts(root))


def forms_out_of_step(root: Path) -> tuple[str, ...]:
    """Return the files of the forms that differ from the schemas, are missing, or come from no schema."""
    return differences(root, _texts(root))


def _texts(root: Path) -> dict[str, str]:
    reading = read_content_file(root / "content" / "host.yaml", root)
    if reading.document is None:
        said = "; ".join(as_line(problem) for problem in reading.problems)
        raise BrokenHouse(f"The forms need content/host.yaml. {said}")
    forms = (form for form, _ in load_forms(root))
    return form_texts(forms, read_chooser(root / "schemas"), reading.document.value)
