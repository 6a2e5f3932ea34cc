"""The behaviour list: every rule of the stand-in is shown to hold, and the test that shows it fails without the rule."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import behaviours_access
import behaviours_git
import behaviours_issues
import behaviours_pulls
import pytest
from github import GithubException

from mutualaid.rehearsal.rules import RULES
from mutualaid.rehearsal.standin import Refusal, StandIn

Behaviour = Callable[[StandIn], None]
MODULES = (behaviours_access, behaviours_git, behaviours_issues, behaviours_pulls)


def _behaviours(module: ModuleType) -> Iterator[tuple[str, Behaviour]]:
    for name, function in vars(module).items():
        if callable(function) and function.__module__ == module.__name__ and name.replace("_", "-") in RULES:
            yield name.replace("_", "-"), function


BEHAVIOURS = {name: behaviour for module in MODULES for name, behaviour in _behaviours(module)}


def test_every_rule_has_its_behaviour() -> None:
    assert BEHAVIOURS.keys() == RULES.keys()


def test_every_rule_has_a_sentence_and_a_reference() -> None:
    for rule in RULES.values():
        assert rule.says.endswith("."), rule.name
        assert rule.reference.startswith("https://docs.github.com/") or " " in rule.reference, rule.name


@pytest.mark.parametrize("name", RULES)
def test_rule_holds(name: str, tmp_path: Path) -> None:
    with StandIn(tmp_path) as standin:
        BEHAVIOURS[name](standin)


@pytest.mark.parametrize("name", RULES)
def test_without_the_rule_its_test_fails(name: str, tmp_path: Path) -> None:
    with (
        StandIn(tmp_path, off={name}) as standin,
        pytest.raises((AssertionError, pytest.fail.Exception, GithubException, Refusal)) as failure,
    ):
        BEHAVIOURS[name](standin)
    assert 500 not in {status for _, _, status in standin.log}, failure.value


def test_an_unknown_rule_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no-such-rule"):
        StandIn(tmp_path, off={"no-such-rule"})
