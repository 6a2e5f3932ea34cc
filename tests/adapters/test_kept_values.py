"""A value is kept where its key is asked for again, and under no other stamp; damage costs only time."""

from pathlib import Path

import pytest

from mutualaid.adapters.kept_values import KeptValues


def test_only_what_was_asked_for_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "values.json"
    first = KeptValues(file, "one")
    old, new = first.key_of("a", b"old"), first.key_of("a", b"new")
    first.now |= {old: {"title": "Old"}, new: ["New", 1, True]}
    first.save()
    second = KeptValues(file, "one")
    assert second.find(new) == ["New", 1, True] and second.find(second.key_of("b", b"new")) is None
    second.save()
    assert b"Old" not in file.read_bytes() and KeptValues(file, "one").find(new) == ["New", 1, True]
    other = KeptValues(file, "two")
    assert other.find(other.key_of("a", b"new")) is None


@pytest.mark.parametrize("damage", ["", "{", "[]", "[1]", "null", "\ud800"])
def test_damage_costs_only_time(damage: str, tmp_path: Path) -> None:
    file = tmp_path / "values.json"
    file.write_bytes(damage.encode("utf-8", "surrogatepass"))
    for place in (file, tmp_path, file / "no-folder", None):
        kept = KeptValues(place, "one")
        assert kept.find("any") is None
        kept.now["any"] = 1
        kept.save()
    assert KeptValues(file, "one").find("any") == 1
