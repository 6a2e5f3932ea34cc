"""From a form to the live site and away again, step by step, each reported with what was seen afterwards.

A step is a function: its docstring says what happens, it returns what was seen, and raises Missed where that was
something else.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from fake_github import BOT
from mutualaid.adapters.pelican import build_site
from mutualaid.rehearsal.attacks import play
from mutualaid.rehearsal.stage import CONTRIBUTOR, TITLE, Stage, must, plain, short

SITE = "output"
PROBLEM = re.compile(r"^- \*\*(?P<where>.+?)\*\* \(line \d+\): (?P<said>.+)$", re.MULTILINE)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass(slots=True)
class Tale:
    """What the steps know of each other."""

    number: int = 0
    pull: int = 0
    path: str = ""

    @property
    def address(self) -> str:
        """The new page on the site: `resources/a-list/`."""
        return f"{self.path.removeprefix('submissions/').removesuffix('.yaml')}/"


def sent(stage: Stage, tale: Tale) -> str:
    """A contributor sends a form, with one mistake in it."""
    tale.number = stage.offer(has_mistake=True)
    issue = stage.issue(tale.number)
    must(issue["state"] == "open", f"#{tale.number} is {issue['state']} as soon as it is sent; it must be open.")
    return f"#{tale.number} “{issue['title']}” is {issue['state']}, by {issue['user']['login']}."


def answered(stage: Stage, tale: Tale) -> str:
    """The bot answers: what to fix."""
    _look_as_started(stage)
    stage.must_be(tale.number, "needs-fix")
    said = stage.said(tale.number)
    found = [match["said"] for match in PROBLEM.finditer(said)]
    must(len(found) == 1, f"The bot must name one thing to fix, and named {len(found)}: {' '.join(found) or said}")
    must(not stage.pull_of(tale.number), "The bot opened a pull request for a form that needs to be fixed.")
    return f"“{plain(found[0])}”"


def fixed(stage: Stage, tale: Tale) -> str:
    """The contributor fixes it."""
    before = stage.issue(tale.number)["body"]
    stage.github.edit_issue(CONTRIBUTOR, tale.number, body=stage.form())
    after = stage.issue(tale.number)["body"]
    changed = [line for line in after.splitlines() if line and line not in before.splitlines()]
    must(changed, f"#{tale.number} reads as before.")
    return f"#{tale.number} now says: {changed[0]}"


def brought(stage: Stage, tale: Tale) -> str:
    """The bot opens a pull request."""
    _look_as_started(stage)
    stage.must_be(tale.number, "in-review")
    tale.pull = stage.pull_of(tale.number)
    must(tale.pull, f"No pull request was opened. The bot says: {stage.first_words(tale.number)}")
    files = [one["filename"] for one in stage.github.call(CONTRIBUTOR, "pulls/list-files", {"pull_number": tale.pull})]
    must(len(files) == 1, f"#{tale.pull} must change one file, and changes {len(files)}: {', '.join(files)}")
    tale.path = files[0]
    return f"#{tale.pull} by {stage.pull(tale.pull)['user']['login']}: {tale.path}"


def approved(stage: Stage, tale: Tale) -> str:
    """A maintainer approves it."""
    stage.approve(tale.pull)
    (review,) = stage.github.call(CONTRIBUTOR, "pulls/list-reviews", {"pull_number": tale.pull})
    head = stage.head(tale.pull)
    must(review["state"] == "APPROVED", f"The review of #{tale.pull} is {review['state']}.")
    must(review["commit_id"] == head, f"The review is for {short(review['commit_id'])}, the head is {short(head)}.")
    must(tale.path not in stage.files(), f"{tale.path} was on main before anybody approved it.")
    return f"#{tale.pull} is {review['state']} by {review['user']['login']}, for exactly {short(head)}."


def merged(stage: Stage, tale: Tale) -> str:
    """The bot merges it."""
    github, inputs = stage.github, {"pull_request": str(tale.pull)}
    # This is what the review workflow asks of GitHub.
    github.call(BOT, "actions/create-workflow-dispatch", {"workflow_id": "submission.yml"}, ref="main", inputs=inputs)
    steps = stage.look(event=github.events[-1].payload)
    pull = stage.pull(tale.pull)
    must(
        pull["merged"], f"#{tale.pull} was not merged: {' '.join(one.refusal or one.decision.reason for one in steps)}"
    )
    must(any(one.publishes for one in steps), "It was merged, but the bot did not ask for a new site.")
    commit = github.repo.git.commit(stage.tip)
    must(commit and CONTRIBUTOR not in str(commit), f"The commit on main names the contributor: {commit}")
    must(tale.path in stage.files(), f"{tale.path} is not on main.")
    return f"main is at {short(stage.tip)}; the commit names {pull['merged_by']['login']} and no contributor."


def built(stage: Stage, _: Tale) -> str:
    """The site is built from main."""
    stage.refresh()
    outcome = build_site(stage.project, output=stage.project / SITE)
    errors = [one for one in outcome.report.get("problems", ()) if one["weight"] == "error"]
    first = [f"{one['file']}:{one['line']}: {one['message']}" for one in errors[:1]] or outcome.said.splitlines()[-1:]
    must(not outcome.status, f"The site was not built. {' '.join(first)}")
    pages, entries = outcome.report["pages"], sum(outcome.report["entries"].values())
    return f"{pages} pages with {entries} entries from {short(stage.tip)}."


def shown(stage: Stage, tale: Tale) -> str:
    """The new page is in the site."""
    site, (kind, _, slug) = stage.project / SITE, tale.address.partition("/")
    page = site / tale.address / "index.html"
    must(page.is_file(), f"{tale.address} is not in the built site.")
    heading = HEADING.search(page.read_text(encoding="utf-8"))
    found = html.unescape(re.sub(r"<[^>]+>", "", heading[1])).strip() if heading else ""
    must(found == TITLE, f"{tale.address} has the heading “{found}” and not “{TITLE}”.")
    listed = (site / kind / "index.html").read_text(encoding="utf-8")
    must(f'"{slug}index.html"' in listed, f"/{kind}/ does not lead to the new page.")
    return f"Its heading is “{found}”, and /{kind}/ leads to it: {tale.address}index.html"


def closed(stage: Stage, tale: Tale) -> str:
    """The issue is closed, and says where the page is."""
    issue, said = stage.issue(tale.number), stage.said(tale.number)
    stage.must_be(tale.number, "published")
    must(issue["state"] == "closed", f"#{tale.number} is still open.")
    names_it = f"/{tale.address}" in said
    must(names_it, f"#{tale.number} does not say /{tale.address}. The bot says: {stage.first_words(tale.number)}")
    return f"#{tale.number} is {issue['state']} as {issue['state_reason']}, and names /{tale.address}"


def edited(stage: Stage, _: Tale) -> str:
    """Another form is edited after its approval."""
    return f"The bot {play(stage, 'changed-form')[0]}"


def withdrawn(stage: Stage, _: Tale) -> str:
    """Its contributor takes it back."""
    branch = stage.pull(max(stage.github.repo.pulls))["head"]["ref"]
    number = int(branch.rpartition("/")[2])
    stage.github.comment(CONTRIBUTOR, number, "/withdraw")
    _look_as_started(stage, "issue_comment")
    stage.must_be(number, "withdrawn")
    must(not stage.github.repo.tip(branch), f"The branch of #{number} is still there, and with it the text.")
    return f"#{number} is {stage.issue(number)['state']}, and its branch is gone."


def doubted(stage: Stage, _: Tale) -> str:
    """A third one gets a yes by label, by comment, by a stranger, by somebody who may only sort, for an older text."""
    return f"The bot {play(stage, 'no-review')[0]}"


def retracted(stage: Stage, tale: Tale) -> str:
    """A maintainer takes the published page away again, and another approval makes it so."""
    stage.github.comment(stage.maintainer, tale.number, "/retract")
    _look_as_started(stage, "issue_comment")
    pull = max(stage.github.repo.pulls)
    title = stage.pull(pull)["title"]
    must(pull > tale.pull and TITLE not in title, f"No pull request takes it away: the newest is #{pull} “{title}”.")
    stage.approve(pull)
    stage.look(pull)
    left = stage.github.read(tale.path) or ""
    must("retracted:" in left and TITLE not in left, f"{tale.path} holds more than a tombstone:\n{left}")
    stage.look(tale.number)
    stage.must_be(tale.number, "retracted")
    return f"#{pull} is merged, {tale.path} is {len(left.splitlines())} lines, and #{tale.number} says so."


def gone(stage: Stage, tale: Tale) -> str:
    """The site is built again, with a tombstone in its place."""
    built(stage, tale)
    site = stage.project / SITE
    page = (site / tale.address / "index.html").read_text(encoding="utf-8")
    must("Removed" in page, f"{tale.address} does not say that it was removed.")
    holding = [file for file in site.rglob("*") if file.is_file() and TITLE.encode() in file.read_bytes()]
    must(not holding, f"“{TITLE}” can still be read in {', '.join(str(file.relative_to(site)) for file in holding)}.")
    return f"{tale.address}index.html says “Removed”, and no page, feed or data file holds “{TITLE}”."


Step = Callable[[Stage, Tale], str]
STORY: tuple[Step, ...] = (
    *(sent, answered, fixed, brought, approved, merged, built, shown, closed),
    *(edited, withdrawn, doubted, retracted, gone),
)


def _look_as_started(stage: Stage, name: str = "issues") -> None:
    """Have the workflow run for the newest event of an issue, as GitHub would start it."""
    started = [one for one in stage.github.events if one.name == name and one.starts == "run"]
    must(started, "GitHub would have started nothing.")
    stage.look(event=started[-1].payload)
