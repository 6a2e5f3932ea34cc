"""The rules of GitHub that this fake holds, by name. README.md says of each what it is and where GitHub says so."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

README = Path(__file__).with_name("README.md")
RULES = frozenset(re.findall(r"^\| `([\w-]+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE))


class Refusal(Exception):
    """GitHub says no: a status, its sentence, and more about it: a reason in plain words, or an error by its parts."""

    def __init__(
        self, status: int, message: str, /, reason: str = "", *, headers: Mapping[str, str] | None = None, **error: str
    ) -> None:
        super().__init__(": ".join(filter(None, (message, reason or error.get("message", "")))))
        self.status = status
        self.message = message
        self.headers = headers or {}
        self.errors: list[Any] = [reason] if reason else [error] if error else []
