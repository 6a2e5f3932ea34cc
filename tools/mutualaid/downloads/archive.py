"""Zip archives with the same bytes each time: fixed dates, fixed rights, files in the order given."""

import io
import zipfile
from collections.abc import Iterable

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip archive can hold; no file tells when it was made."""
READABLE = 0o100644 << 16


def packed(files: Iterable[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, contents in files:
            about = zipfile.ZipInfo(name, NO_TIME)
            about.external_attr = READABLE
            about.create_system = 3
            about.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(about, contents, compresslevel=9)
    return whole.getvalue()
