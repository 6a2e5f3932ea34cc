"""Letters as files: plain text, or a mail as saved by a mail program (`.eml`). Takes the words, leaves the sender.

Source: RFC 5322, RFC 2045 to 2047 (mail and its parts), RFC 3676 (`format=flowed`).
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from typing import TypeAlias

from mutualaid.adapters.mail_html import text_of_html
from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.forms.mail_text import Letter

Mail: TypeAlias = "Message[str, str]"
MOST_BYTES = 40 * 1024 * 1024
MOST_TEXT = 256 * 1024
DEEPEST = 20
SENDERS = ("From", "Sender", "Reply-To", "Return-Path", "X-Original-From", "X-Sender")
STUMBLES = (AssertionError, AttributeError, LookupError, TypeError, ValueError, MessageError)
"""What Python's mail library raises on mails that no program should have made."""
_MAIL_HEADER = re.compile(
    rb"(?:received|return-path|from|to|date|subject|message-id|mime-version|delivered-to|content-type):", re.IGNORECASE
)
_OF_MAILS = re.compile(r"(?:us-)?ascii|utf|iso|windows|cp|latin|koi8|big5|gb|euc|shift|sjis|ks|mac|tis", re.IGNORECASE)
"""Encodings that mails come in. Python knows others that are no encodings of mails, and some take very long."""
_NAME_PART = re.compile(r"[^\W\d_]{3,}")


def read_letter(file: Path) -> Letter | Problem:
    """Read a file; what cannot be read is a problem and never an exception. A file that is missing raises OSError."""
    if file.stat().st_size > MOST_BYTES:
        return _problem(
            "too-large",
            f"is larger than {MOST_BYTES // 1024 // 1024} MB. Save the text alone, without what is attached.",
        )
    return letter_from(file.read_bytes(), is_mail=file.suffix.lower() == ".eml")


def letter_from(raw: bytes, *, is_mail: bool = False) -> Letter | Problem:
    """Read the bytes of a letter; what begins with the headers of a mail is one, whatever its name."""
    if is_mail or _looks_like_mail(raw):
        try:
            return _from_mail(message_from_bytes(raw))
        except RecursionError:
            return _problem("too-deep", "holds mails within mails, too many to open. Save the innermost one alone.")
        except STUMBLES:
            return _problem("damaged", "is a mail that cannot be taken apart. Copy its text into a plain text file.")
    read = _decoded_file(raw)
    return read if isinstance(read, Problem) else _whole(Letter(*read))


def _looks_like_mail(raw: bytes) -> bool:
    head = raw[:8192].replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
    return sum(1 for line in head if _MAIL_HEADER.match(line)) > 1


def _decoded_file(raw: bytes) -> tuple[str, tuple[str, ...]] | Problem:
    notes: tuple[str, ...] = ()
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if raw.startswith(mark):
            try:
                text = raw.decode(name)
                break
            except UnicodeDecodeError:
                continue
    else:
        text = raw.decode("cp1252", errors="replace")
        notes = ("The file is not UTF-8; it was read as Windows text. Look at letters with accents, and at quotes.",)
    if "\0" in text or raw.startswith((b"PK\x03\x04", b"%PDF", b"{\\rtf")):
        return _problem("no-text", "is not plain text. Open it in the program that made it, and save it as plain text.")
    return text, notes


def _from_mail(mail: Mail) -> Letter | Problem:
    own = list(_leaves(mail, into_mails=False))
    texts = _texts(own, "text/plain") or _texts(own, "text/html")
    if not texts:
        own = list(_leaves(mail, into_mails=True))
        texts = _texts(own, "text/plain") or _texts(own, "text/html")
    if not texts:
        return _problem(
            "no-words", "is a mail without words of its own. If the text is a picture or is attached, type it in."
        )
    left_out = [f"{len(mail.keys())} headers: who sent it, to whom, when, and its numbers."]
    attached = sum(1 for part in own if not _is_words(part))
    if attached:
        left_out.append(f"{attached} attached or embedded file{'' if attached == 1 else 's'}, with the name.")
    return _whole(Letter("\n\n".join(texts), tuple(left_out), tuple(_people(mail))))


def _whole(letter: Letter) -> Letter | Problem:
    if not letter.text.strip():
        return _problem("empty", "is empty. Save it again, or type the answers in: leave out --from.")
    if len(letter.text) > MOST_TEXT:
        return _problem("too-long", f"holds more than {MOST_TEXT // 1024} KB of text. Keep the part with the answers.")
    return letter


def _leaves(part: Mail, *, into_mails: bool, depth: int = 0) -> Iterator[Mail]:
    if depth > DEEPEST:
        raise RecursionError
    if not part.is_multipart() or (depth and part.get_content_maintype() == "message" and not into_mails):
        yield part
        return
    for inner in part.get_payload():
        if isinstance(inner, Message):
            yield from _leaves(inner, into_mails=into_mails, depth=depth + 1)


def _is_words(part: Mail) -> bool:
    is_attached = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    return part.get_content_type() in ("text/plain", "text/html") and not is_attached


def _texts(parts: list[Mail], content_type: str) -> list[str]:
    texts = [_text(part) for part in parts if _is_words(part) and part.get_content_type() == content_type]
    return [text for text in texts if text.strip()]


def _text(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    text = _decoded(raw[: 8 * MOST_TEXT], part.get_content_charset())
    if part.get_content_type() == "text/html":
        return text_of_html(text)
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return _unflowed(text, drops_space=str(part.get_param("delsp", "")).lower() == "yes") if flowed else text


def _decoded(raw: bytes, charset: str | None) -> str:
    for name in (charset or "", "utf-8"):
        try:
            if _OF_MAILS.match(name):
                return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", errors="replace")


def _unflowed(text: str, *, drops_space: bool) -> str:
    """Join the lines that a mail program broke: a line goes on where it ends in a space."""
    lines: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        own = line[1:] if line.startswith(" ") else line
        if goes_on and not own.startswith(">"):
            lines[-1] += own
        else:
            lines.append(own)
        goes_on = own.endswith(" ") and own != "-- " and not own.startswith(">")
        if goes_on and drops_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(line.rstrip() if line != "-- " else line for line in lines)


def _people(mail: Mail) -> Iterator[str]:
    """Yield the sender's name, the words of it, and the address."""
    headers = [_header(value) for name in SENDERS for value in mail.get_all(name, [])]
    seen = set()
    for name, address in getaddresses(headers):
        for each in (name.strip(), address.strip(), *_NAME_PART.findall(name)):
            if len(each) > 2 and each.casefold() not in seen:  # noqa: PLR2004
                seen.add(each.casefold())
                yield each


def _header(value: object) -> str:
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, MessageError):
        return str(value)


def _problem(rule: str, sentence: str) -> Problem:
    return Problem(f"letter.{rule}", "The file", f"The file {sentence}", Place("the file"))
