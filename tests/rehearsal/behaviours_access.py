"""What GitHub does about tokens, roles, rights and limits. Each function is named as the rule that it shows."""

from github_under_test import FILE, build_commit, client, refused, repository, submission, with_token
from mutualaid.rehearsal.standin import BOT, StandIn


def bad_tokens_are_refused(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    with refused(401, "Bad credentials"):
        with_token(standin, "no-such-token")
    assert with_token(standin, None).get_issue(number).title == "A title"


def nobody_may_write(standin: StandIn) -> None:
    number = standin.open_issue("sam", "A title", "A body")
    with refused(401, "Requires authentication"):
        with_token(standin, None).get_issue(number).create_comment("Hello")


def roles_are_held(standin: StandIn) -> None:
    sha = standin.world.tip("main") or ""
    with refused(403):
        repository(standin, "sam").create_git_ref("refs/heads/mine", sha)
    assert repository(standin, "maintainer").create_git_ref("refs/heads/mine", sha).object.sha == sha


def token_rights_are_held(standin: StandIn) -> None:
    number, pull = standin.open_issue("sam", "A title", "A body"), submission(standin)
    reader = with_token(standin, standin.workflow_token(issues="read", contents="write"))
    assert reader.get_issue(number).title == "A title"
    with refused(403, "Resource not accessible by integration"):
        reader.get_issue(number).create_comment("Hello")
    with refused(403, "Resource not accessible by integration"):
        reader.get_pull(pull)
    # A comment on a pull request needs either right.
    writer = with_token(standin, standin.workflow_token(pull_requests="write"))
    assert writer.get_pull(pull).create_issue_comment("Hello").body == "Hello"


def hidden_things_are_not_found(standin: StandIn) -> None:
    standin.settings.protection = "classic"
    with refused(404):
        repository(standin, "maintainer").get_branch("main").get_protection()
    seen = repository(standin, "admin").get_branch("main").get_protection()
    assert seen.required_pull_request_reviews.required_approving_review_count == 1


def permissions_are_four_words(standin: StandIn) -> None:
    standin.permit("tess", "triage")
    standin.open_issue("sam", "A title", "A body")
    repo = repository(standin)
    asked = {login: repo.get_collaborator_permission(login) for login in ("admin", "maintainer", "tess", "sam")}
    assert asked == {"admin": "admin", "maintainer": "write", "tess": "read", "sam": "read"}
    assert repo.get_collaborator_role_name("maintainer") == "maintain"
    assert repo.get_collaborator_role_name("tess") == "triage"


def tokens_write_no_workflows(standin: StandIn) -> None:
    repo = repository(standin)
    good, bad = build_commit(repo), build_commit(repo, ".github/workflows/new.yml")
    repo.create_git_ref("refs/heads/submission/1", good)
    with refused(403, "without `workflows` permission"):
        repo.create_git_ref("refs/heads/submission/2", bad)
    standin.push("sam", "mine", {".github/workflows/new.yml": "on: push\n"})
    pull = standin.open_pull("sam", "mine", "A workflow")
    standin.review("maintainer", pull, "APPROVE")
    with refused(403, "without `workflows` permission"):
        repo.get_pull(pull).merge(merge_method="squash")


def actions_open_pulls_only_if_set(standin: StandIn) -> None:
    standin.push(BOT, "submission/1", {FILE: "title: A list\n"})
    standin.settings.actions_may_open_pulls = False
    with refused(403, "GitHub Actions is not permitted to create or approve pull requests."):
        repository(standin).create_pull(base="main", head="submission/1", title="Add an entry", body="")
    assert repository(standin, "maintainer").create_pull(base="main", head="submission/1", title="T", body="").number


def actions_approve_only_if_set(standin: StandIn) -> None:
    standin.push("sam", "mine", {FILE: "title: A list\n"})
    pull = repository(standin).get_pull(standin.open_pull("sam", "mine", "A list"))
    pull.create_review(event="APPROVE")
    standin.settings.actions_may_open_pulls = False
    with refused(422, "not permitted to approve"):
        pull.create_review(event="APPROVE")


def checks_need_an_app(standin: StandIn) -> None:
    sha = standin.world.tip("main") or ""
    with refused(403, "GitHub App"):
        repository(standin, "admin").create_check_run("Entry", sha)
    assert repository(standin).create_check_run("Entry", sha).status == "queued"


def only_collaborators_are_listed(standin: StandIn) -> None:
    standin.open_issue("sam", "A title", "A body")
    repo = repository(standin)
    assert {each.login for each in repo.get_collaborators()} == {"admin", "maintainer"}
    assert repo.has_in_collaborators("maintainer")
    assert not repo.has_in_collaborators("sam")


def lists_stop_at_thirty(standin: StandIn) -> None:
    for number in range(31):
        standin.open_issue("sam", f"Title {number}", "A body")
    headers, first = repository(standin).requester.requestJsonAndCheck("GET", f"/repos/{standin.repository}/issues")
    assert isinstance(first, list)
    assert len(first) == 30
    assert 'rel="next"' in headers["link"] and 'page=2>; rel="last"' in headers["link"]
    assert len(list(repository(standin).get_issues())) == 31


def pages_hold_a_hundred(standin: StandIn) -> None:
    for number in range(101):
        standin.open_issue("sam", f"Title {number}", "A body")
    address = f"/repos/{standin.repository}/issues?per_page=200"
    _, first = repository(standin).requester.requestJsonAndCheck("GET", address)
    assert isinstance(first, list)
    assert len(first) == 100


def comparisons_show_300_files(standin: StandIn) -> None:
    standin.push("maintainer", "many", {f"notes/{number}.md": "One\n" for number in range(301)})
    compared = repository(standin).compare("main", "many")
    assert len(list(compared.files)) == 300


def requests_are_limited(standin: StandIn) -> None:
    github = client(standin, standin.token_for(BOT))
    assert github.get_rate_limit().rate.remaining == 999
    standin.world.asked[BOT].extend([standin.clock] * 998)
    repo = github.get_repo(standin.repository)
    assert github.rate_limiting == (0, 1000)
    with refused(403, "API rate limit exceeded"):
        repo.get_branch("main")
    standin.later(hours=1)
    assert repo.get_branch("main").name == "main"


def creating_is_limited(standin: StandIn) -> None:
    issue = repository(standin).get_issue(standin.open_issue("sam", "A title", "A body"))
    for number in range(80):
        issue.create_comment(f"Comment {number}")
    with refused(403, "secondary rate limit"):
        issue.create_comment("One too many")
    issue.add_to_labels("status: received")
    standin.later(seconds=61)
    assert issue.create_comment("Now it goes").body == "Now it goes"
