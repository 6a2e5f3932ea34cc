"""docs/licences.md names every pinned package of the build, in its version, with a license and a reason."""

import re

from world import PROJECT

ROW = re.compile(r"^\| ([a-z0-9.-]+) \| ([0-9][^ |]*) \| ([^|]+) \| ([^|]+) \|$", re.M)
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.M)


def test_every_pinned_package_has_its_row() -> None:
    """The table and the lock file name the same packages in the same versions."""
    rows = ROW.findall((PROJECT / "docs" / "licences.md").read_text(encoding="utf-8"))
    pins = PIN.findall((PROJECT / "requirements" / "site.txt").read_text(encoding="utf-8"))
    assert len(pins) > 40
    assert [(name, version) for name, version, _, _ in rows] == sorted(pins)
    assert all(licence.strip() and reason.strip() for _, _, licence, reason in rows)
