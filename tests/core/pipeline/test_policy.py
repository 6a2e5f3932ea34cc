"""The fence, who may approve, and the owners of code, all from one file."""

import pytest

from mutualaid.core.pipeline.policy import code_owners
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.make_forms import code_owners_out_of_step
from situations import POLICY
from world import PROJECT, real_kinds

PATHS = [
    ("submissions/examples/a.yaml", ("examples", "a")),
    ("submissions/examples/a.yml", None),
    ("submissions/examples/.yaml", None),
    ("submissions/examples/.a.yaml", None),
    ("submissions/examples/../groups/a.yaml", None),
    ("submissions//examples/a.yaml", None),
    ("./submissions/examples/a.yaml", None),
    ("submissions/others/a.yaml", None),
    ("Submissions/examples/a.yaml", None),
    ("x/submissions/examples/a.yaml", None),
    ("submissions/examples/a/b.yaml", None),
    ("submissions/examples/a.yaml/", None),
    ("", None),
]


@pytest.mark.parametrize(("path", "place"), PATHS)
def test_the_fence(path: str, place: tuple[str, str] | None) -> None:
    """Exactly the file of an entry is inside."""
    assert POLICY.entry_at(path) == place


def test_the_projects_policy() -> None:
    """It can be read, and asks for as much as this house promises."""
    policy = load_policy(PROJECT)
    assert policy.approver_permission == "write" and not policy.sole_maintainer
    assert policy.requests_a_run <= 450 and policy.notices_a_run < 80
    assert policy.path_of("groups", "a") == "submissions/groups/a.yaml"


def test_code_owners_come_from_the_policy() -> None:
    """Every line below the fence is for a kind, and the file that stands there is the one that is made."""
    assert code_owners_out_of_step(PROJECT) == (), "Run: mutualaid forms"
    text = code_owners(load_policy(PROJECT, real_kinds()))
    lines = [line.split()[0] for line in text.splitlines() if not line.startswith("#")]
    assert lines == ["*", *(f"/submissions/{kind}/" for kind in real_kinds())]
