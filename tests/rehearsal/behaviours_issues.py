"""What GitHub does with issues, comments and labels. Each function is named as the rule that it shows."""

import pytest

from github_under_test import FILE, refused, repository, submission
from mutualaid.rehearsal.standin import BOT, Refusal, StandIn


def readers_labels_are_dropped(standin: StandIn) -> None:
    repo = repository(standin, "sam")
    issue = repo.create_issue("A title", body="A body", labels=["status: approved"])
    assert issue.labels == []
    issue.edit(labels=["status: approved"])
    assert repo.get_issue(issue.number).labels == []
    made = repository(standin).create_issue("A title", labels=["status: received"])
    assert [label.name for label in made.labels] == ["status: received"]


def strangers_edit_no_issue(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    with refused(403):
        repository(standin, "eve").get_issue(number).edit(body="Something else")
    with refused(403):
        repository(standin, "eve").get_issue(number).edit(state="closed")
    repository(standin, "sam").get_issue(number).edit(body="Better words")
    assert standin.world.issues[number].body == "Better words"


def strangers_edit_no_comment(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    comment = standin.comment(BOT, number, "What happens next")
    with refused(403):
        repository(standin, "sam").get_issue(number).get_comment(comment).edit("Approved!")
    with refused(403):
        repository(standin, "sam").get_issue(number).get_comment(comment).delete()
    repository(standin).get_issue(number).get_comment(comment).edit("In review")
    assert repository(standin).get_issue(number).get_comment(comment).body == "In review"


def authors_reopen_only_what_they_closed(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    standin.close_issue("sam", number)
    standin.reopen_issue("sam", number)
    standin.close_issue("maintainer", number, "not_planned")
    with refused(403):
        repository(standin, "sam").get_issue(number).edit(state="open")
    assert repository(standin).get_issue(number).state_reason == "not_planned"


def unknown_labels_are_made(standin: StandIn) -> None:
    issue = repository(standin).get_issue(standin.open_issue("sam", "A title", "A body"))
    issue.add_to_labels("status: received")
    assert repository(standin).get_label("status: received").color == "ededed"


def label_names_are_taken_once(standin: StandIn) -> None:
    repo = repository(standin)
    repo.create_label("Status: Held", "ffcc00", "Waits")
    with refused(422, "already_exists"):
        repo.create_label("status: held", "ffffff")
    assert repo.get_label("status: HELD").name == "Status: Held"


def missing_labels_are_told(standin: StandIn) -> None:
    issue = repository(standin).get_issue(standin.open_issue("sam", "A title", "A body"))
    with refused(404, "Label does not exist"):
        issue.remove_from_labels("status: received")


def locked_issues_take_no_comment(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    repository(standin).get_issue(number).lock("spam")
    assert repository(standin).get_issue(number).active_lock_reason == "spam"
    with refused(403, "locked"):
        repository(standin, "sam").get_issue(number).create_comment("But")
    standin.comment("maintainer", number, "A maintainer may")


def bodies_end_at_65536(standin: StandIn) -> None:
    issue = repository(standin).get_issue(standin.open_issue("sam", "A title", "x" * 65536))
    with refused(422, "body is too long"):
        issue.create_comment("x" * 65537)
    with pytest.raises(Refusal, match="Validation Failed"):
        standin.open_issue("sam", "A title", "x" * 65537)


def titles_end_at_256(standin: StandIn) -> None:
    issue = repository(standin).get_issue(standin.open_issue("sam", "x" * 256, "A body"))
    with refused(422, "title is too long"):
        issue.edit(title="x" * 257)
    standin.push(BOT, "submission/1", {FILE: "title: A list\n"})
    with pytest.raises(Refusal, match="Validation Failed"):
        standin.open_pull(BOT, "submission/1", "x" * 257)


def pulls_are_issues_too(standin: StandIn) -> None:
    issue, pull = standin.open_issue("sam", "A title", "A body"), submission(standin)
    shown = {each.number: each.pull_request is not None for each in repository(standin).get_issues()}
    assert shown == {issue: False, pull: True}


def lists_show_open_ones(standin: StandIn) -> None:
    numbers = [standin.open_issue("sam", f"Title {each}", "A body") for each in range(2)]
    standin.close_issue("sam", numbers[0])
    repo = repository(standin)
    assert [each.number for each in repo.get_issues()] == numbers[1:]
    assert [each.number for each in repo.get_issues(state="all", direction="asc")] == numbers
    assert [each.number for each in repo.get_issues(state="closed")] == numbers[:1]


def deleted_issues_are_gone(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    standin.delete_issue("admin", number)
    with refused(410):
        repository(standin).get_issue(number)
    assert list(repository(standin).get_issues(state="all")) == []


def transferred_issues_lead_away(standin: StandIn) -> None:
    number, other = (standin.open_issue(who, "A title", "A body") for who in ("sam", "eve"))
    standin.comment("sam", number, "Hello")
    standin.transfer_issue(number, "Example/Elsewhere", other)
    there = repository(standin).get_issue(number)
    assert (there.number, there.user.login, there.url.split("/repos/")[1]) == (
        other,
        "sam",
        f"example/elsewhere/issues/{other}",
    )
    assert [(one.number, one.user.login) for one in repository(standin).get_issues(state="all")] == [(other, "eve")]
    with refused(404):
        there.edit(state="closed")
    with pytest.raises(Refusal, match="Not Found"):
        standin.comment("sam", number, "Hello again")


def disabled_issues_are_gone_too(standin: StandIn) -> None:
    number, pull = standin.open_issue("sam", "A title", "A body"), submission(standin)
    standin.settings.has_issues = False
    with refused(410, "disabled"):
        repository(standin).get_issue(number)
    assert repository(standin).get_issue(pull).number == pull


def closing_words_close_issues(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    pull = submission(standin)
    standin.edit_issue(BOT, pull, body=f"Closes #{number}")
    standin.review("maintainer", pull, "APPROVE")
    repository(standin).get_pull(pull).merge(merge_method="squash")
    assert repository(standin).get_issue(number).state == "closed"
