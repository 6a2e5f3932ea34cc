"""The bot's one comment on a submission: a hidden header, by which it knows what it did last, and the words below.

The line counts only in a comment by the bot's own account; what it says is believed for what it saves (requests),
and never for what is merged.
"""

import re
from dataclasses import dataclass, fields

NEW_HEAD = "new"
"""In place of the commit that is about to be made; whoever makes it puts its name in its place."""
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_LINE = re.compile(r"<!-- mutualaid((?: [a-z]+=[^\s=]+)*) -->")


@dataclass(frozen=True, slots=True)
class Header:
    """What the bot did last: the status, the head that it knows, the file and its hash there, the verdict it gave.

    `base` is the hash of what a correction started from; `since` when the comment first said what there is to see at
    `head`, or how it ended; `first` is the hash of the text that was brought first, or the name of a form that a person
    had to read first. `page` is the run that made a preview of this text, where there is one, and `asked` when the last
    one was asked for.
    """

    status: str = ""
    head: str = ""
    path: str = ""
    blob: str = ""
    verdict: str = ""
    base: str = ""
    since: str = ""
    first: str = ""
    page: str = ""
    asked: str = ""


def written(header: Header, words: str) -> str:
    named = ((field.name, getattr(header, field.name)) for field in fields(Header))
    return f"<!-- mutualaid{''.join(f' {name}={value}' for name, value in named if value)} -->\n{words}"


def read_header(body: str) -> Header | None:
    """Return what the first line says; None where it is no comment of the bot's."""
    first = body.replace("\r\n", "\n").partition("\n")[0]
    match = _LINE.fullmatch(first.rstrip())
    if match is None:
        return None
    known = {field.name for field in fields(Header)}
    pairs = (part.partition("=") for part in match[1].split())
    return Header(**{name: value for name, _, value in pairs if name in known})


def words_of(body: str) -> str:
    return body.replace("\r\n", "\n").partition("\n")[2]
