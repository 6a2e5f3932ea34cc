"""Lines that name a page, as people write them, where there is one reading; for the rest, why there is none.

The address may come first or last, with any mark between, in brackets, in Markdown or in a citation, or in a record of
a program that keeps citations (BibTeX, RIS).
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain, pairwise

from mutualaid.core.entries.addresses import ADDRESS, FILE, INSIDE, SPLIT, read_address, same_place, site_of, unwrapped
from mutualaid.core.entries.dates import read_date
from mutualaid.core.entries.kind import Schema
from mutualaid.core.forms.line_items import Parts, item_text, parts_of, shape_of_line

_LINK = re.compile(
    r"!?\[([^\[\]]*)\]\(\s*<?([^\s<>\[\]]+?)>?(?:\s+\"[^\"\[\]]*\")?\s*\)"
    r"|<a\s[^<>]*?href=[\"']?([^\"'\s<>]+)[\"']?[^<>]*>([^<]*)</a>",
    re.I,
)
_BAR = re.compile(r"\s*[|¦]\s*")
_DOI_WITH_BAR = re.compile(r"[^|¦]*?(?:^|[\s/:])10\.[0-9]{4,9}/[^\s|]*(?:\|(?!(?:19|20)[0-9]{2}\b)[^\s|]+)+", re.I)
_NO_WORDS = re.compile(
    r"(?:(?:web|home) ?)?(?:site|page)|url|link|source|address|doi|(?:click )?here|at|from|via|and"
    r"|(?:see|read)(?: also| more| here)?|",
    re.I,
)
_LEADS_ON = re.compile(
    r"(?:^|[\s.,;:(])(?:(?:retrieved|available|accessed)(?: online)?(?: from| at)?|url|doi)[\s:]*$"
    r"|[.,;:(|]\s*(?:link|source|address|web ?(?:site|page))[\s:]*$",
    re.I,
)
_NAMED = re.compile(r"^[\s,;(]*(?:title|name|date|year|published(?: on| in)?)\s*:\s*", re.I)
_ACCESSED = re.compile(r"\b(?:last |date )?(?:accessed|retrieved|viewed|visited|consulted)\b.*", re.I)
_GOES_ON = re.compile(rf"\s+(?:[/.]\S+|[^\s(]*[=&%]\S*|{FILE.pattern})", re.I)
"""The rest of an address that has a space inside."""
_A_SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,12},? (?:or|and|also)", re.I)
_AROUND = " \t:;,.-–—|<>*_=→•·~@"
_QUOTED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|“([^”]*)”|\"([^\"]*)\"|'([^']*)'")
EXPRESSIONS = {
    "address": re.compile(ADDRESS.pattern.replace(INSIDE, "")), "link": _LINK, "doi_with_bar": _DOI_WITH_BAR,
    "no_words": _NO_WORDS, "leads_on": _LEADS_ON, "named": _NAMED, "accessed": _ACCESSED, "quoted": _QUOTED,
}  # fmt: skip
"""What the draft page shares, so that it reads an item in the same way; without regard to case."""


def read_line(item: str, schema: Schema) -> Parts | str:
    """Return the parts of an item, or the end of a sentence that says why there is no one reading."""
    parts, known, order = parts_of(item, schema), schema["properties"], schema["x-line"]
    by_format = {known[name].get("format", ""): name for name in reversed(order)}
    place, dated, worded = (by_format.get(name, "") for name in ("iri", "edtf", ""))
    row = [(name, parts.values[name]) for name in order if name in parts.values] if place else []
    url, others = parts.values.get(place, ""), [text for name, text in row if name != place]
    is_alone = read_address(url)[0] and not _LINK.search(url) and (_DOI_WITH_BAR.fullmatch(url) or "|" not in url)
    if not place or (is_alone and not parts.left_over and not any(map(ADDRESS.search, others))):
        return parts
    pieces = [list(_pieces(text)) for text in (*(text for _, text in row), *parts.left_over)]
    addresses = [piece for own in pieces for piece, is_address in own if is_address]
    words = [[text for piece, is_address in own if not is_address and (text := _tidied(piece))] for own in pieces]
    dates = [text for own in words[not addresses :] for text in own if dated and read_date(text)[0]][-1:]
    texts = [[text for text in own if text not in dates] for own in words]
    if any(_GOES_ON.match(after) for own in pieces for (_, is_one), (after, _) in pairwise(own) if is_one):
        return SPLIT
    if len({same_place(unwrapped(one)) for one in addresses}) > 1 or any(map(_A_SITE.fullmatch, chain(*texts))):
        return "has two addresses. Write each on a line of its own, with what it leads to"
    if addresses and any(len(own) > 1 for own in texts):
        return f"has words before and after its address. Write it as `{shape_of_line(schema)}`"
    if not (addresses or dates):
        return parts
    titles = [*chain(*texts)]
    if not titles and worded in schema.get("required", ()):
        titles = [site_of(read_address(addresses[0])[0])]
    copies = [address for address in addresses if re.match(r"https?://(?:web\.)?archive\.", address)]
    pages = [address for address in addresses if address not in copies] or addresses
    found = {worded: titles, place: pages, dated: dates, "archived_url": copies if copies != pages else []}
    named = {name: text for name, text in parts.values.items() if name not in order}
    return Parts({**named, **{name: own[0] for name, own in found.items() if own}}, tuple(titles[1:]))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what is in a text in order, each with whether it is an address."""
    text = _LINK.sub(lambda link: f"{link[1] or link[4] or ''}\n{link[2] or link[3]}\n", " ".join(text.split()))
    for line in text.split("\n"):
        has_address = ADDRESS.search(line) and not _DOI_WITH_BAR.fullmatch(line)
        for piece in _BAR.split(line) if has_address else [line]:
            if not re.search(r"\s", piece.strip()) and read_address(piece)[0] and "." in piece:
                yield piece, True
                continue
            start = 0
            for found in ADDRESS.finditer(piece):
                yield _NAMED.sub("", piece[start : found.start()]), False
                yield found[0], True
                start = found.end()
            after = piece[start:]
            yield _NAMED.sub("", _ACCESSED.sub("", after) if start else after), False


def _tidied(text: str) -> str:
    """Return words without the marks that part them from an address; '' where they only lead to it."""
    text = _LEADS_ON.sub("", text.strip(_AROUND)).strip(_AROUND)
    for opening, closing in ("()", "[]", "“”"):
        if text.count(opening) > text.count(closing):
            text = text.rstrip(opening + _AROUND)
        elif text.count(opening) < text.count(closing):
            text = text.lstrip(closing + _AROUND)
    quoted = _QUOTED.fullmatch(text)
    text = next(filter(None, quoted.groups()), "") if quoted else text
    return "" if _NO_WORDS.fullmatch(text) else text


_BIBTEX = re.compile(r"@[a-z]+\s*\{[^,{}]*,(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}[ \t]*\n?", re.I)
_BIBTEX_FIELD = re.compile(r"(\w+)\s*=\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\"[^\"]*\"|[\w-]+)")
_RIS = re.compile(r"^TY  - .*\n(?:(?!TY|ER)[A-Z][A-Z0-9]  -.*\n)*ER  -.*\n?", re.M)
_RIS_FIELD = re.compile(r"^([A-Z][A-Z0-9])  - *(.*?)[ \t]*$", re.M)
_RECORD = {
    "title": "title ti t1", "creator": "author au a1", "published": "date year py y1 da", "url": "doi do url ur",
    "publisher": "publisher journal journaltitle booktitle institution organization pb jo jf t2",
}  # fmt: skip
_ACCENT = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303"}


def without_records(text: str, schema: Schema) -> str:
    """Return an answer with a line in the place of each record, and empty lines so that others keep their number."""
    text = _BIBTEX.sub(lambda found: _line_of(found[0], _BIBTEX_FIELD, schema), text)
    return _RIS.sub(lambda found: _line_of(found[0], _RIS_FIELD, schema), text)


def _line_of(record: str, field: re.Pattern[str], schema: Schema) -> str:
    said: dict[str, str] = {}
    for name, value in field.findall(record):
        key, plain = name.lower(), _without_latex(value)
        said[key] = f"{said[key]} and {plain}" if key in ("au", "a1") and key in said else said.get(key, plain)
    value = {name: next((said[key] for key in keys.split() if said.get(key)), "") for name, keys in _RECORD.items()}
    month = f"{said.get('month', '')} {value['published'].strip('/')}"
    value["published"] = read_date(month)[0] or read_date(value["published"].strip("/"))[0] or value["published"]
    value["label"] = value["title"]
    known = {name: inner for name, inner in value.items() if inner and name in schema["properties"]}
    return item_text(known, schema) + "\n" * record.count("\n")


def _without_latex(value: str) -> str:
    value = re.sub(r"\\([a-z'`^\"~])\s*\{?(\w)\}?", lambda at: at[2] + _ACCENT.get(at[1], ""), value.strip('"'))
    plain = re.sub(r"\s+", " ", re.sub(r"\\([&%$#_])|[{}]", r"\1", value)).replace("--", "–")
    return unicodedata.normalize("NFC", plain.strip())
