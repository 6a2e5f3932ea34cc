"""Settings for Pelican and nothing else. The site's address comes from the environment or content/host.yaml."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent

SITENAME = "Mutual Aid at Work"
SITESUBTITLE = "Mutual aid for people who work in libraries, archives and museums"
SITEURL = os.environ.get("MUTUALAID_SITE_ADDRESS", "")
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

PATH = "content"
OUTPUT_PATH = os.environ.get("MUTUALAID_OUTPUT", "output")
THEME = "theme"
PLUGINS = ["mutualaid.site"]
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": False,
}

MUTUALAID_ROOT = str(ROOT)
# The day on which the bot last looked at everything, as whoever publishes knows it; empty: the site says nothing of it.
MUTUALAID_LAST_SWEEP = os.environ.get("MUTUALAID_LAST_SWEEP", "")
# Downloads are made with the site, and kept in a folder that builds may share; "none" makes none.
MUTUALAID_DOWNLOADS = os.environ.get("MUTUALAID_DOWNLOADS", "")
MUTUALAID_DOWNLOADS_CACHE = os.environ.get("MUTUALAID_DOWNLOADS_CACHE", str(ROOT / ".build" / "downloads"))
# The paper that books and sheets are made for: "us-letter" or "a4".
MUTUALAID_PAPER = os.environ.get("MUTUALAID_PAPER", "us-letter")
MUTUALAID_REPORT = str(ROOT / ".build" / "report.json")

# The plugin makes every page; Pelican's own pages, feeds and copies stay off.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = DRAFT_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DELETE_OUTPUT_DIRECTORY = False
