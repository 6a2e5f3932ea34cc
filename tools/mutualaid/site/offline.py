"""The copy of the site that opens from a disk or a USB stick: every page, drawing and handout, and no request.

What is different in it: fonts lie inside the style sheet, since browsers load none from a disk; what a page may load
is said for `file:`; there are no feeds and no books; a link to what the copy leaves out is plain words.
"""

import base64
import posixpath
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from mutualaid.downloads.archive import packed
from mutualaid.downloads.download import Download, key_of, made_by_code
from mutualaid.site.output import Outputs
from mutualaid.text.urls import file_of

PATH = "downloads/guide-offline.zip"
FOLDER = "guide-offline"
POLICY = (
    "default-src 'none'; style-src 'self' file:; font-src data:; img-src 'self' file: data:; script-src 'self' file:;"
    " form-action 'none'; base-uri 'none'"
)
LEFT_OUT_FOLDERS = ("downloads/", "theme/fonts/")
LEFT_OUT_FILES = ("feed.xml", "sitemap.xml", "404.html", "robots.txt")
LEFT_OUT_ENDINGS = (".docx", ".epub", ".zip", ".json", "-to-lead.pdf", "-to-lead-large-print.pdf")
"""The copy has each sheet to lead from as a page that prints, at a tenth of the size, and all data as tables."""
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")')
_LINK_TAG = re.compile(r'<link\b[^>]*?\bhref="([^"]*)"[^>]*>\n?')
_ANCHOR = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_SCRIPT = re.compile(r'<script\b[^>]*?\bsrc="([^"]*)"[^>]*></script>\n?')
_FONT = re.compile(r'url\("\.\./fonts/([\w.-]+)"\)')
NOT_HERE = ' <span class="soft">(not in this copy)</span>'


def planned_copy(outputs: Outputs, downloads_page: str, note: str) -> Download:
    """Plan the copy of `outputs`; `downloads_page` is that page as the copy shows it, `note` what it says of itself."""
    chosen = {path: outputs.read(path) for path in outputs.changed if belongs(path)}
    chosen["downloads/index.html"] = downloads_page.encode()
    fonts = {path: outputs.read(path) for path in outputs.changed if path.startswith("theme/fonts/")}
    key = key_of(
        made_by_code(),
        Path(__file__).read_bytes(),
        note,
        *(part for path in sorted(chosen) for part in (path, chosen[path])),
        *fonts.values(),
    )
    return Download(
        PATH,
        "The whole site, to read without a network",
        "ZIP",
        "A USB stick, a laptop without a network, a place with no signal. Unpack it and open index.html.",
        "/",
        key,
        partial(copy_of, chosen, fonts, note),
    )


def copy_of(chosen: Mapping[str, bytes], fonts: Mapping[str, bytes], note: str) -> bytes:
    """Return the zip archive; `chosen` and `fonts` hold files of the site by path."""
    there = frozenset(chosen)
    files = [(f"{FOLDER}/README.txt", note.replace("\n", "\r\n").encode())]
    for path, contents in sorted(chosen.items()):
        if path.endswith(".html"):
            contents = as_read_from_disk(path, contents.decode(), there).encode()  # noqa: PLW2901
        elif path.endswith(".css"):
            contents = _with_fonts(contents.decode(), fonts).encode()  # noqa: PLW2901
        files.append((f"{FOLDER}/{path}", contents))
    licences = ((path, text) for path, text in sorted(fonts.items()) if path.endswith(".txt"))
    files += [(f"{FOLDER}/licenses/{posixpath.basename(path)}", text) for path, text in licences]
    return packed(files)


def as_read_from_disk(path: str, html: str, there: frozenset[str]) -> str:
    """Return the page at `path` as the copy holds it; `there` are all files of the copy."""

    def is_here(target: str) -> bool:
        place = urlsplit(urljoin(f"/{path}", target))
        return bool(place.scheme) or file_of(place.path) in there

    html = _POLICY.sub(lambda found: found[1] + POLICY + found[2], html)
    html = _LINK_TAG.sub(lambda found: found[0] if is_here(found[1]) else "", html)
    html = _SCRIPT.sub(lambda found: found[0] if is_here(found[1]) else "", html)
    return _ANCHOR.sub(lambda found: found[0] if is_here(found[1]) else found[2] + NOT_HERE, html)


def belongs(path: str) -> bool:
    is_out = path.startswith(LEFT_OUT_FOLDERS) or path.endswith(LEFT_OUT_ENDINGS)
    return path == "downloads/index.html" or not (is_out or posixpath.basename(path) in LEFT_OUT_FILES)


def _with_fonts(css: str, fonts: Mapping[str, bytes]) -> str:
    def inside(found: re.Match[str]) -> str:
        contents = fonts.get(f"theme/fonts/{found[1]}")
        return f'url("data:font/woff2;base64,{base64.b64encode(contents).decode()}")' if contents else found[0]

    return _FONT.sub(inside, css)
