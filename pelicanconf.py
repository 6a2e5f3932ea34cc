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
# The plugin makes every page, and turns off Pelican's own pages, feeds and copies. No other plugin may run beside it.
PLUGINS = ["mutualaid.site"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# The paper that books and sheets are made for: "us-letter" or "a4".
MUTUALAID_PAPER = os.environ.get("MUTUALAID_PAPER", "us-letter")
# Other settings of ours, with what they are where they're left out: `defaults` in tools/mutualaid/adapters/pelican.py.
