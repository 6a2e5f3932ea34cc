"""What is done on GitHub: each action of a decision as the few requests that it takes. Judges nothing.

Source: GitHub Docs, "REST API endpoints for Git trees", "… commits", "… references", "… pull requests".
"""

from contextlib import suppress
from dataclasses import replace
from functools import singledispatchmethod

from mutualaid.adapters.git import Head
from mutualaid.adapters.github.client import Client
from mutualaid.core.pipeline import actions
from mutualaid.core.pipeline.bot_comment import NEW_HEAD, Header, written
from mutualaid.core.pipeline.situation import REGULAR_FILE
from mutualaid.core.pipeline.status import SubmissionStatus
from mutualaid.errors import WorldError

NEUTRAL = {"name": "github-actions[bot]", "email": "41898282+github-actions[bot]@users.noreply.github.com"}
THERE_ALREADY = 422


class BadMerge(WorldError):
    """What was merged is not what was approved; nothing may be published until a person has looked at main."""

    def __init__(self, action: actions.Merge, found: list[str]) -> None:
        super().__init__(
            f"STOP: merging #{action.number} changed {', '.join(found)} on main. It should have changed {action.path} "
            "alone, to exactly the approved text. Publishing must not go on. See “When the bot stops” in "
            "docs/runbook.md.",
            helps=False,
        )
        self.found = found


class GitHubWriter:
    """Acts for one submission; remembers the commit that it made for it.

    `main` is what was checked out, and after a merge what that left.
    """

    def __init__(self, client: Client, main: Head) -> None:
        self.main, self._client, self._head = main, client, ""

    @singledispatchmethod
    def perform(self, action: actions.Action) -> None:
        """Do it, but for what is about a preview: that goes to jobs with other rights."""

    @perform.register
    def _(self, action: actions.OpenPullRequest) -> None:
        """Open it and ask whose turn it is; whom GitHub doesn't know here is passed over, and the doctor names them."""
        asked = {"head": action.branch, "base": "main", "title": action.title, "body": action.body}
        number = self._client.send("POST", "pulls", {**asked, "maintainer_can_modify": False}, notifies=True)["number"]
        next_ones = action.reviewers[number % len(action.reviewers) :][:1] if action.reviewers else ()
        for name in next_ones:
            with suppress(WorldError):
                self._client.send("POST", f"pulls/{number}/requested_reviewers", {"reviewers": [name]}, notifies=True)

    @perform.register
    def _(self, action: actions.SetStatus) -> None:
        status = {"state": action.state, "description": action.description, "context": "mutualaid"}
        self._client.send("POST", f"statuses/{self._made(action.head)}", status)

    @perform.register
    def _(self, action: actions.WriteBranch) -> None:
        """Put a commit above the branch's head: its second parent is main, so that it differs from main by one file."""
        entry = {"path": action.path, "mode": REGULAR_FILE, "type": "blob", "content": action.text}
        tree = self._client.send("POST", "git/trees", {"base_tree": self.main.tree, "tree": [entry]})["sha"]
        above = action.above
        if not above:
            self._head = self._commit(action, tree, self.main.commit)
            try:
                self._client.send("POST", "git/refs", {"ref": f"refs/heads/{action.branch}", "sha": self._head})
            except WorldError as error:
                if error.status != THERE_ALREADY:
                    raise
                above = self._client.get(f"git/ref/heads/{action.branch}")["object"]["sha"]
        if above:
            self._head = self._commit(action, tree, above, self.main.commit)
            self._client.send("PATCH", f"git/refs/heads/{action.branch}", {"sha": self._head, "force": False})

    def _commit(self, action: actions.WriteBranch, tree: str, *parents: str) -> str:
        made = {"message": action.message, "tree": tree, "parents": list(dict.fromkeys(parents)), "author": NEUTRAL}
        return str(self._client.send("POST", "git/commits", {**made, "committer": NEUTRAL})["sha"])

    def _made(self, head: str) -> str:
        return self._head if head == NEW_HEAD else head

    @perform.register
    def _(self, action: actions.Merge) -> None:
        asked = {"sha": action.head, "merge_method": "squash", "commit_title": action.title, "commit_message": ""}
        made = self._client.send("PUT", f"pulls/{action.number}/merge", asked, notifies=True)["sha"]
        commit = self._client.get(f"commits/{made}")
        if [(file["filename"], file["sha"]) for file in commit["files"]] != [(action.path, action.blob)]:
            raise BadMerge(action, [file["filename"] for file in commit["files"]])
        if [parent["sha"] for parent in commit["parents"]] != [self.main.commit]:
            raise WorldError(f"#{action.number} is merged, but main moved at that very moment.", helps=True)
        self.main = replace(self.main, commit=made, tree=commit["commit"]["tree"]["sha"])

    @perform.register
    def _(self, action: actions.Reply) -> None:
        body = {"body": written(replace(action.header, head=self._made(action.header.head)), action.words)}
        if action.comment:
            self._client.send("PATCH", f"issues/comments/{action.comment}", body)
        else:
            self._client.send("POST", f"issues/{action.number}/comments", body, notifies=True)

    @perform.register
    def _(self, action: actions.OpenStop) -> None:
        asked = {
            "title": f"STOP: #{action.pull} was merged, and not as it was approved",
            "body": "The comment below says what was merged. Close this once main is right again, and not before.",
            "labels": [SubmissionStatus.STOPPED.label],
        }
        number = self._client.send("POST", "issues", asked, notifies=True)["number"]
        self.perform(actions.Reply(number, 0, Header(str(SubmissionStatus.STOPPED)), action.words))

    @perform.register
    def _(self, action: actions.SetIssue) -> None:
        states = {"": {}, "open": {"state": "open"}}
        state = states.get(action.state, {"state": "closed", "state_reason": action.state})
        self._client.send("PATCH", f"issues/{action.number}", {"labels": list(action.labels), **state})

    @perform.register
    def _(self, action: actions.ClosePullRequest) -> None:
        """Close a pull request; GitHub does so by itself when its branch goes."""
        if action.branch:
            try:
                self._client.send("DELETE", f"git/refs/heads/{action.branch}")
            except WorldError as error:
                if error.status not in (404, 422):
                    raise
            else:
                return
        self._client.send("PATCH", f"pulls/{action.number}", {"state": "closed"})
