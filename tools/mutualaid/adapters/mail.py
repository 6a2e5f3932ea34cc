"""Letters as files: plain text, or a simple mail that was saved as `.eml`. Takes the words, leaves the sender.

Whatever can't be read is a sentence that says to paste the words into a text file, and never an exception.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses
from html import unescape
from pathlib import Path
from typing import Any

import nh3

from mutualaid.core.entries.problem import Place, Problem
from mutualaid.core.forms.mail_text import Letter
from mutualaid.errors import Misuse

MAX_BYTES = 40 * 1024 * 1024
MAX_TEXT = 256 * 1024
SENDERS = ("From", "Sender", "Reply-To", "Return-Path", "X-Original-From", "X-Sender")
DAMAGED = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What Python's mail library raises, beside its own MessageError, on mails that no program should have made."""
MOST_TEXTS = 5
PASTE = "Copy its words into a plain text file, without who sent it, and use that."
NO_TEXTS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word or another office document"),
    (b"\xd0\xcf\x11\xe0", "a Word document or a mail of Outlook"),
    (b"{\\rtf", "a rich text document"),
    *((begins, "a picture") for begins in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*", b"MM\0*")),
)
"""How files begin that hold no plain text, and what they are called."""
_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"(?:received|return-path|from|to|date|subject|message-id|mime-version|delivered-to|content-type):", re.IGNORECASE
)
UNSEEN = {"script", "style", "title"}
_BREAK = re.compile(
    r"<(?:br|hr|/?(?:p|div|li|tr|t[dh]|d[td]|h[1-6]|blockquote|section|article|pre))\b[^<>]*>", re.IGNORECASE
)
_LINK = re.compile(r"<a\b[^<>]*\bhref=[\"']?(https?:[^\"'\s<>]+)[^<>]*>([^<]{0,300})", re.IGNORECASE)
_FLOWS = re.compile(r"^(>*)(?!-- $)([^>\n].*|) \n\1(?!>)", re.MULTILINE)
"""A line that a mail program broke (RFC 3676), with what goes on below it."""
_LOOKS = re.compile(r"</?(?:b|strong|i|em|u|span|font)\b[^<>]*>", re.IGNORECASE)


def read_letter(file: Path) -> Letter | Problem:
    """Read a letter from a file. Raises Misuse where it cannot be opened."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return _problem("too-large", f"is larger than {MAX_BYTES // 1024 // 1024} MB. {PASTE}")
        return letter_from(file.read_bytes(), is_mail=file.suffix.lower() == ".eml")
    except OSError as error:
        raise Misuse(f"{file} cannot be read: {error.strerror or error}. Name a file that can be.") from error


def letter_from(raw: bytes, *, is_mail: bool = False) -> Letter | Problem:
    """Read the bytes of a letter; what begins with the headers of a mail is one, whatever its name."""
    head = raw[:8192].replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")
    has_headers = sum(1 for line in head if _MAIL_HEADER.match(line)) > 1
    letter = _from_mail(raw) if is_mail or has_headers else _from_text(raw)
    if isinstance(letter, Problem):
        return letter
    if not letter.text.strip():
        return _problem("empty", f"holds no words that can be read here. {PASTE}")
    if len(letter.text) > MAX_TEXT:
        return _problem("too-long", f"holds more than {MAX_TEXT // 1024} KB of text. Keep the part with the answers.")
    return replace(letter, text=letter.text.replace("\u00a0", " "))


def _from_text(raw: bytes) -> Letter | Problem:
    notes: tuple[str, ...] = ()
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        notes = ("The file is not UTF-8; it was read as Windows text. Look at letters with accents, and at quotes.",)
    known = next((what for begins, what in NO_TEXTS if raw.startswith(begins)), None)
    if known or "\0" in text:
        return _problem("no-text", f"is {known or 'no plain text'}, which cannot be read here. {PASTE}")
    return Letter(text_of_html(text) if _PAGE.match(text) else _LOOKS.sub("", _BREAK.sub("\n", text)), notes)


def _from_mail(raw: bytes) -> Letter | Problem:
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_body(("plain", "html"))
        parts = list(mail.walk())
        text = _words(body) if body else ""
        links = _LINK.findall(str(body.get_content())) if body and body.get_content_type() == "text/html" else []
        texts = (part for part in parts if part.get_content_type() == "text/plain" or _ends_as_text(part))
        more = [part for part in texts if part is not body][:MOST_TEXTS]
        attached = tuple(_attached(part)[:MAX_TEXT] for part in more)
        headers, people = len(mail), tuple(_people(mail))
    except (*DAMAGED, MessageError):
        return _problem("damaged", f"is a mail that can't be taken apart. {PASTE}")
    left_out = [f"{headers} headers: who sent it, to whom, when, and its numbers."]
    behind = sum(1 for address, words in links if address not in words)
    if behind:
        left_out.append(f"{behind} address{'' if behind == 1 else 'es'} behind words. Write out those that matter.")
    files = [part for part in parts if part.get_filename() or part.get_content_maintype() not in ("text", "multipart")]
    unread = sum(1 for part in files if part not in more and part.get_content_type() != "message/rfc822")
    if unread:
        cure = "Where answers are in them, copy the words into a plain text file."
        left_out.append(f"{unread} attached or embedded file{'' if unread == 1 else 's'}, with the name. {cure}")
    return Letter(text, tuple(left_out), people, attached)


def _ends_as_text(part: Any) -> bool:
    return str(part.get_filename()).lower().endswith((".txt", ".text", ".md", ".htm", ".html"))


def _attached(part: Any) -> str:
    if part.get_content_maintype() == "text" and part.get_content_charset():
        return _words(part)
    letter = _from_text(part.get_payload(decode=True) or b"")
    return letter.text if isinstance(letter, Letter) else ""


def _words(part: Any) -> str:
    text = str(part.get_content())
    if part.get_content_type() == "text/html":
        return text_of_html(text[: 8 * MAX_TEXT])
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    gap = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    text = re.sub(r"^(>*) ", r"\1", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    while (joined := _FLOWS.sub(rf"\1\2{gap}", text)) != text:
        text = joined
    return text


def text_of_html(html: str) -> str:
    """Return the words of `html`, a block a line, without addresses, pictures, styles and comments."""
    words = nh3.clean(_BREAK.sub("\v", " ".join(html.split())), tags=set(), clean_content_tags=UNSEEN)
    lines = (line.strip() for line in unescape(words).replace("\u00a0", " ").split("\v"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _people(mail: EmailMessage) -> Iterator[str]:
    headers = [str(value) for part in mail.walk() for name in SENDERS for value in part.get_all(name, [])]
    seen = set()
    for name, address in getaddresses(headers):
        for word in (name.strip(), address.strip(), *re.findall(r"[^\W\d_]{3,}", name)):
            if len(word) > 2 and word.casefold() not in seen:  # noqa: PLR2004
                seen.add(word.casefold())
                yield word


def _problem(rule: str, sentence: str) -> Problem:
    return Problem(f"letter.{rule}", "The file", f"The file {sentence}", Place("the file"))
