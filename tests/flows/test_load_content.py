"""Content as a whole: pages, paths, glossary, host and home come together or not at all."""

from mutualaid.adapters.yaml import write_yaml
from mutualaid.flows.load_content import load_content
from world import World, rows_of


def test_whose_words_the_check_for_details_knows(world: World) -> None:
    """An edition that has a site of its own, and never looked through them, is reminded."""
    words = world.root / "schemas" / "identifying-words.yaml"
    as_it_was = words.read_text(encoding="utf-8")
    world.host(site_address="https://aid.example.org")
    for written, told in (("''", 1), ("https://other.example.org", 1), ("https://aid.example.org", 0)):
        words.write_text(as_it_was.replace("for_site: ''", f"for_site: {written}"), encoding="utf-8")
        found = [one for one in load_content(world.root).problems if one.code == "identifying.untouched"]
        assert [(one.place.line, one.is_error) for one in found] == [(4, False)] * told


def test_problems(world: World) -> None:
    before = (world.root / "content/short-edition.yaml").read_text(encoding="utf-8")
    words = {"title": "Short", "for_whom": "For anyone who begins."}
    short = {**words, "pages": ["/about/#nowhere", "/gone/"], "entries": ["groups/gone"]}
    world.write("content/short-edition.yaml", write_yaml(short))
    loaded = load_content(world.root)
    assert loaded.content is None
    assert [one.message for one in loaded.problems if one.is_error] == rows_of("problems", "short_edition")
    world.write("content/short-edition.yaml", before)
    world.page("about/other.md", address="/about/")
    world.page("guide/bare.md", promise=None)
    world.write("content/guide/words.md", "Words.\n")
    world.path("new-here", "/about/", "/gone/")
    world.path("nowhere")
    (world.root / "content/glossary.yaml").unlink()
    world.write("content/home.yaml", "headline: 'Home\n")
    loaded = load_content(world.root)
    assert loaded.content is None
    found = [[one.place.file.removeprefix("content/"), one.place.line, one.code] for one in loaded.problems]
    assert found == rows_of("problems", "content")
    said = {one.code: one.message for one in loaded.problems}
    assert said["address.taken"].startswith("Address /about/ is taken by content/about/index.md. Give one of the two")
    assert said["pages.no-such-page"] == "Pages 2 must be the address of a page. No page has the address /gone/."
