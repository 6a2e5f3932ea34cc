"""From set-up and form to the live site and away again, step by step, on the real GitHub as on the fake one.

A step is a function: its docstring says what happens, it returns what was seen, and raises Missed where that was
something else. What it returns names nobody, so that two plays can be compared.
"""

import datetime as dt
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mutualaid.core.upkeep.doctor import Health
from mutualaid.errors import MutualAidError
from mutualaid.flows.upkeep import diagnosis_of, make_labels
from mutualaid.rehearsal.hands import CONTRIBUTOR, STRANGER, Hands, must, plain

NOT_YET = {"last sweep", "host", "approvers"}
"""What the doctor may find on a first day: no timer has run yet, and a test repository has neither facts nor a team."""
PROBLEM = re.compile(r"^- \*\*(?P<where>.+?)\*\* \(line \d+\): (?P<said>.+)$", re.MULTILINE)
OTHER = "It is about something else."


@dataclass(slots=True)
class Tale:
    """What the steps know of each other."""

    now: dt.datetime
    number: int = 0
    pull: int = 0
    path: str = ""
    other: int = 0

    @property
    def address(self) -> str:
        """The new page on the site: `resources/a-list/`."""
        return f"{self.path.removeprefix('submissions/').removesuffix('.yaml')}/"


def set_up(hands: Hands, tale: Tale) -> str:
    """The repository is set up: labels are made, and the doctor looks at the rest."""
    make_labels(hands.project, hands.line(hands.maintainer))
    found = diagnosis_of(hands.project, hands.line("admin"), tale.now)
    stops = (one for one in found if one.health is not Health.FINE and one.name not in NOT_YET)
    said = [f"{one.name}: {one.said} → {one.cure}" for one in stops]
    must(not said, "\n     ".join(said))
    return "The doctor finds nothing that would keep it from working."


def sent(hands: Hands, tale: Tale) -> str:
    """A contributor sends a form, with one mistake in it."""
    tale.number = hands.send(summary="")
    issue = hands.issue(tale.number)
    return f"#{tale.number} “{issue['title']}” is {issue['state']}."


def answered(hands: Hands, tale: Tale) -> str:
    """The bot answers: what to fix."""
    hands.must_be(tale.number, "needs-fix")
    must(hands.wait(lambda: hands.said(tale.number)), f"The bot labeled #{tale.number} and said nothing.")
    said = hands.said(tale.number)
    found = [match["said"] for match in PROBLEM.finditer(said)]
    must(len(found) == 1, f"The bot must name one thing to fix, and named {len(found)}: {' '.join(found) or said}")
    must(not hands.pull_of(tale.number), "The bot opened a pull request for a form that needs to be fixed.")
    return f"“{plain(found[0])}”"


def fixed(hands: Hands, tale: Tale) -> str:
    """The contributor fixes it."""
    before = hands.issue(tale.number)["body"]
    hands.edit(tale.number, hands.form())
    after = hands.issue(tale.number)["body"]
    changed = [line for line in after.splitlines() if line and line not in before.splitlines()]
    must(changed, f"#{tale.number} reads as before.")
    return f"#{tale.number} now says: {changed[0]}"


def brought(hands: Hands, tale: Tale) -> str:
    """The bot opens a pull request."""
    hands.must_be(tale.number, "in-review")
    tale.pull = hands.pull_of(tale.number)
    must(tale.pull, f"No pull request was opened. The bot says: {hands.first_words(tale.number)}")
    files = [one["filename"] for one in hands.call(STRANGER, "pulls/list-files", {"pull_number": tale.pull})]
    must(len(files) == 1, f"#{tale.pull} must change one file, and changes {len(files)}: {', '.join(files)}")
    tale.path = files[0]
    return f"#{tale.pull} by {hands.pull(tale.pull)['user']['login']}: {tale.path}"


def approved(hands: Hands, tale: Tale) -> str:
    """A maintainer approves it."""
    must(tale.path not in hands.on_main(), f"{tale.path} was on main before anybody approved it.")
    review, head = hands.approve(tale.pull), hands.head(tale.pull)
    must(review["commit_id"] == head, f"The review is for {review['commit_id']:.7}, the head is {head:.7}.")
    return f"#{tale.pull} is {review['state']}, for exactly {head:.7}."


def merged(hands: Hands, tale: Tale) -> str:
    """The bot merges it."""
    hands.wait(lambda: hands.pull(tale.pull)["merged"])
    pull = hands.pull(tale.pull)
    must(pull["merged"], f"#{tale.pull} was not merged. The bot says: {hands.first_words(tale.number)}")
    commit = hands.call(STRANGER, "repos/get-commit", {"ref": pull["merge_commit_sha"]})["commit"]
    contributor = hands.issue(tale.number)["user"]["login"]
    must(contributor not in str(commit), f"The commit on main names the contributor: {commit}")
    must(tale.path in hands.on_main(), f"{tale.path} is not on main.")
    return f"It is on main at {pull['merge_commit_sha']:.7}, by {pull['merged_by']['login']}; no contributor is named."


def shown(hands: Hands, tale: Tale) -> str:
    """The site is built from main, and the new page is in it."""
    page, (kind, _, slug) = f"{tale.address}index.html", tale.address.partition("/")
    must(hands.wait(lambda: _heading(hands, tale) == hands.title), f"{page} has the heading “{_heading(hands, tale)}”.")
    must(f'"{slug}index.html"' in hands.page(f"{kind}/index.html"), f"/{kind}/ does not lead to the new page.")
    return f"Its heading is “{hands.title}”, and /{kind}/ leads to it: {page}"


def closed(hands: Hands, tale: Tale) -> str:
    """The issue is closed, and says where the page is."""
    hands.must_be(tale.number, "published")
    issue = hands.issue(tale.number)
    must(issue["state"] == "closed", f"#{tale.number} is still open.")
    names_it = hands.wait(lambda: f"/{tale.address}" in hands.said(tale.number))
    must(names_it, f"#{tale.number} does not say /{tale.address}. The bot says: {hands.first_words(tale.number)}")
    return f"#{tale.number} is {issue['state']} as {issue['state_reason']}, and names /{tale.address}"


def edited(hands: Hands, tale: Tale) -> str:
    """A maintainer approves another form, and it is edited in the same moment."""
    tale.other, pull = hands.brought(title=f"Another list {hands.title}", summary=OTHER)
    before = hands.head(pull)
    hands.approve(pull)
    hands.edit(tale.other, hands.form(title=f"A longer list {hands.title}", summary=OTHER))
    must(
        hands.wait(lambda: hands.head(pull) != before), f"#{pull} still holds the text that is not the form's any more."
    )
    must(not hands.pull(pull)["merged"], f"#{pull} was merged with a text that nobody approved.")
    return f"The bot put the new text at {hands.head(pull):.7}, and it waits; the approval was for {before:.7}."


def withdrawn(hands: Hands, tale: Tale) -> str:
    """Its contributor takes it back."""
    number = tale.other or tale.number
    hands.write(CONTRIBUTOR, number, "/withdraw")
    hands.must_be(number, "withdrawn")
    place = {"ref": f"heads/submission/{number}"}
    is_gone = hands.wait(lambda: not hands.call(STRANGER, "git/list-matching-refs", place))
    must(is_gone, f"The branch of #{number} is still there, and with it the text.")
    must(hands.pull(hands.pull_of(number))["state"] == "closed", f"The pull request of #{number} is still open.")
    return f"#{number} is {hands.issue(number)['state']}, and its branch is gone."


def doubted(hands: Hands, _: Tale) -> str:
    """A stranger approves a form that a maintainer sent."""
    number, pull = hands.brought(
        hands.maintainer, title=f"A doubtful list {hands.title}", summary="It is about doubts, and about nothing more."
    )
    since = hands.approve(pull, STRANGER)["submitted_at"]
    must(hands.wait(lambda: hands.has_looked(since)), "No run of Submission was over after that approval.")
    must(not hands.pull(pull)["merged"], f"#{pull} was merged, and nobody who may had approved it.")
    return f"The bot has looked, and #{number} is still “{hands.must_be(number, 'in-review')}”."


def retracted(hands: Hands, tale: Tale) -> str:
    """A maintainer takes the published page away again, and another approval makes it so."""
    hands.write(hands.maintainer, tale.number, "/retract")
    branch = "submission/offline-retract-{}"
    pull = hands.pull_of(tale.number, branch) if hands.wait(lambda: hands.pull_of(tale.number, branch)) else 0
    must(pull, f"No pull request takes it away. The bot says: {hands.first_words(tale.number)}")
    must(hands.title not in hands.pull(pull)["title"], f"#{pull} says in its title what is to be taken away.")
    hands.approve(pull)
    must(hands.wait(lambda: hands.pull(pull)["merged"]), f"#{pull} was not merged. {hands.first_words(pull)}")
    left = hands.read(tale.path)
    must("retracted:" in left and hands.title not in left, f"{tale.path} holds more than a tombstone:\n{left}")
    return f"#{pull} is merged, and {tale.path} is {len(left.splitlines())} lines."


def gone(hands: Hands, tale: Tale) -> str:
    """The site is built again, with a tombstone in its place."""
    page, kind = f"{tale.address}index.html", tale.address.partition("/")[0]
    is_there = hands.wait(lambda: "Removed" in hands.page(page))
    must(is_there, f"{page} does not say that it was removed.")
    where = [
        name
        for name in (page, f"{kind}/index.html", "feed.xml", f"data/{kind}.json")
        if hands.title in hands.page(name)
    ]
    must(not where, f"“{hands.title}” can still be read in {', '.join(where)}.")
    hands.must_be(tale.number, "retracted")
    return f"{page} says “Removed”, lists and data do not have it, and #{tale.number} says so."


def _heading(hands: Hands, tale: Tale) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", hands.page(f"{tale.address}index.html"), re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


Step = Callable[[Hands, Tale], str]
STORY: tuple[Step, ...] = (
    *(set_up, sent, answered, fixed, brought, approved, merged, shown, closed),
    *(edited, withdrawn, doubted, retracted, gone),
)
ALONE = (set_up, sent, answered, fixed, brought, withdrawn)
"""What one account can play: nobody approves their own."""
ASIDE = (edited, withdrawn, doubted)
"""What goes wrong in these keeps no later step from being played."""
HAPPENED, WENT_WRONG = "✓", "✗"


def play(
    hands: Hands, now: dt.datetime, say: Callable[[str], object], expected: Sequence[str] = ()
) -> list[tuple[bool, str]]:
    """Play the story; returns of each step whether it happened, and what was seen. It ends where it can't go on."""
    tale, played = Tale(now), []
    for count, step in enumerate(STORY, 1):
        say(f"{count:2} {step.__doc__}\n")
        if expected:
            say(f"   Expected: {expected[count - 1]}\n")
        mark, said = _perform(step, hands, tale)
        say(f"   {mark} {said}\n")
        played.append((mark == HAPPENED, said))
        if mark == WENT_WRONG and step not in ASIDE:
            break
    return played


def _perform(step: Step, hands: Hands, tale: Tale) -> tuple[str, str]:
    if not hands.has_two and step not in ALONE:
        return "–", "It needs a second account."
    try:
        return HAPPENED, step(hands, tale)
    except MutualAidError as error:
        return WENT_WRONG, str(error)
    except (LookupError, TypeError, ValueError) as error:
        return WENT_WRONG, f"GitHub's answer is not as expected: {error!r}."
