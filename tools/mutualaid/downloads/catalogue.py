"""Everything that there is to carry away, planned but not made. A new format adds its function to `PLANS`."""

from collections.abc import Callable, Iterator

from mutualaid.downloads.docx.documents import planned_documents
from mutualaid.downloads.download import TakeAway
from mutualaid.downloads.epub.book import planned_books
from mutualaid.downloads.material import Material
from mutualaid.downloads.pdf.catalogue import planned_pdfs

PLANS: tuple[Callable[[Material], Iterator[TakeAway]], ...] = (
    planned_pdfs,
    planned_books,
    planned_documents,
)


def planned(material: Material) -> Iterator[TakeAway]:
    """Yield every take-away of the site that is made before its pages are printed."""
    return (one for plan in PLANS for one in plan(material))
