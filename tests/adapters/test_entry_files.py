"""Folders of entries, and files that are no text at all."""

from pathlib import Path

import pytest

from mutualaid.adapters.entry_files import MAX_BYTES, entry_files, read_bytes, read_entry, stray_files
from world import told

OF_GROUPS = ("a.YAML", "a.yml", "deep/a.yaml", "folder.yaml/x.txt")


def test_the_largest_file(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    assert read_entry(file, "a.yaml").document is not None
    file.write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    said = "The file is 65,537 bytes long; an entry may have 65,536. Shorten it, or split it into two entries."
    assert told(read_entry(file, "a.yaml").problems) == [f"1:1 file.too-large {said}"]


@pytest.mark.parametrize(
    ("raw", "place", "byte"),
    [
        (b"\xff", "1:1", "ff"),
        (b"a: x\nb: caf\xe9\n", "2:7", "e9"),
        ("a: é€x".encode() + b"\x80", "1:7", "80"),
        ("a: é\nb: €".encode() + b"\xc3(", "2:5", "c3"),
        (b"a: \xed\xa0\x80", "1:4", "ed"),
        ("a: x".encode("utf-16"), "1:1", "ff"),
    ],
    ids=["first byte", "Latin-1", "after longer characters", "half a character", "surrogate", "UTF-16"],
)
def test_bytes_that_are_no_text(raw: bytes, place: str, byte: str) -> None:
    """The place is that of the first wrong byte, counted in characters."""
    cure = "Save the file again with the encoding UTF-8, and look at the letters around this place."
    said = f"{place} file.not-utf-8 The byte 0x{byte} here is not UTF-8 text. {cure}"
    assert told(read_bytes(raw, "a.yaml").problems) == [said]


def test_entries_and_strays(tmp_path: Path) -> None:
    names = ("groups/b.yaml", "groups/a.yaml", "examples/c.yaml", "README.md", "groups/.gitkeep")
    strays = ["a.yaml", *(f"groups/{name}" for name in OF_GROUPS), "other/a.yaml"]
    for name in (*names, *strays):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a: b\n")
    kinds = ("groups", "examples", "gone")
    found = [(kind, file.relative_to(tmp_path).as_posix()) for kind, file in entry_files(tmp_path, kinds)]
    assert found == [("groups", "groups/a.yaml"), ("groups", "groups/b.yaml"), ("examples", "examples/c.yaml")]
    assert sorted(file.relative_to(tmp_path).as_posix() for file in stray_files(tmp_path, kinds)) == strays
    assert stray_files(tmp_path / "gone", kinds) == ()
    (tmp_path / "secret.txt").write_text("a: b\n")
    folder = tmp_path / "submissions" / "groups"
    folder.mkdir(parents=True)
    for name, target in (("a.yaml", "secret.txt"), ("b.yaml", "gone.yaml"), ("c", "")):
        (folder / name).symlink_to(tmp_path / target)
    assert list(entry_files(folder.parent, ("groups",))) == []
    assert stray_files(folder.parent, ("groups",)) == (folder / "a.yaml", folder / "b.yaml", folder / "c")
