"""Web addresses as people type them: one reading for forms, files and paper, and which lead to the same page."""

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode

import idna

LONGEST, MARKS = 500, 20
"""Characters of an address, and marks around it that are taken off."""
WHOLE = "must be one whole web address that starts with https://, copied from the browser's address bar"
SPLIT = "must be one web address, and this has a space inside. Copy it anew, or write %20 for a space that belongs"
NOT_OF_THE_WEB = (
    (
        r"(?:mailto:|.*\s)?[^\s@/]+@[^\s@/]+\.\w+",
        "must be a web address, not a mail address. Link the page that shows it",
    ),
    (r'[^\s"]+"\S*', "must hold no quotation mark. Write %22 for one that belongs to the address"),
    (r"file:.*|[A-Za-z]:[\\/].*", "must be an address on the web. This is a file on your own computer"),
)
_SCHEME = re.compile(r"(?:h{0,2}t{1,2}p(s?)\s*(?:[:;]\s*[/\\]*|[/\\]{2,})|:?//)\s*", re.I)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(?:doi\s*[:/]?\s*)?(10\.[0-9]{4,9}/\S+)", re.I)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
FILE = re.compile(r"[^/\s]*\.(?:pdf|docx?|xlsx?|pptx?|html?|txt|epub|jpe?g|png|zip)\b", re.I)
_PAIRS = {")": "(", "]": "[", ">": "<", "}": "{"}
_SENDER = r"(?:utm|mtm|mc|pk|ref)_\w+|ref|_hs\w+|__s|fbclid|[gd]clid|[gw]braid|msclkid|igsh\w*|trk|usp|si"
"""Parts of a query that say whence somebody came, and nothing of the page."""
_COPY = re.compile(r"web\.archive\.org/(?:web/)?(?:[0-9*]+[a-z_]*/)?(.+\..+)|archive\.\w+/(?:o/)?[^/]+/(https?:/.+)")
_UP_TO_HOST = re.compile(r"^(?:https?:/{1,2})?(?:www\.)?", re.I)
INSIDE = r"(?<![\w/@.:%-])"
ADDRESS = re.compile(
    r"(?:https?://(?=[^\s/])|" + INSIDE + r"(?:h{0,2}t{1,2}ps?\s?[:;]\s?[/\\]*\s?(?=[^\s/])|h?ttps?//|www\."
    r"|doi:?\s*10\.[0-9]{4,9}/|10\.[0-9]{4,9}/|(?:[a-z0-9_-]+\.)+[a-z]{2,}/))[^\s]+",
    re.I,
)  # fmt: skip
"""Finds each address in a text, up to the next space; without a scheme only where it has `www.` or a path."""


def read_address(text: str) -> tuple[str, str]:
    """Return the address that `text` means and '', or '' and why it means none, to go on after the field's name."""
    bare = plain = unwrapped(text)
    if doi := _DOI.fullmatch(plain):
        return _fitting("https://doi.org/" + _encoded(doi[1]))
    fault = next((said for pattern, said in NOT_OF_THE_WEB if re.fullmatch(pattern, plain[:LONGEST])), "")
    secure = "s"
    while not fault and (found := _SCHEME.match(plain)):
        secure, plain = "s" if found[1] is None else found[1].lower(), plain[found.end() :]
    is_bare, (host, rest) = bare == plain, re.split(r"(?=[/?#\\])|$", plain, maxsplit=1)[:2]
    if re.search(r"\s", plain):
        fault = fault or (WHOLE if is_bare and "/" not in plain else SPLIT)
    elif is_bare and (":" in host.rpartition(".")[0] or FILE.fullmatch(plain)):
        fault = fault or WHOLE
    fault = fault or _fault_of(host, is_bare=is_bare)
    path, mark, query = rest.partition("?")
    made = f"http{secure}://{ascii_host(host)}{_encoded(path.replace(chr(92), '/') + mark + query)}"
    return ("", fault) if fault else _fitting(made)


def unwrapped(text: str) -> str:
    """Return `text` without quotes and brackets around it, and without the marks of a sentence after it."""
    text = text.strip()
    for _ in range(MARKS) if text else ():
        end = text[-1:]
        if (end and end in ".,;:!?…。，、\"'”’»`*|") or (end in _PAIRS and text.count(end) > text.count(_PAIRS[end])):
            text = text[:-1].rstrip()
        elif text and text[0] in "\"'“‘«`<([*|":
            text = re.sub(r"^URL:\s*", "", text[1:].lstrip())
        else:
            break
    return text


def same_place(address: str) -> str:
    """Return what two addresses share that lead to one page: an archived copy, or one with a mark of its sender."""
    plain = _UP_TO_HOST.sub("", address.strip())
    while copy := _COPY.fullmatch(plain):
        plain = _UP_TO_HOST.sub("", unquote(copy[1] or copy[2]))
    whole, _, query = plain.partition("#")[0].partition("?")
    host, slash, path = whole.partition("/")
    host = re.sub(r":(?:80|443)?$|\.$", "", ascii_host(host.lower())).replace("dx.doi.org", "doi.org")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = urlencode(sorted(pair for pair in pairs if not re.fullmatch(_SENDER, pair[0].lower())))
    path = unquote(path).lower() if host == "doi.org" else unquote(path)
    return f"{host}{slash}{path}".rstrip("/") + (f"?{kept}" if kept else "")


def ascii_host(host: str) -> str:
    """Return a host, with its port, as the network has it: small letters, and `xn--` for those of other alphabets."""
    name, colon, port = unicodedata.normalize("NFKC", host).partition(":")
    labels = name.lower().rstrip(".").split(".")
    try:
        name = ".".join(label if label.isascii() else idna.encode(label, uts46=True).decode() for label in labels)
    except idna.IDNAError:
        return host
    return f"{name}{colon}{port}"


def site_of(address: str) -> str:
    """Return the name of an address's site, without `www.`; letters that look like others' are told apart by `xn--`."""
    return re.split(r"[/?#]", as_ascii(address).partition("//")[2])[0].removeprefix("www.")


def as_ascii(address: str) -> str:
    """Return an address that any program can open: no letters beside those of ASCII; it leads to the same page."""
    scheme, mark, rest = address.partition("://")
    host, *path = re.split(r"(?=[/?#])", rest, maxsplit=1)
    ascii_path = re.sub(r"[^\x21-\x7e]+", lambda found: quote(found[0]), "".join(path))
    return f"{scheme.lower()}{mark}{ascii_host(host)}{_encoded(ascii_path)}"


def _fault_of(host: str, *, is_bare: bool) -> str:
    name, _, port = ascii_host(host).partition(":")
    is_site, is_number = _HOST.fullmatch(name), re.fullmatch(r"[0-9.]+|\[.*", name)
    is_port = not port or (port.isdecimal() and 0 < int(port) < 1 << 16)
    faults = (
        ("@" in host, "must hold no name or password before the @. Leave out what is between // and @"),
        (not name or (is_bare and not is_site), WHOLE),
        (is_number, "must have the name of a site, such as www.example.org, not the number of a machine"),
        (
            not is_site or len(name) > LONGEST // 2,
            "must have the whole name of a site that anybody can reach, such as www.example.org",
        ),
        (not is_port, "must have a port from 1 to 65535 after the colon, or no colon"),
    )
    return next((said for is_so, said in faults if is_so), "")


def _encoded(rest: str) -> str:
    return re.sub(r'[\s<>"{}|^`\\]', lambda found: quote(found[0]), rest)


def _fitting(address: str) -> tuple[str, str]:
    most = f"must have at most {LONGEST} characters, and this has {len(address)} of {LONGEST}. "
    cure = "Take off what follows a ? if the page opens without it, or link the page above it"
    return (address, "") if len(address) <= LONGEST else ("", most + cure)
