"""Everything that there is to carry away, planned but not made. A new format adds its function to `PLANS`."""

from collections.abc import Callable, Iterator

from mutualaid.takeaways.docx import planned_documents
from mutualaid.takeaways.epub import planned_books
from mutualaid.takeaways.material import Material
from mutualaid.takeaways.pdf import planned_pdfs
from mutualaid.takeaways.takeaway import TakeAway

PLANS: tuple[Callable[[Material], Iterator[TakeAway]], ...] = (
    planned_pdfs,
    planned_books,
    planned_documents,
)


def planned(material: Material) -> Iterator[TakeAway]:
    """Yield every take-away of the site that is made before its pages are printed."""
    return (one for plan in PLANS for one in plan(material))
