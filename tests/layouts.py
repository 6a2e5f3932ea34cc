"""One page of each layout, found in the built site, so that the tests do not name entries that may change."""

from pathlib import Path

FIXED = {
    "home": "index.html",
    "guide index": "guide/index.html",
    "safety page": "safety/index.html",
    "help page": "help/work/index.html",
    "page around the guide": "about/privacy/index.html",
    "contribute": "contribute/index.html",
    "host": "about/host/index.html",
    "collection as rows": "groups/index.html",
    "collection as cards": "exercises/index.html",
    "glossary": "glossary/index.html",
    "search": "search/index.html",
    "changes": "changes/index.html",
    "data": "data/index.html",
    "downloads": "downloads/index.html",
    "cite": "cite/index.html",
    "workshop kit": "exercises/kit/index.html",
    "site map": "site-map/index.html",
    "kinds to draft": "contribute/draft/index.html",
    "draft": "contribute/draft/examples/index.html",
    "draft with steps": "contribute/draft/exercises/index.html",
    "missing page": "404.html",
}
FIRST_OF = {
    "guide page": "guide/*/index.html",
    "path": "paths/*/index.html",
    "page of a path": "paths/*/*/index.html",
    "facet page": "exercises/time/*/index.html",
    "example": "examples/*/index.html",
    "exercise": "exercises/*/lead/../index.html",
    "exercise to lead": "exercises/*/lead/index.html",
    "exercise sheet": "exercises/*/sheet/index.html",
    "resource": "resources/*/index.html",
    "group": "groups/*/index.html",
}
NAMES = (*FIXED, *FIRST_OF)


def file_of(name: str, folder: Path) -> str:
    """Return the path of the layout's page inside `folder`; fails where the site has none."""
    if name in FIXED:
        found = [folder / FIXED[name]]
    else:
        found = sorted(folder.glob(FIRST_OF[name]))
        longest = max(found, key=lambda file: file.stat().st_size, default=None)
        found = [longest] if longest else []
    assert found and found[0].is_file(), f"The built site has no page of the layout: {name}"
    return found[0].resolve().relative_to(folder.resolve()).as_posix()
