"""What can be found in, a search index out."""

from collections.abc import Sequence
from pathlib import Path

from mutualaid.adapters.pagefind import index_documents
from mutualaid.core.content.search_index import Findable, SearchIndex

KEPT = Path(".build/search")


def index_pages(root: Path, findables: Sequence[Findable]) -> SearchIndex:
    """Index `findables` for the checkout `root`. Raises BrokenHouse where the index cannot be made."""
    # A name that sorts as the pages stand: the index numbers pages by it, and is the same after every build.
    by_name = {f"{number:06}.html": findable for number, findable in enumerate(findables)}
    files, ids = index_documents({name: findable.document for name, findable in by_name.items()}, root / KEPT)
    return SearchIndex(tuple(files.items()), tuple((ids[name], by_name[name]) for name in sorted(ids)))
