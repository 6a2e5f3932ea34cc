"""Tracking issues on GitHub: the bot's own issues that hold one, and the one request that each step takes."""

import datetime as dt

from mutualaid.adapters.github.client import Client
from mutualaid.adapters.github.read import login
from mutualaid.core.upkeep.tracking_issue import Step, TrackingIssue, read_tracking_issue

BACK = dt.timedelta(days=45)


def tracking_issues(client: Client, bot: str, now: dt.datetime) -> tuple[TrackingIssue, ...]:
    """Return the bot's own lists that are open, or were touched of late; two requests, and one more a hundred issues.

    A list's first line in anybody else's issue counts for nothing.
    """
    since = (now - BACK).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [*client.pages("issues", state="open"), *client.pages("issues", state="closed", since=since)]
    found = (
        read_tracking_issue(row["number"], is_open=row["state"] == "open", body=row["body"] or "")
        for row in rows
        if login(row) == bot and "pull_request" not in row
    )
    return tuple(issue for issue in found if issue)


def take(client: Client, step: Step) -> None:
    """Do one step; one request."""
    if not step.number:
        client.send("POST", "issues", {"title": step.title, "body": step.body}, notifies=True)
        return
    state = {"state": "open"} if step.is_open else {"state": "closed", "state_reason": "completed"}
    client.send("PATCH", f"issues/{step.number}", {"body": step.body, **state})
