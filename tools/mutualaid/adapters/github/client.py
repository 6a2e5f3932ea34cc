"""Requests to one repository on GitHub, through PyGithub's requester: counted, paged, and refused with a sentence.

PyGithub's own waits between requests turn a half second into six, and its repeated tries hide what happened; both are
off. What keeps the pace is the run's budget (see the policy), and what tries again is the next run.
"""

from collections.abc import Mapping
from typing import Any

import requests
from github import Auth, Github, GithubException

from mutualaid.errors import WorldError

A_PAGE = 100
MOST_PAGES = 60
PASSING = frozenset({0, 408, 429, 500, 502, 503, 504})
WAITS = ("rate limit", "secondary rate", "abuse", "base branch was modified", "head branch was modified")


class Client:
    """The line to a repository, from a workflow's `run`; `requests` and `notices` (to people) count from 0."""

    def __init__(self, address: str, repository: str, token: str, run: str = "") -> None:
        self._github = Github(
            auth=Auth.Token(token),
            base_url=address.rstrip("/"),
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            timeout=30,
        )
        self.repository, self.run = repository, run
        self.requests = self.notices = 0

    def get(self, path: str, **parameters: Any) -> Any:
        """Return what is at a path below the repository, itself at ''. Raises WorldError."""
        return self._ask("GET", path, parameters, None)[1]

    def find(self, path: str, **parameters: Any) -> Any:
        """Return what is at a path, None where nothing is. Raises WorldError."""
        try:
            return self.get(path, **parameters)
        except WorldError as error:
            # "Not here" and "deleted"; GitHub says 410 of every issue, too, where issues are disabled.
            if error.status in (404, 410) and "disabled" not in str(error):
                return None
            raise

    def pages(self, path: str, **parameters: Any) -> list[Any]:
        """Return a whole list, page after page. Raises WorldError, also where it does not end."""
        found: list[Any] = []
        for page in range(1, MOST_PAGES + 1):
            headers, rows = self._ask("GET", path, {**parameters, "per_page": A_PAGE, "page": page}, None)
            found += rows
            if 'rel="next"' not in headers.get("link", ""):
                return found
        raise WorldError(f"The list {path} has more than {MOST_PAGES * A_PAGE} rows.", helps=False)

    def send(self, verb: str, path: str, body: Mapping[str, Any] | None = None, *, notifies: bool = False) -> Any:
        """Write something, or ask at `/graphql`, and return GitHub's answer. Raises WorldError."""
        self.notices += notifies
        return self._ask(verb, path, {}, body)[1]

    def _ask(
        self, verb: str, path: str, parameters: Mapping[str, Any], body: Mapping[str, Any] | None
    ) -> tuple[Mapping[str, Any], Any]:
        self.requests += 1
        url = path if path[:1] == "/" else f"/repos/{self.repository}/{path}".rstrip("/")
        try:
            headers, data = self._github.requester.requestJsonAndCheck(
                verb, url, parameters=dict(parameters), input=dict(body) if body is not None else None
            )
        except GithubException as error:
            raise refusal(verb, path, error) from error
        except requests.RequestException as error:
            raise WorldError(f"GitHub could not be reached ({verb} {path}).", helps=True) from error
        return headers, data


def read_page(address: str) -> str:
    """Return what is at an address of the site, without any token; '' where nothing is."""
    try:
        with requests.Session() as session:
            session.trust_env = False  # or a name and password from this machine's .netrc might go along
            answer = session.get(address, timeout=30)
    except requests.RequestException:
        return ""
    return answer.content.decode("utf-8", "replace") if answer.ok else ""


def refusal(verb: str, path: str, error: GithubException) -> WorldError:
    data = error.data if isinstance(error.data, Mapping) else {}
    words = str(data.get("message") or error.message or "no reason given")
    more = data.get("errors") or ()
    details = "; ".join(
        str(detail.get("message", detail)) if isinstance(detail, Mapping) else str(detail) for detail in more
    )
    said = f"GitHub refused {verb} {path} with {error.status}: {words}{f' ({details})' if details else ''}."
    waits = any(mark in words.casefold() for mark in WAITS)
    return WorldError(said.replace("..", "."), error.status, helps=error.status in PASSING or waits)
