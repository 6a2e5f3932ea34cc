"""Who may approve, and the owners of code, from one file; test_merge_rule.py has the fence."""

from mutualaid.core.pipeline.policy import code_owners
from mutualaid.flows.load_checkout import load_policy
from mutualaid.flows.make_forms import code_owners_out_of_step
from world import PROJECT, real_kinds


def test_the_projects_policy() -> None:
    """It asks for as much as we promise; below the fence each kind has its owners, in the file that is made of it."""
    policy = load_policy(PROJECT)
    assert policy.approver_permission == "write" and not policy.sole_maintainer
    assert policy.requests_a_run <= 450 and policy.notices_a_run < 80
    assert policy.path_of("groups", "a") == "submissions/groups/a.yaml"
    assert code_owners_out_of_step(PROJECT) == (), "Run: mutualaid forms"
    text = code_owners(load_policy(PROJECT, real_kinds()))
    lines = [line.split()[0] for line in text.splitlines() if not line.startswith("#")]
    assert lines == ["*", *(f"/submissions/{kind}/" for kind in real_kinds())]
