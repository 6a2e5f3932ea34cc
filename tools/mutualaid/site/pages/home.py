"""The home page."""

from mutualaid.site.context import SiteContext
from mutualaid.site.feeds import newest_first
from mutualaid.site.renderer import PageMeta
from mutualaid.text.markdown import guide_html
from mutualaid.text.urls import linker_from

NEWEST = 6


def make_home(site: SiteContext) -> None:
    home, paths = site.content.home, site.content.paths
    first = next((path for path in paths if path.slug == home["first_path"]), paths[0])
    view = {
        **home,
        "notice_html": guide_html(home["notice"], site.surroundings(linker_from("/"))),
        "newest": newest_first(site.entries.values())[:NEWEST],
        "first_path": first,
        "first_pages": site.pages_of(first),
        "facts": f"{len(site.guide)} guide pages and {len(site.entries)} entries, each with its sources and dates.",
    }
    meta = PageMeta(site.json_ld.site_name, "/", home["promise"])
    structured = site.json_ld.site(meta, site.content.host["group"])
    site.renderer.render_page("home.html", meta, home=view, files=site.files.get("/", ()), structured=structured)
