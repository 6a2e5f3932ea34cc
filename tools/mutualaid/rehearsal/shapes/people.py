"""Accounts and the repository itself."""

import datetime as dt
from typing import Any

from mutualaid.rehearsal.world import BOT, ROLES, World

GHOST = ("ghost", 10137)
WEB = "https://github.com"
_USER_PARTS = {
    "events_url": "events{/privacy}",
    "followers_url": "followers",
    "following_url": "following{/other_user}",
    "gists_url": "gists{/gist_id}",
    "organizations_url": "orgs",
    "received_events_url": "received_events",
    "repos_url": "repos",
    "starred_url": "starred{/owner}{/repo}",
    "subscriptions_url": "subscriptions",
}
_REPOSITORY_PARTS = {
    "archive_url": "{archive_format}{/ref}",
    "assignees_url": "assignees{/user}",
    "blobs_url": "git/blobs{/sha}",
    "branches_url": "branches{/branch}",
    "collaborators_url": "collaborators{/collaborator}",
    "comments_url": "comments{/number}",
    "commits_url": "commits{/sha}",
    "compare_url": "compare/{base}...{head}",
    "contents_url": "contents/{+path}",
    "contributors_url": "contributors",
    "deployments_url": "deployments",
    "downloads_url": "downloads",
    "events_url": "events",
    "forks_url": "forks",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "hooks_url": "hooks",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}",
    "keys_url": "keys{/key_id}",
    "labels_url": "labels{/name}",
    "languages_url": "languages",
    "merges_url": "merges",
    "milestones_url": "milestones{/number}",
    "notifications_url": "notifications{?since,all,participating}",
    "pulls_url": "pulls{/number}",
    "releases_url": "releases{/id}",
    "stargazers_url": "stargazers",
    "statuses_url": "statuses/{sha}",
    "subscribers_url": "subscribers",
    "subscription_url": "subscription",
    "tags_url": "tags",
    "teams_url": "teams",
    "trees_url": "git/trees{/sha}",
}
_COUNTS = ("forks", "forks_count", "stargazers_count", "watchers", "watchers_count", "size", "network_count")


def moment(at: dt.datetime | None) -> str | None:
    """Write a time as GitHub does: UTC, whole seconds."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def home(world: World, fork: str | None = None) -> str:
    """Return the REST address of the repository or of somebody's fork."""
    return f"{world.address}/repos/{fork or world.owner}/{world.name}"


def web(world: World, fork: str | None = None) -> str:
    """Return the address that people open in a browser."""
    return f"{WEB}/{fork or world.owner}/{world.name}"


def user(world: World, login: str) -> dict[str, Any]:
    """Write an account; one that is gone is the ghost."""
    login, number = GHOST if login in world.gone_accounts else (login, world.account(login))
    key = f"user {login}"
    if key not in world.shapes:
        rest = f"{world.address}/users/{login}"
        kind = "Bot" if login == BOT else "User"
        kind = "Organization" if login == world.owner and world.settings.owner_is_organization else kind
        world.shapes[key] = {
            "login": login,
            "id": number,
            "node_id": f"U_{number}",
            "avatar_url": f"https://avatars.githubusercontent.com/u/{number}",
            "gravatar_id": "",
            "url": rest,
            "html_url": f"{WEB}/{login}",
            **{name: f"{rest}/{part}" for name, part in _USER_PARTS.items()},
            "type": kind,
            "site_admin": False,
        }
    found: dict[str, Any] = world.shapes[key]
    return found


def association(world: World, login: str) -> str:
    """Say how somebody stands to the repository."""
    if login == world.owner:
        return "OWNER"
    if login in world.roles:
        return "MEMBER" if world.settings.owner_is_organization else "COLLABORATOR"
    merged = any(pull.merged_at and world.issues[pull.number].author == login for pull in world.pulls.values())
    return "CONTRIBUTOR" if merged else "NONE"


def role_flags(role: str) -> dict[str, bool]:
    """Write a role as GitHub's five yes-or-no permissions."""
    names = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}
    return {name: ROLES.index(role) >= ROLES.index(least) for name, least in names.items()}


def repository(world: World, fork: str | None = None) -> dict[str, Any]:
    """Write the repository, or somebody's fork of it; made anew only when a setting changed. It counts no issues."""
    key, stamp = (
        f"repository {fork}",
        (world.settings.pages_source, world.settings.branch_goes_after_merge, world.settings.has_issues),
    )
    if key not in world.shapes or world.shapes[key][0] != stamp:
        world.shapes[key] = (stamp, _repository(world, fork))
    found: dict[str, Any] = world.shapes[key][1]
    return found


def _repository(world: World, fork: str | None) -> dict[str, Any]:
    rest, page = home(world, fork), web(world, fork)
    number = world.account(f"repository of {fork or world.owner}")
    at = moment(world.clock)
    return {
        "id": number,
        "node_id": f"R_{number}",
        "name": world.name,
        "full_name": f"{fork or world.owner}/{world.name}",
        "private": False,
        "owner": user(world, fork or world.owner),
        "html_url": page,
        "description": None,
        "fork": fork is not None,
        "url": rest,
        **{name: f"{rest}/{part}" for name, part in _REPOSITORY_PARTS.items()},
        "clone_url": f"{page}.git",
        "git_url": f"git://github.com/{fork or world.owner}/{world.name}.git",
        "ssh_url": f"git@github.com:{fork or world.owner}/{world.name}.git",
        "svn_url": page,
        "mirror_url": None,
        "homepage": None,
        "language": None,
        "license": None,
        **dict.fromkeys(_COUNTS, 0),
        "subscribers_count": 0,
        "default_branch": "main",
        "open_issues": 0,
        "open_issues_count": 0,
        "is_template": False,
        "topics": [],
        "has_issues": world.settings.has_issues,
        "has_projects": False,
        "has_wiki": False,
        "has_pages": world.settings.pages_source is not None,
        "has_downloads": True,
        "has_discussions": False,
        "archived": False,
        "disabled": False,
        "visibility": "public",
        "pushed_at": at,
        "created_at": at,
        "updated_at": at,
        "delete_branch_on_merge": world.settings.branch_goes_after_merge,
    }
