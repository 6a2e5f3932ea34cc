"""What is asked of GitHub: each method is one question, of one request, one a hundred rows, or as many as it says.

Below, its answers become values of our own; what is missing is an account that is gone, or nothing.
"""

import base64
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from mutualaid.adapters.github.client import Client
from mutualaid.core.pipeline.situation import OFFLINE, ChangedFile, Comment, PullRequest, Review, Thread
from mutualaid.errors import WorldError

Row = Mapping[str, Any]
GHOST = "ghost"
_moment = dt.datetime.fromisoformat
EDITS = """query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) {
  issue(number: $number) { editor { login } userContentEdits(first: 100) { nodes { editor { login } } } } } }"""
MOST_COMPARED = 300
"""So many changed files GitHub lists at most of a comparison; the rest it leaves out without a word."""


class GitHubReader:
    """Reads one repository. Permissions are asked for once a run."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.repository, self.run = client.repository, client.run
        self._permissions: dict[str, str] = {}

    def open_rows(self, label: str = "") -> list[Row]:
        """Return every open issue and pull request, or those with a label, oldest first; one request a hundred."""
        only = {"labels": label} if label else {}
        return self._client.pages("issues", state="open", sort="created", direction="asc", **only)

    def closed_since(self, moment: dt.datetime) -> list[Row]:
        """Return what is closed and has been touched since; one request a hundred."""
        return self._client.pages("issues", state="closed", since=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def row(self, number: int) -> Row | None:
        """Return an issue, or a pull request as the issue that it is too; one request.

        None where it was deleted, or transferred: GitHub leads on from there to another repository's issue, whose
        number may be that of a stranger's issue here.
        """
        found: Row | None = self._client.find(f"issues/{number}")
        if found is None or found["number"] != number:
            return None
        place = str(found["repository_url"]).casefold()
        return found if place.endswith(f"/repos/{self._client.repository.casefold()}") else None

    def thread(self, row: Row, comments: tuple[Comment, ...] | None = None) -> Thread:
        """Return an issue with its comments; a request for each hundred comments that are not given."""
        if comments is None:
            comments = self.comments(row["number"]) if row["comments"] else ()
        labels = tuple(label if isinstance(label, str) else label["name"] for label in row["labels"])
        created = _moment(row["created_at"])
        return Thread(row["number"], "pull_request" in row, login(row), row["state"], labels, created, comments)

    def comments(self, number: int) -> tuple[Comment, ...]:
        return tuple(_comment_from(row) for row in self._client.pages(f"issues/{number}/comments"))

    def editors(self, number: int) -> tuple[str, ...]:
        """Return who edited the text of an issue, the last one first; one request."""
        owner, _, name = self.repository.partition("/")
        known = {"owner": owner, "name": name, "number": number}
        found = self._client.send("POST", "/graphql", {"query": EDITS, "variables": known})
        issue = ((found.get("data") or {}).get("repository") or {}).get("issue")
        if found.get("errors") or issue is None:
            why = next(iter(found.get("errors") or ()), {"message": "no such issue", "type": "NOT_FOUND"})
            said = f"GitHub did not say who edited issue {number}: {why['message']}."
            kind = why.get("type")  # none where GitHub itself failed; that is for this issue alone
            raise WorldError(said.replace("..", "."), 403 if kind else 502, helps=kind in (None, "RATE_LIMITED"))
        edits = (issue["userContentEdits"] or {}).get("nodes") or ()
        rows = [issue, *edits] if issue["editor"] else edits
        return tuple(dict.fromkeys(str((row["editor"] or {}).get("login") or GHOST) for row in rows))

    def comments_since(self, moment: dt.datetime) -> dict[int, tuple[Comment, ...]]:
        """Return every comment since then by the number of its thread; one request a hundred."""
        found: dict[int, list[Comment]] = defaultdict(list)
        since = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        for comment in self._client.pages("issues/comments", since=since, sort="created", direction="asc"):
            found[int(comment["issue_url"].rpartition("/")[2])].append(_comment_from(comment))
        return {number: tuple(comments) for number, comments in found.items()}

    def open_pulls(self) -> list[PullRequest]:
        rows = self._client.pages("pulls", state="open", sort="created", direction="asc")
        return [_pull_from(row, self._client.repository) for row in rows]

    def pulls_of(self, branch: str) -> list[PullRequest]:
        """Return the pull requests that a branch of ours has or had, newest first; one request."""
        owner = self._client.repository.partition("/")[0]
        rows = self._client.pages("pulls", head=f"{owner}:{branch}", state="all")
        return [_pull_from(row, self._client.repository) for row in rows]

    def pull(self, number: int) -> PullRequest:
        return _pull_from(self._client.get(f"pulls/{number}"), self._client.repository)

    def with_files(self, pull: PullRequest, main: str) -> PullRequest:
        """Return it with its count and list of files, and with whether main has changed its file; two to four requests.

        One more where it was not read whole before, and one where main has moved on since its branch began. `main` is
        the commit that everything else was read from; where main is another by now, nobody knows. Of more than 300
        files GitHub leaves the rest out; the count tells that.
        """
        whole = pull if pull.counted_files else self.pull(pull.number)
        found = self._client.get(f"compare/main...{whole.head}")
        tree = self._client.get(f"git/trees/{whole.head}", recursive="1")["tree"]
        modes = {item["path"]: (item["mode"], item.get("size") or 0) for item in tree if item["type"] != "tree"}
        files = tuple(_file_from(file, modes) for file in found["files"])
        tip, began = found["base_commit"]["sha"], found["merge_base_commit"]["sha"]
        is_overtaken = self._is_overtaken(files, began, tip) if tip == main else None
        return replace(whole, files=files, reviews=pull.reviews, is_overtaken=is_overtaken)

    def _is_overtaken(self, files: tuple[ChangedFile, ...], began: str, tip: str) -> bool:
        """Whether main has changed one of these files; where it has changed too much for GitHub to tell, it may have.

        More than one file is never merged, so there nobody asks.
        """
        if began == tip or len(files) != 1:
            return False
        changed = self._client.get(f"compare/{began}...{tip}")["files"]
        names = {name for file in changed for name in (file["filename"], file.get("previous_filename"))}
        return len(changed) >= MOST_COMPARED or files[0].path in names

    def holds(self, main: str, commit: str) -> bool:
        """Whether a commit leads to this commit of main."""
        return self._client.get(f"compare/{commit}...{main}")["status"] in ("ahead", "identical")

    def with_merged_files(self, pull: PullRequest) -> PullRequest:
        """Return a merged one with its files, and with those that its commit on main changed; two requests."""
        offered = self._client.pages(f"pulls/{pull.number}/files")
        found = self._client.get(f"commits/{pull.merge_commit}")["files"]
        files, merged = (tuple(_file_from(row, {}) for row in rows) for rows in (offered, found))
        return replace(pull, files=files, merged_files=merged)

    def with_reviews(self, pull: PullRequest) -> PullRequest:
        rows = self._client.pages(f"pulls/{pull.number}/reviews")
        return replace(pull, reviews=tuple(_review_from(row) for row in rows))

    def offline_branches(self) -> list[str]:
        rows = self._client.get(f"git/matching-refs/heads/{OFFLINE}")
        return [row["ref"].removeprefix("refs/heads/") for row in rows]

    def blob(self, sha: str) -> bytes:
        return base64.b64decode(self._client.get(f"git/blobs/{sha}")["content"])

    def text_at(self, commit: str, path: str) -> str:
        """Return the text that a file has in a commit, '' where it is not there; two requests."""
        tree = self._client.find(f"git/trees/{commit}", recursive="1") or {"tree": ()}
        blob = next((item["sha"] for item in tree["tree"] if item["path"] == path), "")
        return self.blob(blob).decode(errors="replace") if blob else ""

    def permission(self, login: str) -> str:
        """Return what somebody may do here; one request the first time."""
        name = login.casefold()
        if name not in self._permissions:
            try:
                data = self._client.find(f"collaborators/{quote(login)}/permission")
            except WorldError as error:
                if error.helps:
                    raise
                data = None
            self._permissions[name] = str(data["permission"]) if data else "none"
        return self._permissions[name]


def _comment_from(data: Row) -> Comment:
    return Comment(
        data["id"], login(data), data["body"] or "", _moment(data["created_at"]), _moment(data["updated_at"])
    )


def _pull_from(data: Row, repository: str) -> PullRequest:
    """Read a pull request, from a list or whole; only the whole one tells how many files it changes."""
    head = data["head"]
    home = (head.get("repo") or {}).get("full_name") or ""
    return PullRequest(
        number=data["number"],
        author=login(data),
        title=data["title"],
        state=data["state"],
        is_merged=data["merged_at"] is not None,
        base=data["base"]["ref"],
        branch=head["ref"],
        head=head["sha"],
        from_fork=home.casefold() != repository.casefold(),
        is_draft=bool(data.get("draft")),
        counted_files=data.get("changed_files", 0),
        counted_comments=data.get("comments", 0),
        merge_commit=(data.get("merge_commit_sha") or "") if data["merged_at"] else "",
    )


def _file_from(data: Row, modes: Mapping[str, tuple[str, int]]) -> ChangedFile:
    return ChangedFile(data["filename"], data["status"], data["sha"] or "", *modes.get(data["filename"], ("", 0)))


def _review_from(data: Row) -> Review:
    """Read a review; one that is still being written has no time and does not count."""
    at = _moment(data.get("submitted_at") or "1970-01-01T00:00:00Z")
    return Review(login(data), data["state"], data["commit_id"] or "", at)


def login(data: Row) -> str:
    return str((data.get("user") or {}).get("login") or GHOST)
