"""The page before the yes: one file that holds a page as a phone and as paper would show it, and says what it is.

A text is read by its hash and is nothing but data; schemas, templates and code are those of the checkout.
"""

import re
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from mutualaid.adapters.github.read import GitHubReader
from mutualaid.adapters.pelican import page_of
from mutualaid.errors import Misuse
from mutualaid.flows.load_checkout import load_checkout

SAFE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
"""No script runs, and nothing is fetched, whatever the page says."""
MARK = """<style>body::before { content: "NOT PUBLISHED"; position: fixed; inset: 40% 0 auto; z-index: 9; opacity: .4;
text-align: center; pointer-events: none; rotate: -20deg; color: #c00; font: bold 2.5rem/1 sans-serif }</style>"""
ON_PAPER = {"@media print": "@media all", "@media screen": "@media tty", "(prefers-color-scheme: dark)": "tty"}
"""What makes a screen show the rules for paper; `tty` is a medium that no browser is."""


def preview(root: Path, reader: GitHubReader, path: str, blob: str) -> str:
    """Return the file to look at. Raises WorldError where the page can't be made, Misuse where `path` is no entry's."""
    checkout = load_checkout(root)
    place = checkout.policy.entry_at(path)
    if place is None:
        raise Misuse(f"An entry's file is needed, such as submissions/resources/a-list.yaml. It is {path!r}.")
    address = f"{checkout.rulebooks[place[0]].kind.address}{place[1]}/"
    page = page_of(root, path, reader.blob(blob).decode(), address)
    base = f'<base href="{escape(checkout.host.site_address + address)}" target="_blank">'
    own = f'<meta http-equiv="Content-Security-Policy" content="{SAFE}">{base}{MARK}'
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', own, page)
    paper = re.sub("|".join(map(re.escape, ON_PAPER)), lambda rule: ON_PAPER[rule[0]], page)
    whole = Template((files(__package__) / "preview.html").read_text(encoding="utf-8"))
    return whole.substitute(safe=SAFE, address=escape(address), phone=escape(page), paper=escape(paper))
