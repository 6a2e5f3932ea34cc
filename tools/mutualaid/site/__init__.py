"""The Pelican plugin: entries and pages in, the whole site out. It may use only the flows that load."""

from typing import Any

from pelican import signals

from mutualaid.site.generator import SiteGenerator


def _generators(_pelican: Any) -> type[SiteGenerator]:
    return SiteGenerator


SIGNALS = ((signals.get_generators, _generators),)


def register() -> None:
    """Connect the plugin's functions to Pelican's signals."""
    for signal, function in SIGNALS:
        signal.connect(function)
