"""Fixtures that several rooms share."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from lanes import examples, seed
from site_under_test import BuiltSite, browser_program, build, show
from world import HOST, World, checkout_of

BUILDS = {"built_site", "shut_site", "open_site", "browser"}

settings.register_profile("lane", max_examples=examples(100), deadline=None)
settings.load_profile("lane")

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Seed the property tests with the commit, unless a seed is given by hand."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = seed()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what tries many examples, for `make test-slow`, and what builds a site, which `make quick` passes over."""
    if BUILDS.intersection(getattr(item, "fixturenames", ())):
        item.add_marker("builds")
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("property")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    yield from _run_by(tmp_path_factory.mktemp("site"), None)


@pytest.fixture(scope="session")
def shut_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    yield from _run_by(tmp_path_factory.mktemp("shut"), {})


@pytest.fixture(scope="session")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    yield from _run_by(tmp_path_factory.mktemp("open"), HOST)


def _run_by(root: Path, host: Mapping[str, str] | None) -> Iterator[BuiltSite]:
    if host is None:
        run = build(root / "output")
    else:
        run = build(root / "output", checkout_of(root, **host), MUTUALAID_DOWNLOADS="none")
    assert run.returncode == 0, run.stderr
    server, address = show(root / "output")
    yield BuiltSite(root / "output", address)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for the whole run. A missing browser fails the test; it never skips."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=browser_program(), args=list(QUIET))
        yield program
        program.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.made_in(tmp_path)
