"""axe-core, run on an open page: WCAG 2.2 A and AA, AAA, and best practice, no rule off and no element left out."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations_on(page: Page) -> list[str]:
    """Return each violation that axe finds on the page as it is now: rule, what it asks, the element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{each['id']}: {each['help']}: {node['target']} {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
