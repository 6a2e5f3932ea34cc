"""What the lists in issues say, from `lists.md` beside this."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def said(name: str, **facts: object) -> str:
    """Return a message with its facts filled in; without one of its own, `look tools` has that of `look`."""
    own = _messages()
    return own[name if name in own else name.partition(" ")[0]].format(**facts)


@cache
def _messages() -> Mapping[str, str]:
    source = (files(__package__) / "lists.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^## (.+)\n\n([\s\S]+?)\s*(?=^## |\Z)", source, re.MULTILINE))
