"""The whole site, page by page, in the order in which readers meet it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from mutualaid.core.content.conditional_blocks import is_open, nobody_runs
from mutualaid.core.content.page import Page
from mutualaid.core.entries import dates
from mutualaid.core.entries.citation import Edition
from mutualaid.core.entries.collection import Choice, Collection, Facet
from mutualaid.core.entries.entry import Entry
from mutualaid.core.entries.presentation import Link, present
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.downloads.download import Download, File
from mutualaid.downloads.material import Material
from mutualaid.flows.load_details import load_details
from mutualaid.site import feeds
from mutualaid.site.facets import held_by, held_name, held_words
from mutualaid.site.json_ld import Structure
from mutualaid.site.pages import downloads
from mutualaid.site.pages.cite import cite_page, cite_view, print_cite
from mutualaid.site.pages.data import print_data
from mutualaid.site.pages.drafts import draft_addresses, print_drafts
from mutualaid.site.pages.guide import GuideView, bind
from mutualaid.site.pages.kit import print_kit
from mutualaid.site.pages.search import print_search
from mutualaid.site.related import near_entries
from mutualaid.site.renderer import Leaf, Press
from mutualaid.site.views import EntryView, KindView, PageLink, Row, row_of
from mutualaid.text.markdown import Surroundings, guide_html, plain_text, prose
from mutualaid.text.urls import linker_from

VIEWS = (("read", "Read", ""), ("lead", "Lead", "lead/"), ("sheet", "Sheet to write on", "sheet/"))
HOST_FACTS = (
    (
        "Who, and how to write",
        (
            ("group", "Run by"),
            ("private_contact", "Private contact"),
            ("post", "Post"),
            ("approvers", "Who approves entries"),
            ("repository", "Repository"),
        ),
    ),
    (
        "What is promised",
        (
            ("answer_within", "First answer within"),
            ("review_within", "A person looks within"),
            ("takedown_within", "Taken down within"),
            ("mail_kept_days", "Mail is kept for"),
        ),
    ),
)
"""Facts in content/host.yaml with their names on the page about the host, which leaves out what is empty."""
NEWEST = 6
FEED_LENGTH = 30


class Whole:
    """Everything that the site is made of; `print_all` makes it."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        material: Material,
        press: Press,
    ) -> None:
        self.settings, self.press = settings, press
        self.content, self.today, self.site_address = material.content, material.today, material.site_address
        self.collections, self.entries = material.collections, material.entries
        self.files: dict[str, list[File]] = {}
        content = material.content
        self.near = near_entries(self.entries.values())
        self.kinds = {one.kind.name: _kind_view(one) for one in self.collections}
        self.guide = tuple(page for page in content.in_reading_order() if page.is_guide)
        self.structure = Structure(settings["SITENAME"], self.site_address, settings["SITESUBTITLE"])
        press.describe = self.structure.page
        self.edition = Edition(settings["SITENAME"], content.host["group"], self.site_address)
        press.base = {
            "site": {
                "name": settings["SITENAME"],
                "tagline": settings["SITESUBTITLE"],
                "address": self.site_address,
                "repository": content.host["repository"],
                "is_open": is_open(content.host),
                "nobody_runs": nobody_runs(content.host),
                "licence_url": feeds.LICENCE_URL,
                "is_preview": settings["MUTUALAID_PREVIEW"],
            },
            "host": content.host,
            "kinds": tuple(self.kinds.values()),
        }

    def bind_pages(self) -> tuple[Problem, ...]:
        """Render the pages that people wrote; return what in them leads nowhere."""
        made = frozenset(self._made_addresses())
        self.bound = bind(self.content, self.entries, self.press, made, self.today)
        self.drawn_in_by = self.bound.drawn_in_by
        return self.bound.problems

    def print_all(
        self, files: tuple[File, ...] = (), make: Callable[[Download], File] | None = None
    ) -> tuple[Problem, ...]:
        """Print every page and data file, after `bind_pages`; return what is not as it should be.

        `make` makes what holds the printed pages themselves, the offline copy; without it there is none.
        """
        for file in files:
            self.files.setdefault(file.download.owner, []).append(file)
        self._home()
        for page in self.content.pages:
            self._page(page, self.bound.views[page.address])
        self._guide_index()
        self._paths()
        for collection in self.collections:
            self._collection(collection)
            for entry in collection.entries:
                self._entry(entry)
            for entry in collection.retracted:
                self._tombstone(entry)
        self._glossary()
        self._host()
        self._changes()
        self._drafts()
        print_data(self.press, self.collections, self.structure, self.edition)
        print_kit(self.press, tuple(self.entries.values()), self.guide, self.today)
        print_cite(self.press, self.edition, self.content.pages, self.entries.values())
        print_search(self.press, self.collections, self.content)
        self._ends()
        downloads.print_downloads(self.press, files, self.content, self.entries, make)
        if self.site_address:
            self.press.outputs.add("sitemap.xml", feeds.as_sitemap(self.press.leaves, self.site_address))
        return tuple(self._orphans())

    def _orphans(self) -> Iterator[Problem]:
        for name, entry in self.entries.items():
            if name not in self.drawn_in_by and not entry.is_retired:
                sentence = "No page draws this entry in. Name it on one, or put its first topic on a page's shelf."
                yield Problem("entry.orphan", "The entry", sentence, Place(f"submissions/{name}.yaml"), "warning")

    def _made_addresses(self) -> list[str]:
        own = [
            "/",
            "/guide/",
            "/glossary/",
            "/about/host/",
            "/changes/",
            "/data/",
            "/downloads/",
            "/site-map/",
            "/feed.xml",
        ]
        own += ["/cite/", "/exercises/kit/", "/search/"]
        own += [path.address for path in self.content.paths]
        own += draft_addresses(one.kind for one in self.collections)
        for collection in self.collections:
            own.append(collection.kind.address)
            own += [
                _facet_address(collection, facet, choice) for facet in collection.facets for choice in facet.choices
            ]
        return own

    def _link(self, address: str) -> PageLink:
        page = self.content.page_at(address)
        return PageLink(page.title, page.address, page.promise) if page else PageLink(address, address)

    def _home(self) -> None:
        home = self.content.home
        first = next((path for path in self.content.paths if path.slug == home["first_path"]), self.content.paths[0])
        around = self._bare_surroundings("/")
        view = {
            "headline": home["headline"],
            "promise": home["promise"],
            "notice_title": home["notice_title"],
            "notice_html": guide_html(home["notice"], around),
            "doors": home["doors"],
            "newest": tuple(row_of(entry, self.today) for entry in feeds.newest_first(self.entries.values())[:NEWEST]),
            "first_path": {
                "title": first.title,
                "address": first.address,
                "pages": tuple(self._link(address) for address in first.pages),
            },
            "facts": f"{len(self.guide)} guide pages and {len(self.entries)} entries, each with its sources and dates.",
        }
        leaf = Leaf(self.press.base["site"]["name"], "/", home["promise"])
        structured = self.structure.site(leaf, self.content.host["group"])
        self.press.print_page("home.html", leaf, home=view, structured=structured)

    def _bare_surroundings(self, address: str) -> Surroundings:
        return Surroundings(
            to=linker_from(address),
            page_exists=lambda target: self.content.page_at(target) is not None,
            entry_address=lambda name: self.entries[name].address if name in self.entries else None,
            term_exists=lambda name: any(term.id == name for term in self.content.terms),
            card=lambda _name: "",
        )

    def _page(self, page: Page, view: GuideView) -> None:
        leaf = Leaf(
            page.title,
            page.address,
            page.promise,
            page.section,
            bool(page.fields.get("quick_exit")),
            is_listed=not page.is_stub,
            found_as="" if page.is_stub else "Guide page" if page.is_guide else "About this site",
        )
        structured = self.structure.guide(leaf, page)
        files = self.files.get(page.address, ())
        values = {"guide": view, "files": files, "structured": structured, "citation": cite_page(self.edition, page)}
        self.press.print_page("page.html", leaf, **values)

    def _guide_index(self) -> None:
        pages = tuple(self._link(page.address) for page in self.guide)
        leaf = Leaf("The guide", "/guide/", "Every page of the guide, and paths through it.", "guide")
        self.press.print_page("guide_index.html", leaf, paths=self._path_views(), pages=pages)

    def _path_views(self) -> tuple[dict[str, Any], ...]:
        return tuple(
            {
                "title": path.title,
                "for_whom": path.for_whom,
                "address": path.address,
                "pages": tuple(self._link(address) for address in path.pages),
                "body": "",
            }
            for path in self.content.paths
        )

    def _paths(self) -> None:
        for path, view in zip(self.content.paths, self._path_views(), strict=True):
            leaf = Leaf(path.title, path.address, path.for_whom, "guide", found_as="Path")
            files = self.files.get(path.address, ())
            structured = self.structure.reading_path(leaf, path, lambda address: self._link(address).title)
            self.press.print_page("path.html", leaf, reading_path=view, files=files, structured=structured)

    def _collection(self, collection: Collection) -> None:
        kind = self.kinds[collection.kind.name]
        intro = self.content.intros.get(kind.name)
        description = intro.promise if intro else kind.description
        rows = tuple(row_of(entry, self.today) for entry in collection.entries)
        by_address = {row.address: row for row in rows}
        self._collection_page(collection, kind.address, kind.title, description, rows, None)
        for facet in collection.facets:
            for choice in facet.choices:
                chosen = tuple(by_address[entry.address] for entry in choice.entries)
                title = f"{kind.title}: {facet.rule.title}, {choice.label}"
                address = _facet_address(collection, facet, choice)
                words = f"{kind.title} narrowed to {facet.rule.title.lower()}: {choice.label}."
                self._collection_page(collection, address, title, words, chosen, (facet, choice))
        feed = feeds.as_feed(
            self.settings["SITENAME"],
            kind.title,
            f"{kind.address}feed.xml",
            feeds.newest_first(collection.entries)[:FEED_LENGTH],
            self.site_address,
        )
        self.press.outputs.add(f"{kind.name}/feed.xml", feed)

    def _collection_page(
        self,
        collection: Collection,
        address: str,
        title: str,
        description: str,
        rows: tuple[Row, ...],
        chosen: tuple[Facet, Choice] | None,
    ) -> None:
        kind = self.kinds[collection.kind.name]
        intro = self.content.intros.get(kind.name)
        facets = tuple(
            {
                "title": facet.rule.title,
                "slug": facet.rule.slug,
                "choices": tuple(
                    {
                        "label": choice.label,
                        "slug": choice.slug,
                        "address": _facet_address(collection, facet, choice),
                        "count": len(choice.entries),
                        "is_current": chosen is not None and chosen == (facet, choice),
                    }
                    for choice in facet.choices
                ),
            }
            for facet in collection.facets
        )
        view = {
            "kind": kind,
            "title": kind.title if chosen is None else title,
            "intro": guide_html(intro.body, self._bare_surroundings(address))
            if intro and chosen is None
            else Markup(""),
            "facets": facets,
            "all_address": kind.address,
            "rows": rows,
            "shown": len(rows),
            "total": len(collection.entries),
            "held": held_by(collection),
            "here": held_name(*chosen) if chosen else "",
            "chosen": held_words(*chosen) if chosen else "",
        }
        leaf = Leaf(title, address, description, kind.name)
        structured = self.structure.collection(leaf, len(rows))
        self.press.print_page("collection.html", leaf, collection=view, structured=structured)

    def _entry(self, entry: Entry) -> None:
        shown = present(entry, self.today, self.entries)
        has_views = any(block.shape == "steps" for block in shown.blocks)
        views = VIEWS if has_views else VIEWS[:1]
        citation = cite_view(self.edition.entry(entry))
        near = tuple(row_of(other, self.today) for other in self.near.get(entry.address, ()))
        for name, label, ending in views:
            address = entry.address + ending
            links = tuple(PageLink(words, entry.address + end, "", view == name) for view, words, end in views)
            view = EntryView(
                kind=self.kinds[entry.kind.name],
                slug=entry.slug,
                title=entry.title,
                summary=entry.summary,
                address=address,
                view=name,
                views=links if has_views else (),
                topics=tuple(Link(topic.label, self._topic_address(topic.value)) for topic in shown.topics),
                drawn_in_by=self.drawn_in_by.get(f"{entry.kind.name}/{entry.slug}", ()),
                near=near,
            )
            title = entry.title if name == "read" else f"{entry.title}: {label.lower()}"
            leaf = Leaf(
                title,
                address,
                plain_text(prose(entry.summary)),
                entry.kind.name,
                is_listed=name == "read",
                found_as=entry.kind.singular if name == "read" else "",
                status=shown.status.words if shown.status else "",
            )
            files = self.files.get(entry.address, ())
            structured = self.structure.entry(leaf, entry) if leaf.is_listed else {}
            values = {"entry": view, "shown": shown, "files": files, "structured": structured, "citation": citation}
            self.press.print_page("entry.html", leaf, **values)

    def _topic_address(self, topic: str) -> str:
        for collection in self.collections:
            for facet in collection.facets:
                for choice in facet.choices:
                    if facet.rule.field == "topics" and choice.slug == topic:
                        return _facet_address(collection, facet, choice)
        return ""

    def _tombstone(self, entry: Entry) -> None:
        leaf = Leaf("Removed", entry.address, "This entry was removed.", entry.kind.name, is_listed=False)
        self.press.print_page("gone.html", leaf, entry={"retracted": entry.fields["retracted"]})

    def _glossary(self) -> None:
        terms = tuple(
            {
                "id": term.id,
                "term": term.term,
                "definition": prose(term.definition),
                "see": tuple(self._link(address) for address in term.see if self.content.page_at(address)),
            }
            for term in self.content.terms
        )
        leaf = Leaf("Glossary", "/glossary/", "Words that this site uses, in plain English.", "guide")
        self.press.print_page("glossary.html", leaf, terms=terms)

    def _host(self) -> None:
        host = self.content.host
        promise = nobody_runs(host) or "Who runs this copy, how to reach them, and what they promise."
        parts = tuple((title, tuple(fact for fact in facts if host[fact[0]])) for title, facts in HOST_FACTS)
        leaf = Leaf("Who runs this site", "/about/host/", promise, "about")
        swept = self.settings["MUTUALAID_LAST_SWEEP"]
        self.press.print_page(
            "host.html",
            leaf,
            parts=tuple(part for part in parts if part[1]),
            last_sweep=dates.in_words(swept) if swept else "",
        )

    def _changes(self) -> None:
        months: dict[str, list[Row]] = {}
        for entry in feeds.newest_first(self.entries.values()):
            months.setdefault(str(entry.fields["added"]), []).append(row_of(entry, self.today))
        view = tuple({"label": dates.in_words(month), "rows": tuple(rows)} for month, rows in months.items())
        leaf = Leaf("Changes", "/changes/", "What came in, month by month, and a feed to follow.", "about")
        self.press.print_page("changes.html", leaf, months=view)

    def _drafts(self) -> None:
        details = load_details(Path(self.settings["MUTUALAID_ROOT"]))
        kinds = [one.kind for one in self.collections]
        print_drafts(self.press, kinds, details)

    def _ends(self) -> None:
        """Print what needs to know all other pages."""
        feed = feeds.as_feed(
            self.settings["SITENAME"],
            "new entries",
            "/feed.xml",
            feeds.newest_first(self.entries.values())[:FEED_LENGTH],
            self.site_address,
        )
        self.press.outputs.add("feed.xml", feed)
        leaf = Leaf("Site map", "/site-map/", "Every page of this site.", "about")
        self.press.print_page("site_map.html", leaf, sections=self._sections(leaf))
        base = urlsplit(self.site_address).path or "/"
        missing = Leaf("Page not found", "/404.html", "There is no page at this address.", is_listed=False)
        self.press.print_anywhere("404.html", missing, base)
        self.press.outputs.add("robots.txt", feeds.as_robots(self.site_address))

    def _sections(self, own: Leaf) -> tuple[dict[str, Any], ...]:
        facet_pages = {
            _facet_address(collection, facet, choice)
            for collection in self.collections
            for facet in collection.facets
            for choice in facet.choices
        }
        leaves = [
            leaf
            for leaf in (*self.press.leaves, downloads.LEAF, own)
            if leaf.is_listed and leaf.address not in facet_pages
        ]
        names = {"": "Start", "guide": "Guide", "about": "About", "contribute": "Contribute"}
        names |= {kind.name: kind.title for kind in self.kinds.values()}
        first = [
            "/guide/",
            *(path.address for path in self.content.paths),
            *(page.address for page in self.guide),
        ]
        rank = {address: place for place, address in enumerate(first)}
        leaves.sort(key=lambda leaf: rank.get(leaf.address, len(rank)))
        sections = {name: [leaf for leaf in leaves if leaf.section == name] for name in names}
        return tuple(
            {"title": names[name], "pages": tuple(PageLink(leaf.title, leaf.address) for leaf in found)}
            for name, found in sections.items()
            if found
        )


def _kind_view(collection: Collection) -> KindView:
    kind = collection.kind
    return KindView(kind.name, kind.title, kind.singular, kind.address, len(collection.entries), kind.description)


def _facet_address(collection: Collection, facet: Facet, choice: Choice) -> str:
    return f"{collection.kind.address}{facet.rule.slug}/{choice.slug}/"
