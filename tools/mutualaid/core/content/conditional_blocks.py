"""Words that hold only while something cannot be sent, or only once it can; `content/host.yaml` decides."""

import re
from collections.abc import Mapping

PREVIEW = "A preview. Nobody runs this copy yet."
ANY = "any"
WAYS: Mapping[str, tuple[str, ...]] = {
    ANY: ("repository", "private_contact", "post"),
    "by form": ("repository",),
    "by mail": ("private_contact",),
    "on paper": ("post",),
    "in private": ("private_contact", "post"),
}
"""Each way to send something, with the facts in `content/host.yaml` of which one opens it."""
_BLOCK = re.compile(
    rf"^(:::+) (while-nothing|once-something) can be sent(?: ({'|'.join(WAYS)}))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL
)


def is_open(host: Mapping[str, str], way: str = ANY) -> bool:
    """Whether anything can be sent in this way to whoever runs this copy."""
    return any(host.get(name) for name in WAYS[way])


def nobody_runs(host: Mapping[str, str]) -> str:
    """Return the sentence for a copy that nobody runs, or empty."""
    return "" if host.get("group") or is_open(host) else PREVIEW


def as_set_up(body: str, host: Mapping[str, str]) -> str:
    """Return a text with the blocks for another state of the host left out. Its lines keep their numbers."""

    def kept(block: re.Match[str]) -> str:
        _, state, way, inner = block.groups()
        if is_open(host, way or ANY) is (state == "once-something"):
            return f"\n{as_set_up(inner, host)}"
        return "\n" * block[0].count("\n")

    return _BLOCK.sub(kept, body)
