"""Fixtures that several rooms share."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from desk import Desk, desk_in
from lanes import examples, seed
from site_under_test import QUIET, ROOT, BuiltSite, browser_program, built, show
from world import HOST, World, checkout_of

settings.register_profile("lane", max_examples=examples(100), deadline=None)
settings.load_profile("lane")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Seed the property tests with the commit, unless a seed is given by hand."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = seed()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what tries many examples, for `make test-slow`, and what builds a site, which `make quick` passes over."""
    if {"built_site", "shut_site", "open_site", "browser"}.intersection(getattr(item, "fixturenames", ())):
        item.add_marker("builds")
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("property")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """For `make attacks`: each family is a file, by its first line; what was tried in it, and how much was caught."""
    if not os.environ.get("MUTUALAID_ATTACKS"):
        return
    caught = Counter(report.fspath for report in terminalreporter.stats.get("passed", ()))
    tried = caught + Counter(report.fspath for report in terminalreporter.stats.get("failed", ()))
    for file, count in sorted(tried.items()):
        family = (ROOT / file).read_text(encoding="utf-8").partition("\n")[0].strip('"')
        terminalreporter.write_line(f"{count:5} tried {caught[file]:5} caught  {family}")
    terminalreporter.write_line(f"{tried.total():5} tried {caught.total():5} caught  in {len(tried)} families")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    yield from _shown(tmp_path_factory.mktemp("site") / "output")


@pytest.fixture(scope="session")
def shut_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    root = tmp_path_factory.mktemp("shut")
    yield from _shown(root / "output", checkout_of(root), MUTUALAID_DOWNLOADS="none")


@pytest.fixture(scope="session")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The pages of a copy that takes forms, mail and paper, has an address, and was looked at last on a day."""
    own = {"MUTUALAID_SITE_ADDRESS": "https://example.org/guide", "MUTUALAID_LAST_SWEEP": "2027-03-04"}
    root = tmp_path_factory.mktemp("open")
    yield from _shown(root / "output", checkout_of(root, **HOST), MUTUALAID_DOWNLOADS="none", **own)


def _shown(output: Path, root: Path = ROOT, **environment: str) -> Iterator[BuiltSite]:
    built(output, root, **environment)
    with show(output) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for the whole run. A missing browser fails the test; it never skips."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser_program(), args=QUIET.split())
        yield program
        program.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.made_in(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "desk") as found:
        yield found
