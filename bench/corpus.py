"""A made-up corpus for measurements: as many entries as asked, in words that the project's own entries use."""

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("content", "schemas", "submissions", "theme", "pelicanconf.py")
OWN = ("aliases", "superseded_by", "related", "replaces", "no_https")
"""Fields that name one entry, and so can't be said of a copy."""


def make_corpus(root: Path, count: int) -> list[Path]:
    """Copy what a build needs into `root`, and make the real entries up to `count` in all; return their files."""
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / part)
    files = sorted((root / "submissions").glob("*/*.yaml"))
    real = [(file.parent, yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)) for file in files]
    real = [(folder, entry) for folder, entry in real if "title" in entry and "retracted" not in entry]
    sentences = sorted({sentence for _, entry in real for sentence in _sentences(entry)})
    for number in range(count - len(files)):
        folder, entry = real[number % len(real)]
        name = f"made-up-{number}"
        path = folder / f"{name}.yaml"
        path.write_text(
            yaml.dump(_copy(entry, name, number, sentences), Dumper=yaml.CSafeDumper, allow_unicode=True), "utf-8"
        )
        files.append(path)
    return files


def plain_words(files: list[Path]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield each entry's slug, what goes into the head of its page, and its words as Markdown."""
    for file in files:
        entry = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        title = entry.get("title") or entry.get("name") or file.stem
        texts = [text for text in _texts(entry) if " " in text and text != title]
        yield file.stem, {"title": title, "tags": entry.get("topics", [])}, "\n\n".join(texts)


def _copy(entry: dict[str, Any], name: str, number: int, sentences: list[str]) -> dict[str, Any]:
    drawn = random.Random(number)  # noqa: S311 (the same corpus each time)

    def of(value: Any, key: str = "") -> Any:
        match value:
            case dict():
                return {inner: of(each, inner) for inner, each in value.items() if inner not in OWN}
            case list():
                return [of(each, key) for each in value]
            case str() if key in ("url", "doi", "archived"):
                return f"https://example.org/{number}/{drawn.randrange(10**9)}" if key == "url" else value
            case str() if len(value) > 60 and " " in value:
                return " ".join(drawn.sample(sentences, 1 + len(value) // 120))[: len(value)].strip()
        return value

    made: dict[str, Any] = of(entry)
    return {**made, "slug": name, "title": f"{entry['title'][:70]} {number}"}


def _sentences(entry: dict[str, Any]) -> Iterator[str]:
    for text in _texts(entry):
        if len(text) > 200:
            split = re.split(r"(?<=[.!?])\s+|\n\n", text)
            yield from (
                " ".join(one.split()) for one in split if 20 < len(one) < 150 and re.match(r"[A-Z][^|#]+$", one)
            )


def _texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case str():
            yield value
