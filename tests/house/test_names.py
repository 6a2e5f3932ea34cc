"""A class name means one thing: it's in the package once."""

import ast
from collections import Counter

from world import PROJECT

TOOLS = PROJECT / "tools" / "mutualaid"


def test_a_class_name_is_unique() -> None:
    """Leading underscores make no other name."""
    names = Counter(
        node.name.lstrip("_")
        for file in TOOLS.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []
