"""How to cite a page of this site, or a work that a resource describes: CSL-JSON items, also as text and as BibTeX.

Source: the CSL-JSON schema 1.0 (citation-style-language/schema); BibTeX's own entry types.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mutualaid.core.entries import dates
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.json_csv import json_lines

Item = dict[str, Any]
STYLED = {
    "book": ("book", {"author", "publisher", "issued"}),
    **dict.fromkeys(("article-magazine", "article-newspaper"), ("article", {"author", "container-title", "issued"})),
}
"""BibTeX's type of a work, and what its plain style asks of that type; a work that has less is `misc`."""
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What citations say of an edition: its name, who runs it (may be empty), its address (empty: none yet)."""

    name: str
    group: str
    address: str

    @property
    def editors(self) -> str:
        """Who answers for the edition where nobody is named; the authors of the guide before this one are others."""
        return self.group or f"Editors of this edition of {self.name}"

    def page(self, title: str, address: str, issued: str, author: str = "", licence: str = "CC BY-NC-SA 4.0") -> Item:
        """Cite a page; `issued` is an EDTF date or empty, `address` a path, empty for the whole site."""
        place = "" if self.address or not address else f". Page {address} of the site"
        item = {
            "id": "-".join((key_of(self.name), *filter(None, address.split("/")))),
            "type": "webpage",
            "title": title,
            "author": [{"literal": author or self.editors}],
            "container-title": self.name if address else "",
            "issued": _date(issued),
            "URL": f"{self.address}{address or '/'}" if self.address else "",
            "note": f"License: {licence}{place}",
            "language": "en-US",
        }
        return {name: value for name, value in item.items() if value}

    def entry(self, entry: Entry) -> Item:
        credit = entry.fields.get("credit", {})
        licence = entry.kind.label("licence", entry.fields["licence"])
        return self.page(entry.title, entry.address, entry.edited, str(credit.get("name", "")), licence)


def key_of(site_name: str) -> str:
    """Return what an edition's ids begin with: its name in small letters and hyphens. No two editions share a name."""
    return "-".join(re.findall(r"[^\W_]+", site_name.lower()))


def work(entry: Entry) -> Item:
    """Cite the work that a resource describes, as its makers would: nothing in it is ours, but the month of reading."""
    fields = entry.fields
    url, publisher = fields.get("link", {}).get("url", ""), fields.get("publisher")
    kind = called(entry)["csl"]
    kind = "document" if kind == "webpage" and not url else kind
    is_part = kind.startswith("article-")
    item = {
        "id": entry.slug,
        "type": kind,
        "title": entry.title,
        "author": [
            {"family": one["name"], "given": one["given"]} if "given" in one else {"literal": one["name"]}
            for one in fields.get("creators", ())
        ],
        "container-title": publisher if is_part else None,
        "publisher": None if is_part else publisher,
        "issued": _date(str(fields.get("published", ""))),
        "ISBN": fields.get("isbn"),
        "DOI": url.partition("://doi.org/")[2],
        "URL": url,
        "accessed": _date(entry.edited) if url else {},
        "language": ", ".join(fields.get("language", ())),
    }
    return {name: value for name, value in item.items() if value}


def called(entry: Entry) -> Mapping[str, str]:
    """Return what the work of a resource is called in `csl`, in `zotero` and at `schema_org`."""
    names = entry.kind.fields["medium"]["x-called"]
    found: Mapping[str, str] = names.get(entry.fields["medium"], names["any"])
    return found


def tags_of(item: Item, zotero: str = "webpage") -> tuple[tuple[str, str], ...]:
    """Return an item as names and contents of meta elements: Highwire's, which Zotero reads, and DCTERMS.

    Zotero parts an author at a comma, or else before the last word; so a body's name ends with its only comma. A lone
    author with spaces on both sides of a comma it takes for two people; so a given name has no-break spaces. It takes
    any article in `citation_journal_title` for a journal's; so a journal is named in PRISM's words.
    """
    authors = item.get("author", ())
    day = item.get("issued", {}).get("date-parts", [[]])[0]
    tags = (
        ("citation_title", item["title"]),
        *(("citation_author", _parted(name)) for name in authors),
        ("citation_publication_date", "/".join(f"{part:02}" for part in day)),
        ("prism.publicationName" if zotero.endswith("Article") else "", item.get("container-title", "")),
        ("citation_publisher", item.get("publisher", "")),
        ("citation_isbn", item.get("ISBN", "")),
        ("citation_doi", item.get("DOI", "")),
        ("citation_language", item.get("language", "")),
        ("citation_public_url", item.get("URL", "")),
        ("dcterms.title", item["title"]),
        *(("dcterms.creator", _spoken(name)) for name in authors),
        ("dcterms.issued", "-".join(f"{part:02}" for part in day)),
        ("dcterms.type", zotero),
    )
    return tuple((name, content) for name, content in tags if name and content)


def as_text(item: Item) -> str:
    title, container = item["title"], item.get("container-title", "")
    end = "" if title.endswith(("?", "!", ".", "…")) else "."
    title = f"“{title}{end}” {container}" if container else title
    parts = item["issued"]["date-parts"][0] if "issued" in item else ()
    when = dates.in_words("-".join(f"{part:02}" for part in parts)) if parts else "no date"
    licence, _, place = item["note"].partition(". Page ")
    place = item.get("URL", "") or place.removesuffix(" of the site")
    return f"{item['author'][0]['literal']}. {title}, {when}. {place}{' ' if place else ''}{licence}."


def as_csl(items: Iterable[Item]) -> str:
    """Return items as CSL-JSON, which has no field for a license: the note carries it."""
    return json_lines(items)


def as_bibtex(items: Iterable[Item]) -> str:
    """Return items as BibTeX, in UTF-8. Second braces keep names and titles as they are."""
    return "\n".join(_bibtex(item) for item in items)


def _bibtex(item: Item) -> str:
    year, month = (*(item["issued"]["date-parts"][0] if "issued" in item else ()), 0, 0)[:2]
    kind, needs = STYLED.get(item["type"], ("misc", set()))
    kind = kind if needs <= item.keys() else "misc"
    fields = {
        "author": " and ".join(map(_bibtex_name, item.get("author", ()))),
        "title": f"{{{_latex(item['title'])}}}",
        "journal" if kind == "article" else "howpublished": _latex(item.get("container-title", "")),
        "publisher": _latex(item.get("publisher", "")),
        "year": str(year or ""),
        "isbn": item.get("ISBN", ""),
        "doi": item.get("DOI", ""),
        "url": item.get("URL", ""),
        "note": _latex(item.get("note", "")),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    lines += [f"  month = {dates.MONTHS[month][:3].lower()},\n"] if month else []
    return f"@{kind}{{{item['id']},\n{''.join(lines)}}}\n"


def _spoken(name: Mapping[str, str]) -> str:
    return f"{name['family']}, {name['given']}" if "given" in name else name["literal"]


def _parted(name: Mapping[str, str]) -> str:
    given = name.get("given", "").replace(" ", "\xa0")
    body = name.get("literal", "").replace(",", "")
    return f"{name['family']}, {given}" if given else body + "," * (" " in body)


def _bibtex_name(name: Mapping[str, str]) -> str:
    return _latex(_spoken(name)) if "given" in name else f"{{{_latex(name['literal'])}}}"


def _date(text: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else {}


def _latex(text: str) -> str:
    return re.sub(r"\s+", " ", text).translate(LATEX)
