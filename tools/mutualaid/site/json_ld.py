"""What a page says of itself to machines: JSON-LD in the words of schema.org.

It names nobody but whoever chose to be credited, and says `lastReviewed` only where a person has reviewed the page.
Every property is on a type for which the vocabulary defines it; `tests/site/test_json_ld.py` holds that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mutualaid.core.content.page import Page, ReadingPath
from mutualaid.core.entries.entry import Entry
from mutualaid.site.renderer import PageMeta
from mutualaid.text.markdown import plain_text, prose

Thing = dict[str, Any]
LICENCES = {
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
WORKS = {
    "book": "Book",
    "article": "Article",
    "news-story": "NewsArticle",
    "report": "Report",
    "official-publication": "Report",
    "podcast": "PodcastSeries",
    "database": "Dataset",
    "guide": "LearningResource",
    "toolkit": "LearningResource",
    "exercise": "LearningResource",
    "course-or-recording": "LearningResource",
}
SERVICES = ("peer-support", "job-search-help", "information-sharing", "disaster-help")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """Describes pages; without a site address no page names an address of its own."""

    site_name: str
    site_address: str
    tagline: str

    def page(self, meta: PageMeta, *types: str) -> Thing:
        """Return what every page says: its name, its promise, its language, its license."""
        own: Thing = {"@context": "https://schema.org", "@type": ["WebPage", *types] if types else "WebPage"}
        if self.site_address:
            own["@id"] = own["url"] = f"{self.site_address}{meta.address}"
        own |= {"name": meta.title, "description": meta.description, "inLanguage": meta.lang}
        own |= {"license": LICENCES["CC-BY-NC-SA-4.0"], "isAccessibleForFree": True}
        own["isPartOf"] = {"@type": "WebSite", "name": self.site_name}
        if self.site_address:
            own["isPartOf"]["url"] = f"{self.site_address}/"
        return own

    def site(self, meta: PageMeta, group: str) -> Thing:
        """Return what the home page says: what site it is, and who runs it."""
        own: Thing = {"@context": "https://schema.org", "@type": "WebSite", "name": self.site_name}
        if self.site_address:
            own["url"] = f"{self.site_address}/"
        own |= {"alternateName": self.tagline, "description": meta.description, "inLanguage": meta.lang}
        own |= {"license": LICENCES["CC-BY-NC-SA-4.0"], "isAccessibleForFree": True}
        if group:
            own["publisher"] = {"@type": "Organization", "name": group}
        return own

    def guide(self, meta: PageMeta, page: Page) -> Thing:
        """Return what a page that people wrote says; a page of the guide is a learning resource."""
        if not page.is_guide:
            return self.page(meta)
        own = self.page(meta, "LearningResource") | {"learningResourceType": "guide"}
        if page.fields.get("after"):
            own["teaches"] = [_text(line) for line in page.fields["after"]]
        if "edited" in page.fields:
            own["dateModified"] = page.fields["edited"]
        if "reviewed" in page.fields:
            own["lastReviewed"] = page.fields["reviewed"]["on"]
        return own

    def reading_path(self, meta: PageMeta, path: ReadingPath, titles: Callable[[str], str]) -> Thing:
        """Return what the page of a reading path says: its parts, in order."""
        parts = [self._part(titles(address), address) for address in path.pages]
        own = self.page(meta, "LearningResource", "ItemList") | {"learningResourceType": "reading path"}
        steps = [{"@type": "ListItem", "position": index, "item": part} for index, part in enumerate(parts, 1)]
        return own | {"numberOfItems": len(steps), "itemListElement": steps}

    def collection(self, meta: PageMeta, count: int) -> Thing:
        """Return what the page of a collection says."""
        return self.page(meta) | {"@type": ["CollectionPage", "ItemList"], "numberOfItems": count}

    def catalogue(self, meta: PageMeta, files: Sequence[tuple[str, str, str, str]]) -> Thing:
        """Return what the data page says; `files` are name, address, media type and size in words."""
        downloads = [
            {"@type": "DataDownload", "name": name, "encodingFormat": medium, "contentSize": size}
            | ({"contentUrl": f"{self.site_address}{address}"} if self.site_address else {})
            for name, address, medium, size in files
        ]
        return self.page(meta, "Dataset") | {"distribution": downloads}

    def entry(self, meta: PageMeta, entry: Entry) -> Thing:
        """Return what the page of an entry says, by its kind."""
        about = KINDS.get(entry.kind.name)
        own = self.page(meta, *(about.types if about else ()))
        own |= {"datePublished": entry.fields["added"], "license": LICENCES[entry.fields["licence"]]}
        own["dateModified"] = entry.edited
        own["keywords"] = [entry.kind.label("topics", topic) for topic in entry.fields.get("topics", ())]
        if "reviewed" in entry.fields:
            own["lastReviewed"] = entry.fields["reviewed"]["on"]
        if "credit" in entry.fields:
            own["author"] = {"@type": "Person", "name": entry.fields["credit"]["name"]}
        cited = [_source(source) for source in entry.fields.get("sources", ())]
        return own | ({"citation": cited} if cited else {}) | (about.more(entry) if about else {})

    def _part(self, title: str, address: str) -> Thing:
        part: Thing = {"@type": "WebPage", "name": title}
        return part | ({"url": f"{self.site_address}{address}"} if self.site_address else {})


def _source(source: Mapping[str, Any]) -> Thing:
    own: Thing = {"@type": "CreativeWork", "name": source["title"]}
    own |= {"url": source["url"]} if "url" in source else {}
    return own | ({"datePublished": source["published"]} if "published" in source else {})


def _exercise(entry: Entry) -> Thing:
    fields = entry.fields
    whole = duration(fields["minutes_max"])
    return {
        "learningResourceType": "exercise",
        "timeRequired": whole,
        "totalTime": whole,
        "supply": [{"@type": "HowToSupply", "name": _text(item)} for item in fields["materials"]],
        "step": [
            {
                "@type": "HowToStep",
                "position": index,
                "name": _text(step["title"]),
                "timeRequired": duration(step["minutes"]),
                "itemListElement": [
                    {
                        "@type": "HowToDirection",
                        "text": _text(step["text"]),
                        "performTime": duration(step["minutes"]),
                    }
                ],
            }
            for index, step in enumerate(fields["steps"], 1)
        ],
    }


def _example(entry: Entry) -> Thing:
    return {"headline": entry.title}


def _resource(entry: Entry) -> Thing:
    fields = entry.fields
    kind = WORKS.get(fields["medium"], "CreativeWork")
    work: Thing = {"@type": kind, "name": entry.title, "inLanguage": list(fields.get("language", ()))}
    work |= {"url": fields["link"]["url"]} if "link" in fields else {}
    work |= {"datePublished": fields["published"]} if "published" in fields else {}
    work |= {"isbn": fields["isbn"]} if kind == "Book" and "isbn" in fields else {}
    work |= {"isAccessibleForFree": True} if fields.get("access") == "free" else {}
    return {"mainEntity": work}


def _group(entry: Entry) -> Thing:
    fields = entry.fields
    is_service = fields["model"] in SERVICES
    body: Thing = {"@type": "Service" if is_service else "Organization", "name": entry.title}
    body["description"] = _text(entry.summary)
    body |= {"serviceType": entry.kind.label("model", fields["model"])} if is_service else {}
    body |= {"foundingDate": fields["began"]} if "began" in fields and not is_service else {}
    links = fields.get("reach", ())
    body |= {"url": links[0]["url"]} if links else {}
    return {"mainEntity": body}


@dataclass(frozen=True, slots=True)
class _About:
    types: tuple[str, ...]
    more: Callable[[Entry], Thing]


KINDS = {
    "exercises": _About(("LearningResource", "HowTo"), _exercise),
    "examples": _About(("Article",), _example),
    "resources": _About((), _resource),
    "groups": _About((), _group),
}


def duration(minutes: int) -> str:
    """Return minutes as an ISO 8601 duration: 90 is `PT1H30M`."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def _text(words: str) -> str:
    return plain_text(prose(words))
