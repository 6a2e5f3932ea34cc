"""The draft page of each kind: a form that sends nothing, with all that its script needs inside the page.

Fields, help, choices and consents come from the form that GitHub shows; what may point to somebody from the patterns
of the bot; the look of an entry from its own template (0023).
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mutualaid.core.characters import for_browsers as hidden_for_browsers
from mutualaid.core.form import Form, FormField, form_of
from mutualaid.core.identifying import Patterns, for_browsers
from mutualaid.core.kind import Kind, Schema
from mutualaid.core.sentences import field_at
from mutualaid.site.addresses import linker_from
from mutualaid.site.markup import as_data, with_code
from mutualaid.site.press import Leaf, Press, stamp
from mutualaid.site.template_script import script_of

ADDRESS = "/contribute/draft/"
SCRIPTS = (
    "vendor/markdown-it.min.js",
    "draft/identifying.js",
    "draft/typed.js",
    "draft/rules.js",
    "draft/presentation.js",
    "draft/showing.js",
    "",
    "draft/leaving.js",
    "draft/hints.js",
    "draft/page.js",
)
"""The parts of the script in order, below theme/static/js/; the empty one stands for what is made of the template."""
NOT_IN_SCRIPT = ("x-export", "x-facets", "x-form", "x-form-help", "x-form-label", "x-order", "x-singular", "$schema")
NOT_SENT = re.compile(r"^ *(?://.*|/\*\* .*\*/)\n|^ +", re.MULTILINE)
"""Lines that are a comment, and indents; no text in the scripts runs over several lines."""
LINES, LINES_OF_ITEMS = {"input": 1, "textarea": 4}, 5
"""Lines to write on, on paper."""


def draft_addresses(kinds: Iterable[Kind]) -> list[str]:
    """Return the addresses that `print_drafts` prints."""
    return [ADDRESS, *(_address(kind) for kind in kinds)]


@dataclass(frozen=True, slots=True)
class Around:
    """What a draft page shows beside its kind; `views` are those of an entry with steps: name, label, address's end."""

    details: Patterns
    topic_address: Callable[[str], str]
    views: Sequence[tuple[str, str, str]]
    repository: str
    today: dt.date


def print_drafts(press: Press, kinds: Iterable[Kind], around: Around) -> None:
    """Print the page that offers the kinds, the draft page of each, and their one script."""
    _print_script(press)
    forms = tuple((kind, form_of(kind)) for kind in kinds)
    ways = tuple(
        {"title": form.title, "description": form.description, "address": _address(kind)} for kind, form in forms
    )
    leaf = Leaf("Write a draft", ADDRESS, PROMISE, "contribute", quick_exit=True)
    press.print_page("draft_index.html", leaf, ways=ways)
    for kind, form in forms:
        leaf = Leaf(f"{form.title}: a draft", _address(kind), PROMISE, "contribute", quick_exit=True)
        data = as_data(_data(kind, form, around))
        press.print_page("draft.html", leaf, form=form, fields=_asked(form, kind), data=data)


PROMISE = "Write it here, look at it, check it. Nothing that you type leaves this page until you take it away yourself."


def _data(kind: Kind, form: Form, around: Around) -> dict[str, Any]:
    """Return all that the script needs to know, so that it never has to ask."""
    topics = ((value, around.topic_address(value)) for value in _topics(kind))
    return {
        "today": around.today.isoformat(),
        "site": {"repository": around.repository},
        "hidden": hidden_for_browsers(),
        "root": linker_from(_address(kind))("/").removesuffix("index.html"),
        "views": around.views,
        "topics": {value: address for value, address in topics if address},
        "kind": {
            "name": kind.name,
            "singular": kind.singular,
            "address": kind.address,
            "schema": _lean(kind.schema),
        },
        "form": {"consents": form.consents, "consent_label": form.consent_block.label, **_fields(form)},
        "details": {**for_browsers(around.details), "public": around.details.public},
    }


def _print_script(press: Press) -> None:
    folder = Path(press.theme) / "static" / "js"
    own = script_of(press.environment, "entry.html", "main", "article")
    parts = ((folder / part).read_text(encoding="utf-8") if part else own for part in SCRIPTS)
    text = "".join(NOT_SENT.sub("", part.rstrip()) + "\n" for part in parts)
    path = f"theme/js/draft.{stamp(text.encode())}.js"
    press.outputs.add(path, text)
    press.assets["draft.js"] = f"/{path}"


def _address(kind: Kind) -> str:
    return f"{ADDRESS}{kind.name}/"


def _topics(kind: Kind) -> tuple[str, ...]:
    return tuple(kind.fields["topics"]["items"]["enum"]) if "topics" in kind.fields else ()


def _lean(schema: Any) -> Any:
    """Return a schema without what no script asks for, and without the fields that no output may hold."""
    if isinstance(schema, list | tuple):
        return [_lean(inner) for inner in schema]
    if not isinstance(schema, Mapping):
        return schema
    lean: dict[str, Any] = {}
    for word, inner in schema.items():
        if word == "properties":
            kept = {name: field for name, field in inner.items() if field.get("x-export") != "none"}
            lean[word] = {name: _lean(field) for name, field in kept.items()}
        elif word == "examples":
            lean[word] = [one for one in inner[:1] if isinstance(one, int)]
        elif word not in NOT_IN_SCRIPT and word != "description":
            lean[word] = _lean(inner)
    return lean


def _fields(form: Form) -> dict[str, Any]:
    """Return all questions, and those of them that make fields."""
    wanted = ("id", "label", "element", "help", "steps", "options", "multiple", "parts")
    asked = [{name: value for name, value in asdict(one).items() if name in wanted} for one in form.questions]
    return {"questions": asked, "fields": asked[len(form.questions) - len(form.fields) :]}


def _asked(form: Form, kind: Kind) -> tuple[dict[str, Any], ...]:
    """Return the fields as the template shows them."""
    return tuple(_shown(field, field_at(field.steps, kind.schema)) for field in form.questions)


def _shown(field: FormField, schema: Schema) -> dict[str, Any]:
    labels = tuple(label for _, label in field.options)
    can_be_unset = bool(labels) and not field.required and not field.multiple and field.options[0][0] != ""
    return {
        "id": field.id,
        "label": field.label,
        "element": field.element,
        "help": with_code(field.help),
        "is_required": field.required,
        "is_multiple": field.multiple,
        "labels": labels,
        "can_be_unset": can_be_unset,
        "is_short": schema.get("type") == "integer" or schema.get("format") == "edtf",
        "lines": LINES_OF_ITEMS if field.parts and field.element == "textarea" else LINES.get(field.element, 0),
    }
