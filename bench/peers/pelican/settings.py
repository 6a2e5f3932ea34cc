"""A Pelican with its own theme, as many files an entry as the others make."""

SITENAME = "All"
SITEURL = "https://example.org"
PATH = "in"
OUTPUT_PATH = "out"
TIMEZONE = "UTC"
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index", "tags"]
ARTICLE_SAVE_AS = "{slug}/index.html"
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
