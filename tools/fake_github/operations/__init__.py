"""What each request does; importing this fills `OPERATIONS`."""

from fake_github.operation import OPERATIONS
from fake_github.operations import git, issues, pulls, settings, workflows

__all__ = ["OPERATIONS", "git", "issues", "pulls", "settings", "workflows"]
