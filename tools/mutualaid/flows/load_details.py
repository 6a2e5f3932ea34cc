"""Read what the identifying-details check looks for. The draft page carries it, so that nothing has to be sent."""

from pathlib import Path

from mutualaid.adapters.schema_files import read_identifying_details
from mutualaid.core.entries.identifying import Patterns


def load_details(root: Path) -> Patterns:
    """Return the patterns of the checkout in `root`. Raises BrokenHouse where one of them is wrong."""
    return read_identifying_details(root / "schemas")
