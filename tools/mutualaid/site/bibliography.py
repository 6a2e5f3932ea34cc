"""Entries for people who keep citations: CSL-JSON (citeproc) and BibTeX, of all entries and of the works they describe.

An entry of this site is cited as a page of this site. A resource's own work is another thing to cite, so the works of
the reading list have files of their own. Whoever made a work is named as the work itself says, unparted: we do not
guess which part of a name is the family's.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from mutualaid.core.entries.entry import Entry

Item = dict[str, Any]
TYPES = {"book": "book", "article": "article", "news-story": "article-newspaper", "report": "report"}
TYPES |= {
    "official-publication": "report",
    "database": "dataset",
    "podcast": "broadcast",
    "zine-or-booklet": "pamphlet",
}
SPECIAL = {char: "\\" + char for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
SPECIAL |= {"^": r"\textasciicircum{}"}


def cited_entry(entry: Entry, site_name: str, site_address: str) -> Item:
    """Return an entry of this site as a CSL item."""
    item: Item = {"id": f"{entry.kind.name}-{entry.slug}", "type": "entry-encyclopedia", "title": entry.title}
    if "credit" in entry.fields:
        item["author"] = [{"literal": entry.fields["credit"]["name"]}]
    item |= {"container-title": site_name, "issued": _date(entry.fields["added"]), "abstract": entry.summary}
    item |= {"genre": entry.kind.singular, "language": "en"}
    item["note"] = f"License: {entry.kind.label('licence', entry.fields['licence'])}"
    return item | ({"URL": f"{site_address}{entry.address}"} if site_address else {})


def cited_work(entry: Entry) -> Item:
    """Return the work that a resource describes as a CSL item."""
    fields = entry.fields
    kind = TYPES.get(fields["medium"], "webpage" if "link" in fields else "document")
    item: Item = {"id": entry.slug, "type": kind, "title": entry.title}
    item |= {"author": [{"literal": fields["creator"]}]} if "creator" in fields else {}
    item |= {"publisher": fields["publisher"]} if "publisher" in fields else {}
    item |= {"issued": _date(fields["published"])} if "published" in fields else {}
    item |= {"ISBN": fields["isbn"]} if "isbn" in fields else {}
    item |= {"URL": fields["link"]["url"]} if "link" in fields else {}
    return item | {"language": ", ".join(fields.get("language", ())) or "en", "note": entry.summary}


def as_csl(items: Iterable[Item]) -> str:
    """Return items as CSL-JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


def as_bibtex(items: Iterable[Item]) -> str:
    """Return items as BibTeX, in UTF-8."""
    return "\n".join(_bibtex(item) for item in items)


def _bibtex(item: Item) -> str:
    fields = {
        "title": _escaped(item["title"]),
        "author": " and ".join("{" + _escaped(name["literal"]) + "}" for name in item.get("author", ())),
        "booktitle": _escaped(item.get("container-title", "")),
        "publisher": _escaped(item.get("publisher", "")),
        **_bibtex_date(item),
        "isbn": item.get("ISBN", ""),
        "url": item.get("URL", ""),
        "abstract": _escaped(item.get("abstract", "")),
        "note": _escaped(item.get("note", "")),
    }
    kind = {"book": "book", "entry-encyclopedia": "incollection"}.get(item["type"], "misc")
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{item['id']},\n{lines}}}\n"


def _bibtex_date(item: Item) -> dict[str, str]:
    if "issued" not in item:
        return {}
    year, *month = item["issued"]["date-parts"][0]
    return {"year": f"{year}"} | ({"month": str(month[0])} if month else {})


def _date(text: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in text.split("-")]]}


def _escaped(text: str) -> str:
    plain = re.sub(r"\s+", " ", text)
    return "".join(SPECIAL.get(char, char) for char in plain)
