"""Room to write on a handout: ruled lines, or the form that the work of an exercise has."""

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

from markupsafe import Markup

DAYS = ("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BETWEEN_LABELS = " / "
CIRCLES = "".join((files(__package__) / "circles.svg").read_text(encoding="utf-8").splitlines())
"""The circles of a map: one in the middle, solid ones near it, dotted ones farther out, large ones at the edge."""


def room(prompt: Mapping[str, Any]) -> Markup:
    """Return the room below a prompt as HTML: a table, circles, or a line for each of its `lines`."""
    kind, lines = prompt.get("draw"), prompt["lines"]
    if not kind:
        spans = "<span></span>" * lines
        return Markup(f'<div class="ruled" aria-hidden="true" data-lines="{lines}">{spans}</div>')  # noqa: S704 - a number
    inner = CIRCLES if kind == "circles" else _table(kind, prompt)
    hidden = ' aria-hidden="true"' if kind == "circles" else ""
    # What people wrote is escaped in _table.
    return Markup(f'<div class="room" data-draw="{kind}" data-lines="{lines}"{hidden}>{inner}</div>')  # noqa: S704


def _table(kind: str, prompt: Mapping[str, Any]) -> str:
    labels = [label.strip() for label in prompt["labels"].split(BETWEEN_LABELS)] if "labels" in prompt else []
    wide = prompt.get("columns", 1 if kind == "ladder" else min(len(labels) or 1, 8))
    rows = [[""] * wide for _ in range(prompt.get("rows", 1))]
    head: list[str] = []
    if kind == "week":
        head, rows = [*DAYS], [[label, *[""] * 7] for label in labels or [""] * len(rows)]
    elif kind in ("grid", "ledger"):
        head = labels
    elif labels:
        rows = [(labels[start : start + wide] + [""] * wide)[:wide] for start in range(0, len(labels), wide)]
    top = f"<tr>{''.join(f'<th>{escape(one)}</th>' if one else '<td></td>' for one in head)}</tr>" if head else ""
    body = ("".join(f"<td>{escape(one)}</td>" for one in row) for row in rows)
    return f"<table>{top}{''.join(f'<tr>{row}</tr>' for row in body)}</table>"
