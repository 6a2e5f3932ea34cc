"""The draft page's script: small, and nowhere else."""

import gzip

from site_under_test import BuiltSite

MOST = 10 * 1024


def test_the_script_is_small_and_only_where_it_is_needed(built_site: BuiltSite) -> None:
    """It stays within 10 kB compressed; no page but the drafts asks for it."""
    (script,) = (built_site.folder / "theme" / "js").glob("draft.*.js")
    assert len(gzip.compress(script.read_bytes(), 9)) <= MOST
    asking = [page for page in built_site.pages() if script.name in page.read_text(encoding="utf-8")]
    assert {page.relative_to(built_site.folder).parent.as_posix() for page in asking} == {
        f"contribute/draft/{kind}" for kind in ("examples", "exercises", "groups", "resources")
    }
