"""The templates of books, sheets and documents, in theme/books/."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from mutualaid.text.filters import FILTERS

FOLDER = "books"


def render(theme: Path, name: str, **values: Any) -> str:
    return _environment(theme).get_template(name).render(values)


@cache
def macros(theme: Path) -> Any:
    return _environment(theme).get_template("parts.html").module


@cache
def _environment(theme: Path) -> Environment:
    loader = FileSystemLoader(theme / FOLDER)
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(FILTERS)
    return environment
