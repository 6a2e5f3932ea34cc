"""What people do on GitHub in a play, and what anybody can see there: the same requests to the real one and the fake.

`call` takes the names and fields that the fake knows, so that every answer can be laid beside the fake's.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_github import BOT
from fake_github.operation import OPERATIONS
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import GitHubReader
from mutualaid.core.entries.kind import Kind
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.errors import MutualAidError
from mutualaid.flows.load_checkout import Checkout

CONTRIBUTOR, STRANGER = "contributor", "stranger"
"""Who offers, and who has no part in it. Beside them is the maintainer, whom the policy may name."""
FAVOURITE = "resources"


class Missed(MutualAidError):
    """Something that must happen did not, or something that must not happen did; the sentence says what."""

    exitcode = 1


def must(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise Missed(otherwise)


@dataclass(slots=True)
class Hands:
    """`checkout` is what `project` held when the play began, and `line` leads to GitHub as somebody, by login or part.

    A step waits up to `tries` pauses for what must happen. `page` reads from the site, below its address, and `shapes`
    keeps what answers look like: by operation, each field with the type that it has.
    """

    project: Path
    checkout: Checkout
    line: Callable[[str], Client]
    title: str = "A rehearsed list"
    tries: int = 1
    pause: Callable[[], object] = bool
    page: Callable[[str], str] = str
    has_two: bool = True
    shapes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def maintainer(self) -> str:
        return next(iter(self.checkout.policy.approvers), "maintainer")

    @property
    def kind(self) -> Kind:
        books = self.checkout.rulebooks
        return books[FAVOURITE if FAVOURITE in books else self.checkout.policy.kinds[0]].kind

    def call(self, who: str, operation: str, place: Mapping[str, object] | None = None, /, **fields: Any) -> Any:
        """Ask for something as somebody; of a list no more than a hundred. Raises WorldError."""
        asked, client = OPERATIONS[operation], self.line(who)
        verb, _, path = asked.request.format_map(place or {}).partition(" ")
        if verb == "GET":
            data = client.get(path, **({"per_page": 100} if "per_page" in asked.fields else {}), **fields)
        else:
            data = client.send(verb, path, fields)
        self.shapes.setdefault(operation, {}).update(shape_of(data))
        return data

    def wait(self, is_so: Callable[[], object]) -> bool:
        for _ in range(self.tries):
            if is_so():
                return True
            self.pause()
        return bool(is_so())

    def form(self, **changes: str) -> str:
        """Return what GitHub makes of a filled form: the schema's examples under a title and addresses of its own."""
        form, title = self.checkout.forms[self.kind.name], changes.get("title", self.title)
        properties, word = self.kind.schema["properties"], title.lower().replace(" ", "-")
        value = {name: properties[name]["examples"][0] for name in self.kind.schema["required"]} | {
            "title": title,
            "summary": "It was written for a rehearsal, and is about nothing.",
            "sources": [{"title": f"On “{title}”", "url": f"https://www.example.org/on-{word}"}],
            "link": {"url": f"https://www.example.org/{word}"},
            **changes,
        }
        asked = {field.steps[0] for field in form.short}  # what it doesn't ask is left to the bot
        return write_form(answers_of({name: value[name] for name in asked & value.keys()}, form, self.kind), form)

    # --- what people do ---

    def send(self, who: str = CONTRIBUTOR, **changes: str) -> int:
        """Send a form; returns its number. What people send in a play is marked, for whoever cleans up."""
        title = self.kind.schema.get("x-singular", self.kind.name)
        number = int(self.call(who, "issues/create", title=title, body=self.form(**changes))["number"])
        self.call(self.maintainer, "issues/update", {"issue_number": number}, labels=[MARK])
        return number

    def edit(self, number: int, body: str) -> None:
        self.call(CONTRIBUTOR, "issues/update", {"issue_number": number}, body=body)

    def write(self, who: str, number: int, words: str) -> None:
        self.call(who, "issues/create-comment", {"issue_number": number}, body=words)

    def approve(self, pull: int, who: str = "") -> dict[str, Any]:
        given = {"event": "APPROVE", "commit_id": self.head(pull)}
        return dict(self.call(who or self.maintainer, "pulls/create-review", {"pull_number": pull}, **given))

    def brought(self, who: str = CONTRIBUTOR, **changes: str) -> tuple[int, int]:
        number = self.send(who, **changes)
        self.must_be(number, "in-review")
        return number, self.pull_of(number)

    # --- what anybody can see ---

    def issue(self, number: int) -> dict[str, Any]:
        return dict(self.call(STRANGER, "issues/get", {"issue_number": number}))

    def pull(self, number: int) -> dict[str, Any]:
        return dict(self.call(STRANGER, "pulls/get", {"pull_number": number}))

    def said(self, number: int) -> str:
        """Return the bot's one comment. Raises Missed where it has spoken twice."""
        every = self.call(STRANGER, "issues/list-comments", {"issue_number": number})
        own = [str(one["body"]) for one in every if one["user"]["login"] == BOT]
        must(len(own) < 2, f"The bot left {len(own)} comments on #{number}; it must keep to one.")  # noqa: PLR2004
        return own[0] if own else ""

    def first_words(self, number: int) -> str:
        lines = [line for line in self.said(number).splitlines() if line and not line.startswith("<!--")]
        return plain(lines[0].replace("**", "")) if lines else "nothing"

    def status_of(self, number: int) -> str:
        """Return the status that the bot's label gives: `in-review`; '' for none."""
        names = [label["name"] for label in self.issue(number)["labels"]]
        return next((name.removeprefix("status: ") for name in names if name.startswith("status: ")), "")

    def must_be(self, number: int, wanted: str) -> str:
        """Wait until a form has this status, and return it. Raises Missed."""
        is_so = self.wait(lambda: self.status_of(number) == wanted)
        found, said = self.status_of(number), self.first_words(number)
        must(is_so, f"#{number} is “{found}” and must be “{wanted}”. The bot says: {said}")
        return wanted

    def pull_of(self, number: int, branch: str = "submission/{}") -> int:
        """Return the newest pull request of a form; 0 for none."""
        owner = self.line(STRANGER).repository.partition("/")[0]
        own = self.call(STRANGER, "pulls/list", head=f"{owner}:{branch.format(number)}", state="all")
        return max((int(one["number"]) for one in own), default=0)

    def head(self, number: int) -> str:
        return str(self.pull(number)["head"]["sha"])

    def has_looked(self, since: str) -> bool:
        runs = self.call(self.maintainer, "actions/list-workflow-runs", {"workflow_id": "submission.yml"})
        own = (run for run in runs["workflow_runs"] if run["created_at"] >= since)
        return any(run["status"] == "completed" for run in own)

    def on_main(self) -> set[str]:
        return {one["path"] for one in self.call(STRANGER, "git/get-tree", {"tree_sha": "main"}, recursive="1")["tree"]}

    def read(self, path: str) -> str:
        return GitHubReader(self.line(STRANGER)).text_at("main", path)


MARK = "rehearsal"
"""The label of what people send in a play."""


def shape_of(data: Any, place: str = "") -> dict[str, str]:
    """Return the type of each value in an answer, by where it is: `[].user.login`."""
    if isinstance(data, Mapping):
        parts = ((f"{place}.{name}" if place else str(name), inner) for name, inner in data.items())
    elif isinstance(data, list):
        parts = ((f"{place}[]", inner) for inner in data)
    else:
        return {place: type(data).__name__}
    return {name: kind for where, inner in parts for name, kind in shape_of(inner, where).items()}


def plain(text: str) -> str:
    """Return words of the bot as a reader sees them: without Markdown's marks and the signs that defuse it."""
    return re.sub(r"\\([^\w\s])", r"\1", html.unescape(text)).replace("`", "").replace("\u200b", "")
