"""`mutualaid new`, `retire`, `retract` as they are typed: what goes to which stream, exit statuses, nothing lost."""

import io
import re
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from desk import git, with_remote
from forms_under_test import letter_text
from mutualaid.cli.main import main
from mutualaid.cli.terminal import BROKEN, FINE, PROBLEMS
from mutualaid.core.entries.removal_code import Code, opens, read_code
from world import World, document_of, rows_of

ENTRY = "submissions/examples/a-jar-for-the-late-bus.yaml"


class Desk:
    """The command, in a checkout, with what is typed."""

    def __init__(self, world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.world, self.capsys, self.monkeypatch = world, capsys, monkeypatch
        self.out = self.err = ""

    def run(self, *arguments: str, typed: str | bytes = "", is_terminal: bool = False) -> int:
        raw = typed if isinstance(typed, bytes) else typed.encode()
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        self.monkeypatch.setattr(sys.stdin, "isatty", lambda: is_terminal)
        status = main(["--root", str(self.world.root), *arguments])
        self.out, self.err = self.capsys.readouterr()
        return status

    def letter(self, text: str | bytes, name: str = "letter.txt") -> str:
        file = self.world.root.parent / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(file)

    def files(self) -> list[str]:
        return sorted(file.relative_to(self.world.root).as_posix() for file in self.world.root.rglob("submissions/*/*"))

    def code(self) -> Code:
        (line,) = re.findall(r"^ {4}(examples/.*)$", self.err, re.MULTILINE)
        code = read_code(line)
        assert isinstance(code, Code)
        return code


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "house").mkdir()
    return Desk(World.made_in(tmp_path / "house"), capsys, monkeypatch)


def test_written(desk: Desk) -> None:
    """Without a terminal nobody is asked: the YAML is shown, written, and the code told once, on standard error."""
    assert desk.run("new", "examples", "--from", desk.letter(letter_text())) == FINE
    assert desk.files() == [ENTRY]
    text = (desk.world.root / ENTRY).read_text(encoding="utf-8")
    kept = document_of(text).value["retraction"]
    assert opens(desk.code().secret, kept) and desk.code().secret.hex() not in text
    assert text.startswith(f"# yaml-language-server: $schema=../../schemas/examples.schema.yaml\n{desk.out}")
    assert f"Written: {ENTRY}. Nothing has left this computer yet." in desk.err
    first = desk.code().secret
    assert desk.run("new", "examples", "--from", desk.letter(letter_text(title="A jar for the early bus"))) == FINE
    assert "entry.near-duplicate: warning: " in desk.err
    assert desk.code().secret != first
    assert desk.run("new", "examples", "--no-code", "--from", desk.letter(letter_text(title="A lamp"))) == FINE
    assert "retraction" not in (desk.world.root / "submissions/examples/a-lamp.yaml").read_text(encoding="utf-8")
    assert "code" not in desk.err
    assert desk.run("check") == FINE


def test_dry_run(desk: Desk) -> None:
    assert desk.run("new", "examples", "--from", desk.letter(letter_text()), "--dry-run") == FINE == 0
    assert document_of(desk.out).value["intake"] == {"channel": "offline"}
    assert "retraction" not in desk.out
    assert desk.err == "A removal code is made when the entry is written, and not in a dry run.\n"
    letter = desk.letter(f"Hi!\n\n{letter_text(size_band='Huge')}")
    assert desk.run("new", "examples", "--from", letter, "--dry-run") == PROBLEMS == 1
    assert "size_band" not in document_of(desk.out).value
    line = letter_text().split("\n").index("Size of the workplace: Under 20 people") + 3
    said = f"{letter}:{line}:1: size-band.not-in-list: Size of the workplace must be one of the form's choices:"
    assert said in desk.err and "Nothing was written. Fix what is named above" in desk.err
    assert desk.files() == []
    assert desk.run("new", "example", "--from", "-", "--dry-run", typed=letter_text()) == FINE
    assert desk.out.startswith("slug: a-jar-for-the-late-bus\n")
    assert desk.run("new", "example", "--from", "-", typed="Hello") == PROBLEMS
    assert desk.err.startswith("standard input:1:1: form.no-question: ")


def test_a_mail(desk: Desk) -> None:
    """Headers, attachments and the signature are left behind and told; the sender's name in the story is a hint."""
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "Ulla Ek <ulla.ek@work.example>", "<1@laptop.work.example>"
    mail["X-Mailer"] = "Mailer 1.0"
    story = letter_text(what_was_done="Ulla bought a jar, and we filled it.")
    mail.set_content(f"Hello,\n\n{story}\n\n-- \nUlla Ek\nDesk 4\n")
    mail.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="ulla.jpg")
    assert desk.run("new", "examples", "--from", desk.letter(mail.as_bytes(), "a.eml")) == FINE
    text = (desk.world.root / ENTRY).read_text(encoding="utf-8")
    assert not any(word in text for word in ("work.example", "Mailer", "laptop", "jpg", "Desk 4", "Ek"))
    assert desk.err.startswith(
        "Left out:\n- 5 headers: who sent it, to whom, when, and its numbers.\n- 1 attached or embedded file, with the "
        "name. Where answers are in them, copy the words into a plain text file.\n"
        "- 3 lines of a signature.\n- 1 line above the first question.\n\n"
    )
    assert "identifying.sender: warning: What was done may point to somebody: 'Ulla'" in desk.err
    assert "laptop" not in desk.err


HOSTILE = {
    "deep": b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\nFrom: a@b.example\n" * 2000,
    "odd header": b"From: =?x?b?!?=\nContent-Type: ;;;\nContent-Transfer-Encoding: x\n\nTitle: \xff",
    "escapes": b"From: a@b.example\n\nTitle: \x1b]0;owned\x07\x1b[2J A jar\n",
    "five megabytes": b"Title: " + b"x" * 5_000_000,
    "a thousand questions": b"Title: a\n" * 1000,
    "surrogates": "Title: \ud800".encode("utf-8", "surrogatepass"),
    "bidi": "Title: A jar \u202e of coins".encode(),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_hostile_letters(desk: Desk, raw: bytes, name: str) -> None:
    assert desk.run("new", "examples", "--from", desk.letter(raw, name)) == PROBLEMS
    assert "Nothing was written." in desk.err
    assert "\x1b" not in desk.out + desk.err and "\u202e" not in desk.out + desk.err
    assert desk.files() == []


@pytest.mark.parametrize(("arguments", "said"), rows_of("misuse", "offline"))
def test_misuse(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    assert desk.run(*arguments) == BROKEN == 2
    assert said in desk.err
    assert desk.out == ""


def test_sent(desk: Desk) -> None:
    """The entry goes to a branch that tells nothing; here no file is left, and the limits of it are said."""
    remote = desk.world.root.parent / "remote.git"
    with_remote(desk.world.root, remote)
    assert desk.run("new", "examples", "--send", "--from", desk.letter(letter_text())) == FINE
    (branch,) = re.findall(r"^Sent on the branch (submission/offline-[0-9a-f]{16})\.", desk.err, re.MULTILINE)
    shown = git(remote, "show", "--format=%an %cn %s", branch)
    nobody = "Editors Editors"
    assert shown.startswith(f"{nobody} Offer an entry that came in without an account\n")
    assert f"+++ b/{ENTRY}\n" in shown
    assert desk.code().slug == "a-jar-for-the-late-bus"
    assert "GitHub still shows in its activity log that your account pushed the branch." in desk.err
    assert desk.files() == []


def test_sending_that_fails_loses_nothing(desk: Desk) -> None:
    """Where the remote refuses, the entry is written here, and the code is still told."""
    remote = desk.world.root.parent / "remote.git"
    with_remote(desk.world.root, remote)
    (remote / "hooks").mkdir(exist_ok=True)
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert desk.run("new", "examples", "--send", "--from", desk.letter(letter_text())) == BROKEN
    assert "git push did not work" in desk.err
    assert f"So that nothing is lost: Written: {ENTRY}." in desk.err
    assert opens(desk.code().secret, document_of((desk.world.root / ENTRY).read_text()).value["retraction"])


def test_retire_and_retract(desk: Desk) -> None:
    for name in ("fund", "other"):
        desk.world.entry("groups", name)
    desk.world.page("guide/start/first.md", body="See [it](entry:groups/other).\n")
    arguments = ("retire", "groups/fund", "--why", "It has closed", "--replaced-by", "other")
    assert desk.run(*arguments) == FINE
    assert desk.err.startswith("submissions/groups/fund.yaml is marked as retired.")
    assert desk.run(*arguments) == FINE
    assert desk.err == "submissions/groups/fund.yaml says so already. Nothing was changed.\n"
    assert desk.run("retire", "groups/other", "--why", "") == PROBLEMS
    assert desk.err.endswith("Nothing was changed.\n")
    assert desk.run("retract", "groups/fund") == FINE
    for part in ("the history of this repository", "forks and clones", "web archives", "docs/runbook.md"):
        assert part in desk.err
    assert (desk.world.root / "submissions/groups/fund.yaml").read_text().startswith("slug: fund\nretracted: ")
    assert desk.run("retract", "groups/fund") == FINE
    assert "says so already" in desk.err
    assert desk.run("retract", "groups/other", "--with-address") == PROBLEMS  # until what names it is fixed
    assert "submissions/groups/other.yaml is deleted." in desk.err
    assert "content/guide/start/first.md:5:1: entry.still-named: " in desk.err
    assert desk.files() == ["submissions/groups/fund.yaml"]


@pytest.mark.parametrize("way", ["argument", "typed", "short"])
def test_retract_by_code(desk: Desk, way: str) -> None:
    """The code that was printed takes the entry away: as an argument, typed when asked, or without the name."""
    assert desk.run("new", "examples", "--from", desk.letter(letter_text())) == FINE
    (code,) = re.findall(r"^ {4}(examples/.*)$", desk.err, re.MULTILINE)
    short = ("examples/a-jar-for-the-late-bus", "--code", code.partition(": ")[2])
    arguments = {"argument": ("--code", code), "typed": ("--code",), "short": short}[way]
    assert desk.run("retract", *arguments, typed=f"{code}\n") == FINE
    assert set(document_of((desk.world.root / ENTRY).read_text()).value) == {"slug", "retracted"}
    assert desk.run("retract", "--code", code[:-1]) == PROBLEMS
    assert "code.wrong-length" in desk.err


@pytest.mark.parametrize(("typed", "status"), [("yes\n", FINE), ("no\n", PROBLEMS), ("", PROBLEMS), ("--yes", FINE)])
def test_a_letter_at_a_terminal(desk: Desk, typed: str, status: int) -> None:
    letter = desk.letter(letter_text())
    is_sure = typed == "--yes"
    assert desk.run("new", "examples", "--from", letter, *["--yes"] * is_sure, typed=typed, is_terminal=True) == status
    assert "channel: offline" in desk.out and ("Write it? Type yes or no: " in desk.err) is not is_sure
    assert ("The removal code" if status == FINE else "Nothing was written.") in desk.err
    assert desk.files() == ([ENTRY] if status == FINE else [])
