"""What a page says of itself to machines: JSON-LD in the words of schema.org.

It names whoever chose to be credited and the makers of published works, nobody else, and says `lastReviewed` only
where a person has reviewed the page.
Every property is on a type for which the vocabulary defines it; `tests/site/test_json_ld.py` holds that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mutualaid.core.content.page import Page, ReadingPath
from mutualaid.core.entries.citation import called
from mutualaid.core.entries.entry import Entry
from mutualaid.site.renderer import PageMeta
from mutualaid.text.markdown import plain_text, prose

Thing = dict[str, Any]
CONTEXT = {"@context": "https://schema.org"}
LICENCES = {
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
FREE = {"license": LICENCES["CC-BY-NC-SA-4.0"], "isAccessibleForFree": True}
TYPES = {"exercises": ("LearningResource", "HowTo"), "examples": ("Article",)}
SERVICES = ("peer-support", "job-search-help", "information-sharing", "disaster-help")


@dataclass(frozen=True, slots=True)
class JsonLd:
    """Describes pages; without a site address no page names an address of its own."""

    site_name: str
    site_address: str
    tagline: str

    def page(self, meta: PageMeta, *types: str) -> Thing:
        url = self._url(meta.address)
        said = {"name": meta.title, "description": meta.description, "inLanguage": meta.lang, **FREE}
        site = _thing("WebSite", name=self.site_name, url=self._url("/"))
        kinds = ["WebPage", *types] if types else "WebPage"
        return CONTEXT | _thing(kinds, **{"@id": url}, url=url, **said, isPartOf=site)

    def site(self, meta: PageMeta, group: str) -> Thing:
        said = {"alternateName": self.tagline, "description": meta.description, "inLanguage": meta.lang, **FREE}
        publisher = _thing("Organization", name=group) if group else None
        return CONTEXT | _thing("WebSite", name=self.site_name, url=self._url("/"), **said, publisher=publisher)

    def guide(self, meta: PageMeta, page: Page) -> Thing:
        if not page.is_guide:
            return self.page(meta)
        return self.page(meta, "LearningResource") | _known(
            learningResourceType="guide",
            teaches=[_text(line) for line in page.fields.get("after", ())],
            dateModified=page.fields.get("edited"),
            lastReviewed=page.fields.get("reviewed", {}).get("on"),
        )

    def reading_path(self, meta: PageMeta, path: ReadingPath, pages: Sequence[Page]) -> Thing:
        parts = (_thing("WebPage", name=page.title, url=self._url(page.address)) for page in pages)
        steps = [_thing("ListItem", position=place, item=part) for place, part in enumerate(parts, 1)]
        own = {"learningResourceType": "reading path", "numberOfItems": len(path.pages), "itemListElement": steps}
        return self.page(meta, "LearningResource", "ItemList") | own

    def collection(self, meta: PageMeta, count: int) -> Thing:
        return self.page(meta) | {"@type": ["CollectionPage", "ItemList"], "numberOfItems": count}

    def catalogue(self, meta: PageMeta, files: Sequence[tuple[str, str, str, str]]) -> Thing:
        """Return what the data page says; `files` are name, address, media type and size in words."""
        downloads = [
            _thing("DataDownload", name=name, encodingFormat=medium, contentSize=size, contentUrl=self._url(address))
            for name, address, medium, size in files
        ]
        return self.page(meta, "Dataset") | {"distribution": downloads}

    def entry(self, meta: PageMeta, entry: Entry) -> Thing:
        fields, name = entry.fields, entry.kind.name
        return self.page(meta, *TYPES.get(name, ())) | _known(
            datePublished=fields["added"],
            license=LICENCES[fields["licence"]],
            dateModified=entry.edited,
            keywords=[entry.kind.label("topics", topic) for topic in fields.get("topics", ())],
            lastReviewed=fields.get("reviewed", {}).get("on"),
            author=_thing("Person", name=fields["credit"]["name"]) if "credit" in fields else None,
            citation=[
                _thing("CreativeWork", name=one["title"], url=one.get("url"), datePublished=one.get("published"))
                for one in fields.get("sources", ())
            ],
            **(KINDS[name](entry) if name in KINDS else {}),
        )

    def _url(self, address: str) -> str:
        return f"{self.site_address}{address}" if self.site_address else ""


def _known(**properties: Any) -> Thing:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _thing(kind: str | list[str], **properties: Any) -> Thing:
    return {"@type": kind, **_known(**properties)}


def _exercise(entry: Entry) -> Thing:
    fields, steps = entry.fields, []
    for place, step in enumerate(entry.fields["steps"], 1):
        time = duration(step["minutes"])
        directions = [_thing("HowToDirection", text=_text(step["text"]), performTime=time)]
        said = {"position": place, "name": _text(step["title"]), "timeRequired": time, "itemListElement": directions}
        steps.append(_thing("HowToStep", **said))
    whole = duration(fields["minutes_max"])
    return {
        "learningResourceType": "exercise",
        "timeRequired": whole,
        "totalTime": whole,
        "supply": [_thing("HowToSupply", name=_text(item)) for item in fields.get("materials", ())],
        "step": steps,
    }


def _resource(entry: Entry) -> Thing:
    fields = entry.fields
    kind = called(entry)["schema_org"]
    return {
        "mainEntity": _thing(
            kind,
            name=entry.title,
            author=[_maker(maker) for maker in fields.get("creators", ())],
            inLanguage=list(fields.get("language", ())),
            url=fields.get("link", {}).get("url"),
            datePublished=fields.get("published"),
            isbn=fields.get("isbn") if kind == "Book" else None,
            isAccessibleForFree=True if fields.get("access") == "free" else None,
        )
    }


def _maker(maker: Mapping[str, str]) -> Thing:
    name, given = maker["name"], maker.get("given")
    if not given:
        return _thing("Organization", name=name)
    return _thing("Person", name=f"{given} {name}", familyName=name, givenName=given)


def _group(entry: Entry) -> Thing:
    fields = entry.fields
    is_service = fields["model"] in SERVICES
    return {
        "mainEntity": _thing(
            "Service" if is_service else "Organization",
            name=entry.title,
            description=_text(entry.summary),
            serviceType=entry.kind.label("model", fields["model"]) if is_service else None,
            foundingDate=None if is_service else fields.get("began"),
            url=next((link["url"] for link in fields.get("reach", ())), None),
        )
    }


KINDS = {
    "exercises": _exercise,
    "examples": lambda entry: {"headline": entry.title},
    "resources": _resource,
    "groups": _group,
}


def duration(minutes: int) -> str:
    """Return minutes as an ISO 8601 duration: 90 is `PT1H30M`."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


def _text(words: str) -> str:
    return plain_text(prose(words))
