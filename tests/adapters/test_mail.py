"""Letters: plain texts in every encoding, and mails, hostile ones too. Words stay; the sender does not."""

import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lanes import examples
from mutualaid.adapters.mail import MAX_BYTES, MAX_TEXT, PASTE, letter_from, read_letter, text_of_html
from mutualaid.core.entries.problem import Problem
from mutualaid.core.forms.mail_text import Letter
from world import rows_of

WORDS = "Title: A jar of coins\nIt says “café”."


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {**rows_of("mail", "sender"), **headers}.items():
        message[name] = value
    return message


def read(raw: bytes) -> Letter:
    letter = letter_from(raw, is_mail=True)
    assert isinstance(letter, Letter), letter
    return letter


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "mac-roman"])
def test_encodings(cte: str, charset: str) -> None:
    message = mail()
    message.set_content(WORDS, charset=charset, cte=cte)
    assert read(message.as_bytes()).text.strip() == WORDS


def test_parts() -> None:
    html, both = mail(), mail()
    words = '<p>Title: A jar<a href="https://www.example.org/a"></a><img src="https://t.example/1.gif"></p>'
    html.set_content(words, subtype="html")
    both.set_content("Title: plain")
    both.add_alternative("<p>Title: html</p>", subtype="html")
    assert read(html.as_bytes()).text == "Title: A jar"
    assert read(html.as_bytes()).left_out[1:] == ("1 address behind words. Write out those that matter.",)
    assert read(both.as_bytes()).text.strip() == "Title: plain"
    message = mail()
    message.set_content(WORDS)
    message.add_attachment(bytes(5_000_000), maintype="image", subtype="jpeg", filename="Jane-at-work.jpg")
    message.add_attachment(mail(From="Inner Person <inner@mail.example>"))
    letter = read(message.as_bytes())
    assert letter.text.strip() == WORDS
    assert letter.left_out[1].startswith("1 attached or embedded file, with the name. Where answers are in them, copy")
    assert "Jane" not in " ".join(letter.left_out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_texts(encoding: str) -> None:
    letter = letter_from(WORDS.encode(encoding))
    assert isinstance(letter, Letter)
    assert letter.text == WORDS
    assert bool(letter.left_out) == (encoding == "cp1252")


NO_WORDS = {
    **dict.fromkeys((b"", b" \n\t\n", b"From: a@b.example\nTo: b@b.example\n\n"), "empty"),
    b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n": "empty",
    b"From: a@b.example\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n!!!!": "empty",
    b"From: a@b.example\nContent-Type: text/html\n\n<img>": "empty",
    b"From: a@b.example\nTo: b@b.example\n\n" + b"x" * (MAX_TEXT + 1): "too-long",
    b"x" * (MAX_TEXT + 1): "too-long",
    **dict.fromkeys(
        (b"PK\x03\x04 a document", b"%PDF-1.7", b"{\\rtf1 a}", b"Title: \x00", b"\x89PNG\r", b"\xff\xd8\xff\xe0"),
        "no-text",
    ),
}


@pytest.mark.parametrize(("raw", "code"), NO_WORDS.items(), ids=lambda given: str(given)[:40])
def test_no_words(raw: bytes, code: str) -> None:
    for is_mail in (False, True) if raw.startswith(b"From") else (False,):
        problem = letter_from(raw, is_mail=is_mail)
        assert isinstance(problem, Problem) and problem.code == f"letter.{code}"
        assert code == "too-long" or problem.message.endswith(PASTE)


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    with file.open("wb") as opened:
        opened.truncate(MAX_BYTES + 1)
    problem = read_letter(file)
    assert isinstance(problem, Problem) and problem.code == "letter.too-large"
    message = mail()
    message.set_content(WORDS)
    letter = letter_from(message.as_bytes())
    assert isinstance(letter, Letter) and letter.text.strip() == WORDS
    plain = letter_from(b"Title: From: here to there\n\nDate: none\n")
    assert isinstance(plain, Letter) and plain.text.startswith("Title: From")


PIECES = (
    *(b"From: ", b"Reply-To: =?utf-8?q?=FF?=", b"=?xx?b?!?=", b"Content-Type: ", b"text/plain; charset*=x'y'%ff"),
    *(b"message/rfc822", b"multipart/mixed; boundary=a", b"--a\n", b"--a--", b"text/html", b"<p>", b"\xff\xfe\x00"),
    *(b"Content-Disposition: ;;=", b"Content-Transfer-Encoding: base64", b"x-uuencode", b"quoted-printable", b"=ZZ"),
    *(b"begin 644 x\n#86)C\n`\nend", b"\n", b"\n\n"),
)


@settings(max_examples=examples(300, slow=100_000), deadline=None)
@given(st.one_of(st.binary(), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)), st.booleans())
def test_any_bytes(raw: bytes, is_mail: bool) -> None:
    letter = letter_from(raw, is_mail=is_mail)
    assert isinstance(letter, Problem) or letter.text.strip()


PAGES = rows_of("mail", "html")


@pytest.mark.parametrize(("html", "text"), PAGES.values(), ids=PAGES.keys())
def test_what_html_says(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize("seed", ["<!--", "<a ", "<", "<div>", "&", "<p '", "<script>", "</script", "<br>"])
def test_no_html_makes_it_slow(seed: str) -> None:
    spent = []
    for count in (5_000, 50_000):
        started = time.process_time()
        text_of_html(seed * count)
        spent.append(time.process_time() - started)
    assert spent[1] < 40 * max(spent[0], 0.01)


@pytest.mark.parametrize("header", ["From", "Reply-To", "Sender", "Return-Path", "X-Original-From", "X-Sender"])
def test_whoever_sent_it_is_looked_for(header: str) -> None:
    """By whichever header a program names them, and in their letters too; a text may be as long as its limit."""
    letter = read(f"{header}: Kím Poe <kim@mail.example>\n\n{'x' * MAX_TEXT}".encode())
    assert letter.people == ("Kím Poe", "kim@mail.example", "Kím", "Poe")
