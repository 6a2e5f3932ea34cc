"""Words on pages that hold only while nothing can be sent, or only once something can; `content/host.yaml` decides."""

import re
from collections.abc import Mapping

WAYS = ("repository", "private_contact", "post")
"""What in `content/host.yaml` opens a way to send something."""
_BLOCK = re.compile(r"^::: (while-nothing|once-something) can be sent\n(.*?)^:::$", re.MULTILINE | re.DOTALL)


def is_open(host: Mapping[str, str]) -> bool:
    """Whether anything can be sent to whoever runs this copy."""
    return any(host.get(name) for name in WAYS)


def as_set_up(body: str, host: Mapping[str, str]) -> str:
    """Return a page's body with the blocks for another state of the host left out. Its lines keep their numbers."""
    wanted = "once-something" if is_open(host) else "while-nothing"

    def kept(block: re.Match[str]) -> str:
        return f"\n{block[2]}" if block[1] == wanted else "\n" * block[0].count("\n")

    return _BLOCK.sub(kept, body)
