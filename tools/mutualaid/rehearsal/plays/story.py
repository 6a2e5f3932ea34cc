"""From a form to the live site: nine steps, each told by what was seen afterwards."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from fake_github import BOT
from mutualaid.rehearsal.plays.stage import CONTRIBUTOR, TITLE, Built, Stage, must, plain, short

MOST_REQUESTS, MOST_NOTICES = 22, 6
"""From a form to its page, so many requests at most for itself, so many of them creating content."""
PROBLEM = re.compile(r"^- \*\*(?P<where>.+?)\*\* \(line \d+\): (?P<said>.+)$", re.MULTILINE)
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its `name`, and the deed that returns what was seen, in one line. The deed raises Missed."""

    name: str
    deed: Callable[["Tale"], str]


@dataclass(slots=True)
class Tale:
    """What the steps know of each other; `mistake` is the requests up to the mending."""

    stage: Stage
    number: int = 0
    pull: int = 0
    path: str = ""
    built: Built | None = None
    mistake: int = 0

    @property
    def address(self) -> str:
        """The new page's file inside the built site."""
        kind, _, slug = self.path.removeprefix("submissions/").removesuffix(".yaml").partition("/")
        return f"{kind}/{slug}/index.html"


def sent(tale: Tale) -> str:
    """A form, with one mistake."""
    stage = tale.stage
    tale.number = stage.offer(has_mistake=True)
    issue = stage.issue(tale.number)
    must(issue["state"] == "open", f"#{tale.number} is {issue['state']} as soon as it is sent; it must be open.")
    return f"#{tale.number} “{issue['title']}” is {issue['state']}, by {issue['user']['login']}."


def answered(tale: Tale) -> str:
    """The bot names the mistake, on the issue."""
    stage = tale.stage
    _told(stage, tale.number)
    _stands(stage, tale.number, "needs-fix")
    said = stage.said(tale.number)
    found = [match["said"] for match in PROBLEM.finditer(said)]
    must(len(found) == 1, f"The bot must name one thing to mend, and named {len(found)}: {' '.join(found) or said}")
    must(not stage.pull_of(tale.number), "The bot opened a pull request for a form that needs mending.")
    tale.mistake = stage.github.requests
    return f"“{plain(found[0])}”"


def mended(tale: Tale) -> str:
    """The contributor edits the form."""
    stage = tale.stage
    before = stage.issue(tale.number)["body"]
    stage.github.edit_issue(CONTRIBUTOR, tale.number, body=stage.texts.form(TITLE))
    after = stage.issue(tale.number)["body"]
    changed = [line for line in after.splitlines() if line and line not in before.splitlines()]
    must(changed, f"#{tale.number} reads as before.")
    return f"#{tale.number} now says: {changed[0]}"


def brought(tale: Tale) -> str:
    """The bot opens a pull request with one file."""
    stage = tale.stage
    _told(stage, tale.number)
    _stands(stage, tale.number, "in-review")
    tale.pull = stage.pull_of(tale.number)
    must(tale.pull, f"No pull request was opened. The bot says: {stage.first_words(tale.number)}")
    files = [one["filename"] for one in stage.github.call(CONTRIBUTOR, "pulls/list-files", {"pull_number": tale.pull})]
    must(len(files) == 1, f"#{tale.pull} must change one file, and changes {len(files)}: {', '.join(files)}")
    tale.path = files[0]
    return f"#{tale.pull} by {stage.pull(tale.pull)['user']['login']}: {tale.path}"


def approved(tale: Tale) -> str:
    """A maintainer approves it, and the review workflow asks for a look at main."""
    stage = tale.stage
    stage.approve(tale.pull)
    (review,) = stage.github.call(CONTRIBUTOR, "pulls/list-reviews", {"pull_number": tale.pull})
    head = stage.head(tale.pull)
    must(review["state"] == "APPROVED", f"The review of #{tale.pull} is {review['state']}.")
    must(review["commit_id"] == head, f"The review is for {short(review['commit_id'])}, the head is {short(head)}.")
    must(tale.path not in stage.files(), f"{tale.path} was on main before anybody approved it.")
    return f"#{tale.pull} is {review['state']} by {review['user']['login']}, for exactly {short(head)}."


def merged(tale: Tale) -> str:
    """The bot merges exactly that; nothing names the contributor."""
    stage = tale.stage
    github = stage.github
    dispatch = {"workflow_id": "submission.yml"}
    github.call(BOT, "actions/create-workflow-dispatch", dispatch, ref="main", inputs={"pull_request": str(tale.pull)})
    stage.dispatches += 1
    answers = stage.look(tale.pull, is_handed_on=True)
    pull = stage.pull(tale.pull)
    must(pull["merged"], f"#{tale.pull} was not merged: {' '.join(one.refusal or one.reason for one in answers)}")
    must(any(one.publishes for one in answers), "It was merged, but the bot did not ask for a new site.")
    commit = github.repo.git.commit(stage.tip)
    must(commit, "main has no commit.")
    told = f"{commit.author} {commit.committer} {commit.message}" if commit else ""
    must(CONTRIBUTOR not in told, f"The commit on main names the contributor: {told}")
    must(tale.path in stage.files(), f"{tale.path} is not on main.")
    return f"main is at {short(stage.tip)}; the commit names {pull['merged_by']['login']} and no contributor."


def built(tale: Tale) -> str:
    """The real build, from main's files."""
    stage = tale.stage
    stage.refresh()
    tale.built = stage.build(stage)
    must(not tale.built.problem, f"The site was not built. {tale.built.problem}")
    return f"{tale.built.pages} pages with {tale.built.entries} entries from {short(stage.tip)}."


def shown(tale: Tale) -> str:
    """The new page, and the list that leads to it."""
    folder = tale.built.folder if tale.built else tale.stage.project
    page, kind = folder / tale.address, tale.address.partition("/")[0]
    must(page.is_file(), f"{tale.address} is not in the built site.")
    heading = HEADING.search(page.read_text(encoding="utf-8"))
    found = html.unescape(re.sub(r"<[^>]+>", "", heading[1])).strip() if heading else ""
    must(found == TITLE, f"{tale.address} has the heading “{found}” and not “{TITLE}”.")
    listed = (folder / kind / "index.html").read_text(encoding="utf-8")
    must(f'"{tale.address.removeprefix(f"{kind}/")}"' in listed, f"/{kind}/ does not lead to the new page.")
    return f"Its heading is “{found}”, and /{kind}/ leads to it."


def closed(tale: Tale) -> str:
    """The issue is closed and says where the page is."""
    stage = tale.stage
    issue, said = stage.issue(tale.number), stage.said(tale.number)
    address = f"/{tale.address.removesuffix('index.html')}"
    _stands(stage, tale.number, "published")
    must(issue["state"] == "closed", f"#{tale.number} is still open.")
    must(address in said, f"#{tale.number} does not say {address}. The bot says: {stage.first_words(tale.number)}")
    return f"#{tale.number} is {issue['state']} as {issue['state_reason']}, and names {address}"


STORY: tuple[Step, ...] = (
    Step("A contributor sends a form, with one mistake in it", sent),
    Step("The bot answers: what to mend", answered),
    Step("The contributor mends it", mended),
    Step("The bot opens a pull request", brought),
    Step("A maintainer approves it", approved),
    Step("The bot merges it", merged),
    Step("The site is built from main", built),
    Step("The new page is in the site", shown),
    Step("The issue is closed, and says where the page is", closed),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests: for the `mistake`, and for the form itself.

    `notices` is how many of them all create content: a comment, a pull request, a merge.
    """

    mistake: int
    own: int
    notices: int

    @property
    def is_frugal(self) -> bool:
        """Whether the story kept to its numbers."""
        return self.own <= MOST_REQUESTS and self.notices <= MOST_NOTICES


def spent(tale: Tale) -> Spent:
    """Return what the story took, the review workflow's own request with it."""
    github = tale.stage.github
    own = github.requests + tale.stage.dispatches - tale.mistake
    return Spent(tale.mistake, own, github.creations)


def _told(stage: Stage, number: int) -> None:
    """Have the workflow run for the newest event of an issue, as GitHub would start it."""
    started = [one for one in stage.github.events if one.name == "issues" and one.starts == "run"]
    must(started, f"GitHub would have started nothing for #{number}.")
    stage.look(started[-1].payload["issue"]["number"])


def _stands(stage: Stage, number: int, status: str) -> None:
    found = stage.status_of(number)
    said = stage.first_words(number)
    must(found == status, f"#{number} must be “{status}” and is “{found or 'nowhere'}”. The bot says: {said}")
