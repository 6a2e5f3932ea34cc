"""Pagefind beside us: equal documents give equal bytes, and what is gone from the documents is gone from the index."""

import gzip
import sys
from pathlib import Path

import pytest

from mutualaid.adapters.pagefind import index_documents
from mutualaid.errors import BrokenHouse

PAGE = '<!doctype html><html lang="en"><body><main data-pagefind-body><h1>{0}</h1><p>{0}</p></main></body></html>'
DOCUMENTS = {"000000.html": PAGE.format("quetzal"), "000001.html": PAGE.format("ptarmigan")}


def _holds(files: dict[str, bytes], word: bytes) -> bool:
    return any(word in gzip.decompress(contents) for name, contents in files.items() if name.endswith(".pf_index"))


def test_equal_documents_give_equal_bytes(tmp_path: Path) -> None:
    """Two indexes of the same documents, made apart, are the same; so is one handed out again."""
    first, second = index_documents(DOCUMENTS, tmp_path / "one"), index_documents(DOCUMENTS, tmp_path / "two")
    assert first == second == index_documents(DOCUMENTS, tmp_path / "one")
    files, ids = first
    assert set(ids) == set(DOCUMENTS) and len(set(ids.values())) == len(ids)
    assert {"pagefind.js", "wasm.en.pagefind", "pagefind-entry.json"} <= set(files)
    assert not [name for name in files if "ui" in name or "fragment" in name or "highlight" in name]


def test_what_is_gone_leaves_nothing(tmp_path: Path) -> None:
    """A document taken out is neither in the index nor in what is kept for the next build."""
    files, _ = index_documents(DOCUMENTS, tmp_path / "kept")
    assert _holds(files, b"quetzal")
    files, ids = index_documents({"000001.html": DOCUMENTS["000001.html"]}, tmp_path / "kept")
    assert list(ids) == ["000001.html"] and _holds(files, b"ptarmigan") and not _holds(files, b"quetzal")
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_a_program_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told with a cure, and nothing half made is kept."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(BrokenHouse, match=r"could not be made\. Run \.ci/set-up site again"):
        index_documents(DOCUMENTS, tmp_path / "kept")
    assert list(tmp_path.rglob("ids.json")) == []
