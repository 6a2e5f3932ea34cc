"""How to cite the site, a page or an entry: one value, and the four ways to write it. Nobody is named who did not ask.

An author is the credit as it was chosen; where none was asked for, it is the group that runs the edition, or the site's
contributors together. No name is taken apart or made up.
"""

import json
from dataclasses import dataclass

from mutualaid.core.entries import dates

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `issued` is an EDTF date or empty; `container` is empty for the whole site.

    `url` is the permanent address, and empty where the edition has no address of its own yet; `address` is the path.
    """

    title: str
    author: str
    container: str
    address: str
    url: str
    licence: str
    issued: str = ""

    @property
    def key(self) -> str:
        """A name for the citation that no other page has."""
        return "-".join(("mutual-aid-at-work", *self.address.strip("/").split("/"))).rstrip("-")

    @property
    def place(self) -> str:
        """Where it stands: the permanent address, or the path; nothing for a whole site without an address."""
        return self.url or (self.address if self.container else "")


def as_text(citation: Citation) -> str:
    """Return the citation as a sentence for a list of works."""
    end = "" if citation.title.endswith(("?", "!", ".", "…")) else "."
    title = f"“{citation.title}{end}” {citation.container}" if citation.container else citation.title
    when = dates.in_words(citation.issued) if citation.issued else "no date"
    place = f"{citation.place} " if citation.place else ""
    return f"{citation.author}. {title}, {when}. {place}License: {citation.licence}."


def as_bibtex(citation: Citation) -> str:
    """Return one BibTeX record. Braces around author and title keep them as they are."""
    year, month, _ = _parts(citation.issued)
    fields = {
        "author": _braced(f"{{{_latex(citation.author)}}}"),
        "title": _braced(f"{{{_latex(citation.title)}}}"),
        "howpublished": _braced(_latex(citation.container)) if citation.container else "",
        "year": _braced(str(year)) if year else "",
        "month": MONTHS[month - 1] if month else "",
        "url": _braced(citation.url) if citation.url else "",
        "note": _braced(_latex(_note(citation))),
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}}}\n"


def as_ris(citation: Citation) -> str:
    """Return one RIS record of a web page, its lines ended as the format asks (CR LF)."""
    year, month, day = _parts(citation.issued)
    date = f"{year}/{month:02d}/{f'{day:02d}' if day else ''}/" if year and month else ""
    lines = (
        ("TY", "ELEC"),
        ("ID", citation.key),
        ("AU", citation.author),
        ("TI", citation.title),
        ("T2", citation.container),
        ("PY", str(year) if year else ""),
        ("DA", date),
        ("UR", citation.url),
        ("N1", _note(citation)),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def as_csl(citation: Citation) -> str:
    """Return a list of one CSL-JSON item. Authors are literal, never split into first and last names.

    CSL-JSON 1.0 has no field for a licence, so the note carries it.
    """
    parts = [part for part in _parts(citation.issued) if part]
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": citation.author}],
        "container-title": citation.container,
        "issued": {"date-parts": [parts]} if parts else "",
        "URL": citation.url,
        "note": _note(citation),
        "language": "en-US",
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def _note(citation: Citation) -> str:
    licence = f"License: {citation.licence}"
    return licence if citation.url or not citation.container else f"{licence}. Page {citation.address} of the site"


def _parts(issued: str) -> tuple[int, int, int]:
    year, month, day = (*(int(part) for part in issued.split("-") if part), 0, 0, 0)[:3]
    return year, month, day


def _braced(text: str) -> str:
    return f"{{{text}}}"


def _latex(text: str) -> str:
    return "".join(LATEX.get(sign, sign) for sign in text)
