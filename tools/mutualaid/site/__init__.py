"""The Pelican plugin: entries and pages in, the whole site out. It may use only the flows that load.

What renders text (`text.markdown`) serves downloads too, also in processes of their own. So Pelican is loaded when it
asks for the plugin, and not before.
"""


def register() -> None:
    from pelican import Pelican, signals

    from mutualaid.site.generator import SiteGenerator
    from mutualaid.site.settings import prepare

    def generators(pelican: Pelican) -> type[SiteGenerator]:
        pelican.settings["STATIC_PATHS"] = []
        return SiteGenerator

    signals.initialized.connect(prepare)
    signals.get_generators.connect(generators, weak=False)
