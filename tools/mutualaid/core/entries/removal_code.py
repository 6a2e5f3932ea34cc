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
from typing import Any

from mutualaid.core.entries.problem import Place, Problem, problem_of

SECRET_BYTES = 16
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 as Douglas Crockford writes it, without I, L, O and U, since the first three look like 1 and 0."""
SIGNS, GROUP = 26, 3
_WRITTEN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
_READ = {digit: sign for sign, digit in _WRITTEN.items()}
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
        return code_problem("no-name")
    kind, slug, rest = named.groups()
    signs = _BETWEEN.sub("", rest).upper().translate(str.maketrans("ILO", "110"))
    strange = sorted(set(signs) - set(ALPHABET))
    if strange:
        return code_problem("strange-sign", signs=", ".join(f"`{sign}`" for sign in strange))
    if len(signs) != SIGNS:
        return code_problem("wrong-length", wanted=SIGNS, count=len(signs))
    return Code(kind.lower(), slug.lower(), b32decode(f"{signs.translate(_READ)}======"))


def kept_of(secret: bytes) -> str:
    """Return what an entry keeps of a code: its property `retraction`."""
    return hashlib.sha256(secret).hexdigest()


def opens(secret: bytes, kept: str) -> bool:
    """Whether `secret` is the one of which `kept` was made; takes the same time whichever sign differs."""
    return hmac.compare_digest(kept_of(secret), kept)


def code_problem(rule: str, place: Place | None = None, /, **facts: Any) -> Problem:
    return problem_of(f"code.{rule}", "The removal code", place or Place("the removal code"), **facts)
