"""A tree of our own HTML as XHTML, as e-books ask for it: each element closed, links into nothing as plain words."""

from collections.abc import Callable, Mapping
from html import escape

from mutualaid.text.html_tree import VOID, Element


def as_xhtml(element: Element, to: Callable[[str], str], exhibits: Mapping[str, str]) -> str:
    """Return what is in an element.

    `to` gives the target of a link, '' where it leads nowhere; `exhibits` are put in place of `<x-exhibit name="…">`.
    """
    return "".join(
        escape(child, quote=False) if isinstance(child, str) else _written(child, to, exhibits)
        for child in element.children
    )


def _written(element: Element, to: Callable[[str], str], exhibits: Mapping[str, str]) -> str:
    if element.tag == "x-exhibit":
        return exhibits[element.attributes["name"]]
    inner = as_xhtml(element, to, exhibits)
    attributes = dict(element.attributes)
    if "href" in attributes:
        attributes["href"] = to(attributes["href"])
        if not attributes["href"]:
            return inner
    if element.tag == "div":
        attributes.pop("aria-label", None)
    start = element.tag + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{start}/>" if element.tag in VOID else f"<{start}>{inner}</{element.tag}>"
