"""Room to write on a handout: ruled lines, or the form that the work of an exercise has."""

from collections.abc import Mapping
from html import escape
from typing import Any

from markupsafe import Markup

DAYS = ("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BETWEEN_LABELS = " / "
CIRCLES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 200" fill="none" stroke="currentColor">'
    '<circle cx="180" cy="100" r="27" stroke-width="2.5"/>'
    + "".join(f'<circle cx="{x}" cy="{y}" r="19" stroke-width="1.6"/>' for x in (120, 240) for y in (62, 138))
    + "".join(
        f'<circle cx="{x}" cy="{y}" r="19" stroke-width="1.6" stroke-dasharray="2 4"/>'
        for x, y in ((180, 22), (180, 178), (84, 100), (276, 100))
    )
    + "".join(f'<circle cx="{x}" cy="{y}" r="31" stroke-width="1.6"/>' for x in (33, 327) for y in (33, 167))
    + "</svg>"
)
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
