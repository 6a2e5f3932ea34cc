"""The sample holds what it must, and is the same each time."""

from sampling import ALL_UP_TO, SAMPLE, chosen, pages_of

MANY = [f"examples/{number}/index.html" for number in range(ALL_UP_TO + 1)]


def test_a_large_site_is_sampled() -> None:
    """Up to the limit all is opened; beyond it the sample, and whatever is a layout or changed."""
    assert chosen(MANY[:-1], (), ()) == sorted(MANY[:-1])
    bare = chosen(MANY, (), ())
    left_out = [page for page in MANY if page not in bare]
    full = chosen(MANY, left_out[:1], [*left_out[1:3], "examples/gone/index.html"])
    assert len(bare) == SAMPLE
    assert set(full) == {*bare, *left_out[:3]}
    assert chosen(list(reversed(MANY)), (), ()) == bare


def test_pages_of_changed_files() -> None:
    """Only entries have pages of their own here."""
    assert pages_of(["submissions/groups/a.yaml", "submissions/README.md", "theme/css/x.css", "tools/a/b.yaml"]) == {
        "groups/a/index.html"
    }
