"""Removal codes: 128 random bits in letters that can be read over a phone, and the hash of them that is kept.

Whoever holds the code can ask for an entry to be removed and need not say who they are. Nobody can try 128 random bits
one by one, so a plain hash keeps them as well as a slow one with salt, which protects what people make up. The bits are
handed in; nothing here draws random numbers.
"""

import hashlib
import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass

from mutualaid.core.entries.problem import Place, Problem

SECRET_BYTES = 16
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 as Douglas Crockford writes it, without I, L, O and U, since the first three look like 1 and 0."""
SIGNS, GROUP = 26, 3
_WRITTEN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
_READ = {digit: sign for sign, digit in _WRITTEN.items()}
_LOOK_ALIKE = str.maketrans("ILO", "110")
_NAME = re.compile(r"\s*([a-z0-9-]+)/([a-z0-9-]+)\s*[:\s]\s*(.*)", re.DOTALL | re.IGNORECASE | re.ASCII)
_BETWEEN = re.compile(r"[\s.,_‐-―−\xad\u200b\u2060\ufeff-]+")


@dataclass(frozen=True, slots=True)
class Code:
    """A removal code as read: which entry it names, and the secret."""

    kind: str
    slug: str
    secret: bytes


def write_code(kind: str, slug: str, secret: bytes) -> str:
    """Return the code for an entry, such as `groups/ladder: 7KQ-2M8-…`; `secret` is 16 random bytes."""
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has 16 bytes")
    signs = b32encode(secret).decode().rstrip("=").translate(_WRITTEN)
    groups = [signs[start : start + GROUP] for start in range(0, SIGNS, GROUP)]
    return f"{kind}/{slug}: {'-'.join(groups)}"


def read_code(text: str) -> Code | Problem:
    """Read a code as somebody typed or heard it: case, spaces and hyphens do not matter, nor signs that look alike."""
    named = _NAME.fullmatch(text)
    if not named:
        return _problem(
            "no-name",
            "must begin with the entry that it is for, such as `groups/shift-swap-board:`, and go on with "
            "groups of three signs. Copy it whole.",
        )
    kind, slug, rest = named.groups()
    signs = _BETWEEN.sub("", rest).upper().translate(_LOOK_ALIKE)
    strange = sorted(set(signs) - set(ALPHABET))
    if strange:
        return _problem(
            "strange-sign",
            f"holds {', '.join(f'`{sign}`' for sign in strange)}, and no code holds that. It is made of digits and of "
            "letters without U. Look at these places again.",
        )
    if len(signs) != SIGNS:
        return _problem(
            "wrong-length",
            f"must have {SIGNS} signs after the entry's name, most of them in groups of three. This one has "
            f"{len(signs)}. Look for a group that is missing or is there twice.",
        )
    return Code(kind.lower(), slug.lower(), b32decode(f"{signs.translate(_READ)}======"))


def kept_of(secret: bytes) -> str:
    """Return what an entry keeps of a code: its property `retraction`."""
    return hashlib.sha256(secret).hexdigest()


def opens(secret: bytes, kept: str) -> bool:
    """Whether `secret` is the one of which `kept` was made; takes the same time whichever sign differs."""
    return hmac.compare_digest(kept_of(secret), kept)


def _problem(rule: str, sentence: str) -> Problem:
    return Problem(f"code.{rule}", "The removal code", f"The removal code {sentence}", Place("the removal code"))
