"""A table of law as HTML, the same for the site and for books. What rests on too little reads as not known."""

import datetime as dt
from html import escape

from mutualaid.core.content.law import LawRow, is_past, rests
from mutualaid.core.entries import dates
from mutualaid.core.entries.document import Document
from mutualaid.text.markdown import prose_line

HEADS = {"law": "Law", "hears": "Who hears complaints", "limit": "Time limit"}
UNKNOWN = {
    "law": "We don’t know; ask a union or a lawyer for workers.",
    "hears": "We don’t know; ask.",
    "limit": "We don’t know; ask this week.",
}


def law_html(law: Document, part: str, today: dt.date) -> str:
    """Return the rows of a part as a table; for `jump`, a link to each state; nothing for a part that isn't there."""
    rows = [row for row in law.value["rows"] if row["part"] == ("state" if part == "jump" else part)]
    if part == "jump":
        name = '<li><a class="button" href="#{id}">{short}<span class="unseen"> {name}</span></a></li>'
        links = "".join(name.format(id=row["id"], short=row["id"].upper(), name=escape(row["name"])) for row in rows)
        return f'<nav class="letters" aria-label="States"><ul class="views">{links}</ul></nav>\n'
    heads = {name: words for name, words in HEADS.items() if part == "state" or any(name in row for row in rows)}
    if part in ("unsure", "pay"):
        heads["hears"] = "Whom to ask"
    first = "State" if part == "state" else "Who or what"
    head = "".join(f'<th scope="col">{words}</th>' for words in (first, *heads.values(), "Source"))
    body = "".join(_row(row, heads, today) for row in rows)
    table = f'<div class="table law"><table><thead><tr>{head}</tr></thead><tbody>'
    return f"{table}{body}</tbody></table></div>\n".replace("'", "’") if rows else ""


def _row(row: LawRow, heads: dict[str, str], today: dt.date) -> str:
    known = rests(row)
    old = f" <strong>Was so in {row['as_of'][:4]}; ask.</strong>" if known and is_past(row, today) else ""
    cells = {words: _cell(row, name) if known else UNKNOWN[name] for name, words in heads.items()}
    if row["part"] in ("state", "federal"):
        barred = "it’s barred, or the law gives no right to it. Ask" if known and "strikes" in row else "ask"
        cells["Law"] += f"<br>To strike: {barred} first."
    cells["Source"] = _sources(row) if known else f"None yet. Last looked for in {dates.in_words(row['as_of'])}."
    columns = "".join(f'<td data-label="{words}">{cell}</td>' for words, cell in cells.items())
    name = f'<th scope="row"><strong>{escape(row["name"], quote=False)}</strong>{old}</th>'
    return f'<tr id="{row["id"]}">{name}{columns}</tr>'


def _cell(row: LawRow, name: str) -> str:
    words = str(prose_line(row[name])) if name in row else UNKNOWN[name]
    return f"<b>{words}.</b> {prose_line(row['gives'])}" if name == "law" and "gives" in row else words


def _sources(row: LawRow) -> str:
    shown = []
    for source in row["sources"]:
        title = escape(source["title"], quote=False)
        link = f'<a href="{escape(source["url"])}">{title}</a>' if "url" in source else title
        shown.append(link + (f", read in a copy of {dates.in_words(source['copy'])}" if "copy" in source else ""))
    return f"As of {dates.in_words(row['as_of'])}. {'; '.join(shown)}."
