"""The behaviour list: every rule of the stand-in is shown to hold; without it, the test that shows it fails."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from github import GithubException

from mutualaid.rehearsal.rules import RULES
from mutualaid.rehearsal.standin import Refusal, StandIn

Behaviour = Callable[[StandIn], None]
NAMES = tuple(f"rehearsal.behaviours_{room}" for room in ("access", "git", "issues", "pulls"))
# Before they are imported, so that their assertions say what differed.
pytest.register_assert_rewrite(*NAMES)


def _behaviours(module: ModuleType) -> Iterator[tuple[str, Behaviour]]:
    for name, function in vars(module).items():
        if name.replace("_", "-") in RULES:
            yield name.replace("_", "-"), function


BEHAVIOURS = {name: behaviour for each in NAMES for name, behaviour in _behaviours(import_module(each))}


def test_every_rule_has_its_behaviour() -> None:
    """The list of behaviours and the table of rules name the same."""
    assert BEHAVIOURS.keys() == RULES.keys()


def test_every_rule_has_a_sentence_and_a_reference() -> None:
    """A reference is a page of GitHub's documentation, or says in plain words where the rule was seen."""
    for rule in RULES.values():
        assert rule.says.endswith("."), rule.name
        assert rule.reference.startswith("https://docs.github.com/") or " " in rule.reference, rule.name


@pytest.mark.parametrize("name", RULES)
def test_rule_holds(name: str, tmp_path: Path) -> None:
    """The behaviour is there."""
    with StandIn(tmp_path) as standin:
        BEHAVIOURS[name](standin)


@pytest.mark.parametrize("name", RULES)
def test_without_the_rule_its_test_fails(name: str, tmp_path: Path) -> None:
    """Switched off, the rule is missed, and the stand-in still answers in the described shapes."""
    with (
        StandIn(tmp_path, off={name}) as standin,
        pytest.raises((AssertionError, pytest.fail.Exception, GithubException, Refusal)) as failure,
    ):
        BEHAVIOURS[name](standin)
    assert 500 not in {status for _, _, status in standin.log}, failure.value


def test_an_unknown_rule_is_told(tmp_path: Path) -> None:
    """A misspelt rule cannot pass for one that is switched off."""
    with pytest.raises(KeyError, match="no-such-rule"):
        StandIn(tmp_path, off={"no-such-rule"})
