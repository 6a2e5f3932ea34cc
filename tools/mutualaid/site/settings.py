"""What Pelican may do beside the plugin: nothing, since two makers of one folder take each other's files away."""

import logging
from pathlib import Path

from pelican import Pelican
from pelican.settings import DEFAULT_CONFIG

from mutualaid.adapters.pelican import defaults
from mutualaid.errors import Misuse, MutualAidError

PLUGIN = "mutualaid.site"
OFF = (
    *("ARTICLE_PATHS", "PAGE_PATHS", "THEME_STATIC_PATHS", "DIRECT_TEMPLATES", "TEMPLATE_PAGES", "OUTPUT_SOURCES"),
    *("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS"),
)
JINJA = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": False}
FOLDERS = ("content", "schemas", "submissions")
OF_A_THEME = ("templates/entry.html", "static/css/tokens.css")


def prepare(pelican: Pelican) -> None:
    """Fill in settings that are left out, and turn off Pelican's own pages. Raises Misuse where one can't work."""
    settings = pelican.settings
    logging.getLogger("pelican").addFilter(_only_its_sentence)
    if others := ", ".join(name for name in settings["PLUGINS"] if name != PLUGIN):
        cure = f"Write PLUGINS = [{PLUGIN!r}] in pelicanconf.py. A sitemap, feeds and a search are built in."
        raise Misuse(f"No other plugin may run beside ours, because it could replace a file of ours: {others}. {cure}")
    for name in OFF:
        if settings.get(name) and settings[name] != DEFAULT_CONFIG[name]:
            cure = f"Take {name} out of pelicanconf.py; pages go into content/, see content/README.md."
            raise Misuse(f"This site has no articles, pages, files or feeds of Pelican's own. {cure}")
        settings[name] = []
    own = defaults(Path(settings["PATH"]).parent)
    settings |= {name: value for name, value in own.items() if not settings.get(name)}
    settings["JINJA_ENVIRONMENT"] = {**settings["JINJA_ENVIRONMENT"], **JINJA}
    _must_hold("MUTUALAID_ROOT", Path(settings["MUTUALAID_ROOT"]), FOLDERS, "Left out, it is where PATH lies.")
    _must_hold("THEME", Path(settings["THEME"]), OF_A_THEME, "Themes for blogs don't fit; copy theme/ and change that.")


def _must_hold(name: str, folder: Path, parts: tuple[str, ...], cure: str) -> None:
    if missing := [part for part in parts if not (folder / part).exists()]:
        raise Misuse(f"{name} must be a folder with {', '.join(parts)}. {folder} has no {', '.join(missing)}. {cure}")


def _only_its_sentence(record: logging.LogRecord) -> bool:
    """Take the traceback off what Pelican says of an error whose sentence says all."""
    if record.exc_info and isinstance(record.exc_info[1], MutualAidError):
        record.exc_info = None
    return True
