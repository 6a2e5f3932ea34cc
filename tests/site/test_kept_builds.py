"""A build that keeps what it can gives the bytes of one that keeps nothing; whatever was changed before, and how."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from lanes import examples, seed
from mutualaid.adapters.yaml import write_yaml
from mutualaid.site.generator import CompiledTemplates
from site_under_test import ROOT, built, held
from world import World

WORD = "quokkaphone"


class Checkout:
    """A small checkout that is edited at random, with its theme, and the environment of the next build."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.root, self.chance = world, world.root, chance
        self.output, self.environment = world.root / "output", {"MUTUALAID_DOWNLOADS": "none"}
        shutil.copytree(ROOT / "theme", self.root / "theme")
        shutil.copy(ROOT / "pelicanconf.py", self.root)
        world.page("guide/start/first.md", "Begin with [one](entry:groups/ash).\n", shelf=["organizing"])
        for slug in ("ash", "birch", "cedar", "elm"):
            self.entry("groups", slug)
            self.entry("resources", slug)
        steps = [{"title": title, "minutes": 15, "text": "We do it."} for title in ("Begin", "End")]
        world.entry("exercises", "walk", minutes_max=30, steps=steps)

    def entry(self, kind: str, slug: str, **more: object) -> None:
        words = {"title": f"{slug} {kind} {self.chance.random()}", "summary": f"You get {self.chance.random()}."}
        self.world.entry(kind, slug, **{**words, **more})

    def file(self) -> Path:
        return self.chance.choice(sorted((self.root / "submissions").glob("[gr]*/*.yaml")))

    def place(self) -> tuple[str, str]:
        file = self.file()
        return file.parent.name, file.stem

    def page(self) -> Path:
        return self.chance.choice(sorted(self.output.rglob("*.html")))

    def replaced(self, inside: str, words: str) -> None:
        file = self.root / inside
        file.write_text(file.read_text("utf-8").replace(words, f"{words} {self.chance.randrange(9)}", 1), "utf-8")

    def edit_quietly(self) -> None:
        """As many bytes, and the times put back: only the file's own number and its last change say so."""
        file = self.file()
        before, text = file.stat(), file.read_text(encoding="utf-8")
        file.write_text(text.replace("You get 0", f"You get {self.chance.randrange(1, 9)}"), encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    def edit_day(self) -> None:
        day = self.chance.choice(("2026-11-29", "2026-12-03", "2029-01-01"))
        self.environment["SOURCE_DATE_EPOCH"] = str(int(time.mktime(time.strptime(day, "%Y-%m-%d"))) + 43_200)

    def rename(self) -> None:
        file = self.file()
        if file.stem != "ash":  # which a page names
            file.unlink()
            self.entry(file.parent.name, f"renamed-{self.chance.randrange(10**9)}", aliases=[file.stem])

    def delete_and_add(self) -> None:
        file = self.file()
        if file.stem != "ash":
            file.unlink()
        self.entry(file.parent.name, f"new-{self.chance.randrange(10**9)}", about=f"A {WORD}.")

    def retract(self) -> None:
        file = self.file()
        if file.stem != "ash":
            file.write_text(write_yaml({"slug": file.stem, "retracted": "2026-11"}), encoding="utf-8")

    def change_output(self) -> None:
        file = self.page()
        file.write_bytes(file.read_bytes().replace(b"<p", b"<b"))

    def damage_kept(self) -> None:
        for file in (self.root / ".build" / "kept").glob("*.json"):
            file.write_text(self.chance.choice(("[]", "{}", "{")), encoding="utf-8")

    def built(self, output: Path, **more: str) -> dict[str, bytes]:
        return held(built(output, self.root, **{**self.environment, **more}).folder)


def test_what_cannot_be_kept_stops_no_build(tmp_path: Path) -> None:
    """A build beside this one, with other settings, takes away what was compiled for this one."""
    cache = CompiledTemplates(str(tmp_path / "gone"))
    environment = Environment(loader=DictLoader({"a.html": "A page"}), bytecode_cache=cache, autoescape=True)
    assert environment.get_template("a.html").render() == "A page"


EDITS: tuple[Callable[[Checkout], object], ...] = (
    lambda on: on.entry(*on.place()),
    lambda on: on.world.page("guide/start/first.md", f"Words {on.chance.random()}.\n", title=f"A {time.time_ns()}"),
    lambda on: on.replaced("theme/templates/parts/trust.html", "Cite this"),
    lambda on: on.replaced("schemas/groups.schema.yaml", "title: What it is"),
    lambda on: on.world.host(group=f"Group {on.chance.randrange(9)}"),
    lambda on: on.page().unlink(),
    lambda on: on.file().touch(),
    *(Checkout.edit_quietly, Checkout.edit_day, Checkout.rename, Checkout.delete_and_add, Checkout.retract),
    *(Checkout.change_output, Checkout.damage_kept),
)


@pytest.mark.property
def test_what_is_kept_is_what_would_be_made(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    """After each edit; and no word of an entry that was retracted is in anything that is kept."""
    checkout = Checkout(world, random.Random(seed()))  # noqa: S311 - a sample, not a secret
    checkout.built(checkout.output)
    edits = [*EDITS, *(checkout.chance.choice(EDITS) for _ in range(examples(len(EDITS), slow=300) - len(EDITS)))]
    checkout.chance.shuffle(edits)
    for edit in edits[: examples(6, slow=300)]:
        edit(checkout)
        warm = checkout.built(checkout.output)
        cold = tmp_path_factory.mktemp("cold")
        assert warm == checkout.built(cold / "output", MUTUALAID_KEPT=str(cold / "kept")), edit
        shutil.rmtree(cold)
        entries = "".join(file.read_text(encoding="utf-8") for file in (world.root / "submissions").rglob("*.yaml"))
        if WORD not in entries:
            kept = (file.read_bytes() for file in (world.root / ".build").rglob("*") if file.is_file())
            assert not any(WORD.encode() in contents for contents in kept), edit


MEANWHILE = """
from pathlib import Path
from mutualaid.site import generator
def edited(root, read=generator.load_content):
    found, file = read(root), Path(root, "content", "glossary.yaml")
    file.write_text(file.read_text("utf-8").replace("definition: ", "definition: Saved meanwhile. "), "utf-8")
    return found
generator.load_content = edited
"""


def test_what_is_saved_while_a_build_runs_is_shown_by_the_next(world: World) -> None:
    """Even right after it was read: nothing that was made of the older words is taken for the newer ones."""
    checkout = Checkout(world, random.Random(1))  # noqa: S311 - no secret
    settings = (world.root / "pelicanconf.py").read_text(encoding="utf-8")
    world.write("pelicanconf.py", settings + MEANWHILE)
    assert b"Saved meanwhile." not in checkout.built(checkout.output)["glossary/index.html"]
    world.write("pelicanconf.py", settings)
    assert b"Saved meanwhile." in checkout.built(checkout.output)["glossary/index.html"]


@pytest.mark.property
def test_a_build_killed_at_any_instant_leaves_whole_files(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each file is the old one or the new one, no page names a file that isn't there, and the next build is right."""
    chance = random.Random(seed())  # noqa: S311 - a sample, not a secret
    checkout = Checkout(world, chance)
    old = checkout.built(checkout.output)
    before = shutil.copytree(world.root, tmp_path_factory.mktemp("before") / "root", symlinks=True)
    started = time.monotonic()
    world.host(group="Another group")
    new = checkout.built(checkout.output)
    long = time.monotonic() - started
    for _ in range(examples(2, slow=200)):
        for name in ("output", ".build"):
            shutil.rmtree(world.root / name)
            shutil.copytree(before / name, world.root / name)
        command = [sys.executable, "-m", "mutualaid.cli.main", "--root", str(world.root), "site"]
        own = {**os.environ, **checkout.environment, "MUTUALAID_OUTPUT": str(checkout.output)}
        run = subprocess.Popen(
            command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.random() * long)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        left = held(checkout.output)
        assert {path for path, contents in left.items() if contents not in (old.get(path), new.get(path))} == set()
        assert left.keys() >= old.keys() or left.keys() >= new.keys()
        assert checkout.built(checkout.output) == new
        assert not list(world.root.glob(".output-new"))
