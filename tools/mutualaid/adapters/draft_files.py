"""Drafts: what was typed and is not an entry yet, kept where somebody asked for it, for their eyes alone."""

import os
from pathlib import Path

from mutualaid.errors import Misuse

OWN_EYES = 0o600


def read_draft(file: Path) -> str | None:
    """Return the text of a draft; None where there is no file yet. Raises Misuse where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"The draft {file} cannot be read: {_reason(error)}. Name another file.") from error


def write_draft(file: Path, text: str, *, may_replace: bool) -> None:
    """Write a draft. Raises Misuse where a file is there that may not be replaced, or where none can be written."""
    mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if may_replace else os.O_EXCL)
    try:
        with os.fdopen(os.open(file, mode, OWN_EYES), "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except FileExistsError:
        raise Misuse(f"{file} is there already, and was left as it is. Name another file.") from None
    except OSError as error:
        raise Misuse(f"{file} cannot be written: {_reason(error)}. Name another file.") from error


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "it is not UTF-8 text"
