"""What each page's content security policy lets run: the site's own scripts, and no others."""

import re

from lxml import html

from site_under_test import BuiltSite

ALLOWED = {"'self'", "'wasm-unsafe-eval'"}


def test_only_own_scripts_may_run(built_site: BuiltSite) -> None:
    """No inline script, no `eval`, no other site, no form that sends; what is not named is forbidden."""
    faults = []
    for page in built_site.pages():
        (policy,) = html.parse(page).getroot().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        rules = {name: set(sources.split()) for name, sources in re.findall(r"([a-z-]+) ([^;]+)", policy)}
        is_strict = rules["default-src"] == {"'none'"} == rules["form-action"] == rules["base-uri"]
        if not is_strict or not rules["script-src"] <= ALLOWED:
            faults.append(f"{page.relative_to(built_site.folder)}: {policy}")
    assert faults == []
