"""A submission: what somebody offers as an entry, read but not yet accepted."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from mutualaid.core.document import Document
from mutualaid.core.kind import Kind


@dataclass(frozen=True, slots=True)
class Submission:
    """One file's contents under the kind of its folder."""

    kind: Kind
    document: Document

    @property
    def file_slug(self) -> str:
        """The slug that the file's name gives."""
        return PurePosixPath(self.document.file).stem

    @property
    def value(self) -> Any:
        """The fields as read; a mapping once the checks have passed."""
        return self.document.value

    @property
    def is_retracted(self) -> bool:
        """Whether only the tombstone of an entry is left."""
        return isinstance(self.value, dict) and "retracted" in self.value
