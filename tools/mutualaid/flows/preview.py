"""The page before the yes: one file that holds a page as a phone and as paper would show it, and says what it is.

A text is read by its hash and is nothing but data; schemas, templates and code are those of the checkout.
"""

import re
from html import escape
from pathlib import Path

from mutualaid.adapters.github.read import GitHubReader
from mutualaid.adapters.pelican import page_of
from mutualaid.errors import Misuse
from mutualaid.flows.load_checkout import load_checkout

SAFE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
"""No script runs, and nothing is fetched, whatever the page says."""
MARK = """<style>body::before { content: "NOT PUBLISHED"; position: fixed; inset: 40% 0 auto; rotate: -20deg;
z-index: 9; text-align: center; pointer-events: none; color: #c00; opacity: .4; font: bold 2.5rem/1 sans-serif }
</style>"""
ON_PAPER = {"@media print": "@media all", "@media screen": "@media tty", "(prefers-color-scheme: dark)": "tty"}
"""What makes a screen show the rules for paper; `tty` is a medium that no browser is."""
WHOLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{safe}">
<meta name="viewport" content="width=device-width"><title>NOT PUBLISHED: {address}</title>
<style>body {{ font: 1rem/1.5 sans-serif; margin: 0 auto; max-width: 46rem }} h1, h2, p {{ margin: 1rem }}
div {{ overflow-x: auto }} iframe {{ height: 44rem; border: 1px solid }}</style></head><body>
<h1>NOT PUBLISHED: {address}</h1>
<p>This is what the page would be. Nobody has approved it, and it may never be on the site, so please don't pass it on.
It goes after three days, or sooner if its text changes or is taken back.</p>
<h2>On a phone, 360 pixels wide</h2>
<div><iframe title="The page on a phone" width="360" sandbox="{sandbox}" srcdoc="{phone}"></iframe></div>
<h2>On paper, without page breaks</h2>
<div><iframe title="The page on paper" width="680" sandbox="{sandbox}" srcdoc="{paper}"></iframe></div>
</body></html>
"""
SANDBOX = "allow-popups allow-popups-to-escape-sandbox"


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
    shown = {"phone": escape(page), "paper": escape(paper)}
    return WHOLE.format(safe=SAFE, sandbox=SANDBOX, address=escape(address), **shown)
