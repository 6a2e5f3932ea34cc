"""The name that Git gives to a file's bytes, worked out here, so that nobody has to be asked for the file."""

import hashlib


def blob_name(content: bytes) -> str:
    """Return the SHA-1 of a blob. Source: Pro Git, "Git Internals - Git Objects"."""
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()
