"""The draft page of each kind: a form that sends nothing, with all that its script needs inside the page.

Fields, help, choices and consents come from the form that GitHub shows; what may point to somebody from the patterns
of the bot (0023).
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mutualaid.adapters.schema_files import read_identifying_details
from mutualaid.core.entries.identifying import for_browsers
from mutualaid.core.entries.kind import Kind, Schema
from mutualaid.core.entries.validation import field_at
from mutualaid.core.forms.addressed_items import EXPRESSIONS
from mutualaid.core.forms.from_schema import form_of
from mutualaid.core.forms.line_items import ends_of
from mutualaid.core.forms.model import FormField
from mutualaid.site.context import SiteContext
from mutualaid.site.renderer import HERE, PageMeta, Renderer, stamp
from mutualaid.text.markdown import with_code

ADDRESS = "/contribute/draft/"
SCRIPTS = ("identifying", "understood", "leaving", "hints", "page")
"""The parts of the script in order, below theme/static/js/draft/."""
NOT_SENT = re.compile(r"^ *(?://.*|/\*\* .*\*/)\n|^ +", re.MULTILINE)
"""Lines that are a comment, and indents; no text in the scripts runs over several lines."""
LINES, LINES_OF_ITEMS = {"input": 1, "textarea": 4}, 5
"""Lines to write on, on paper."""


def draft_addresses(kinds: Iterable[Kind]) -> list[str]:
    return [ADDRESS, *(_address(kind) for kind in kinds)]


def make_drafts(site: SiteContext, schemas: Path) -> None:
    _make_script(site.renderer)
    details = read_identifying_details(schemas)
    forms = [(collection.kind, form_of(collection.kind)) for collection in site.collections]
    ways = [{"title": form.title, "description": form.description, "address": _address(kind)} for kind, form in forms]
    meta = PageMeta("Write a draft", ADDRESS, PROMISE, "contribute", quick_exit=True, found_as=HERE)
    site.renderer.render_page("draft_index.html", meta, ways=ways)
    for kind, form in forms:
        meta = PageMeta(f"{form.title}: a draft", _address(kind), PROMISE, "contribute", quick_exit=True)
        questions = [_question(field, kind.schema) for field in form.fields]
        asked = {"consents": form.consents, "consent_label": form.consent_block.label, "questions": questions}
        known = {**for_browsers(details), "public": details.public}
        reading = {name: expression.pattern for name, expression in EXPRESSIONS.items()}
        data = {"kind": {"name": kind.name}, "form": asked, "details": known, "reading": reading}
        fields = [_shown(field, field_at(field.steps, kind.schema)) for field in form.fields]
        site.renderer.render_page("draft.html", meta, form=form, fields=fields, data=data)


PROMISE = "Write it here, look at it, check it. Nothing that you type leaves this page until you take it away yourself."


def _question(asked: FormField, schema: Schema) -> dict[str, Any]:
    """Return a question; `titles` name an item's parts, `mark` says what the check looks for (`x-identifying`)."""
    own = field_at(asked.steps, schema)
    item = own.get("items", own)
    marks = [field_at(asked.steps[:count], schema).get("x-identifying") for count in range(len(asked.steps) + 1)]
    return {
        **{
            name: getattr(asked, name)
            for name in ("id", "label", "element", "required", "steps", "options", "multiple", "is_short")
        },
        "titles": [str(item["properties"][part]["title"]) for part in asked.parts],
        "formats": [item["properties"][part].get("format", "") for part in asked.parts],
        "ends": list(ends_of(item).values()) if asked.parts else [],
        "list": own.get("type") == "array" and not asked.options,
        "mark": next(filter(None, [item.get("x-identifying"), *reversed(marks)]), ""),
    }


def _make_script(renderer: Renderer) -> None:
    folder = Path(renderer.theme) / "static" / "js" / "draft"
    parts = ((folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    text = "".join(NOT_SENT.sub("", part.rstrip()) + "\n" for part in parts)
    path = f"theme/js/draft.{stamp(text.encode())}.js"
    renderer.outputs.add(path, text)
    renderer.assets["draft.js"] = f"/{path}"


def _address(kind: Kind) -> str:
    return f"{ADDRESS}{kind.name}/"


def _shown(field: FormField, schema: Schema) -> dict[str, Any]:
    labels = [label for _, label in field.options]
    return {
        "asked": field,
        "labels": labels,
        "help": with_code(field.help),
        "can_be_unset": bool(labels) and not field.required and not field.multiple and field.options[0][0] != "",
        "is_short": schema.get("type") == "integer" or schema.get("format") == "edtf",
        "lines": LINES_OF_ITEMS if field.parts and field.element == "textarea" else LINES.get(field.element, 0),
    }
