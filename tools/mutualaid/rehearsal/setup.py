"""Sets the stage of a play: a copy of the project behind a fake GitHub, the real bot, the real build."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fake_github import FakeGitHub, GitError, Refusal
from mutualaid.adapters.pelican import build_site
from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.entries.problem import Place, Problem, as_line
from mutualaid.core.forms.answers import write_form
from mutualaid.core.forms.to_entry import answers_of
from mutualaid.core.pipeline.policy import PERMISSIONS, Policy
from mutualaid.errors import HouseError
from mutualaid.flows.load_trusted import House, load_house, month_of
from mutualaid.flows.reconcile import GitHub, reconcile
from mutualaid.rehearsal.plays.stage import HELPER, SORTER, TITLE, Answer, Built, Stage, Texts

FAVOURITE = "resources"
RIGHTS = {"contents": "write", "issues": "write", "pull_requests": "write", "statuses": "write"}
"""Those of the job that reconciles, in .github/workflows/submission.yml."""
BEFORE = dt.timedelta(hours=2)
"""A play begins so long before now, so that nothing in it lies in the future."""
OUTPUT = "output"
PLAYED = ("submissions", "schemas", "content", "theme", ".github", "pelicanconf.py")


@contextmanager
def stage_in(root: Path, folder: Path, now: dt.datetime, *, off: Collection[str] = ()) -> Iterator[Stage]:
    """Set a stage in an empty folder, which holds afterwards `project/`, the checkout, and `github/`, the repository.

    Args:
        root: the project; what is not committed yet is played along.
        folder: where the copy goes.
        now: the time.
        off: rules of the fake GitHub that do not hold here.

    Raises:
        BrokenHouse: the project itself is wrong.
        HouseError: git or the fake GitHub refused what the play needs.

    """
    try:
        with _stage_in(root, folder, now, off) as stage:
            yield stage
    except (GitError, Refusal) as error:
        raise HouseError(f"The rehearsal could not go on. {error}") from error


@contextmanager
def _stage_in(root: Path, folder: Path, now: dt.datetime, off: Collection[str]) -> Iterator[Stage]:
    with FakeGitHub(folder / "github", people={"admin": "admin"}, off=off, clock=now - BEFORE) as github:
        github.seed(root, PLAYED)
        stage = Stage(github, folder / "project", "", Texts("", "", _nothing, _nothing), _bot, _build)
        stage.refresh()
        house = load_house(stage.project)
        stage.texts = _texts(house, now - BEFORE)
        stage.maintainer, stage.is_sole = _maintainer(house.policy), house.policy.sole_maintainer
        for login, role in ((stage.maintainer, _role(house.policy)), (HELPER, "write"), (SORTER, "triage")):
            github.permit(login, role)
        yield stage


def _maintainer(policy: Policy) -> str:
    return policy.approvers[0] if policy.approvers else "maintainer"


def _role(policy: Policy) -> str:
    """Return a role that the policy lets approve: maintain, or more where it asks for more."""
    return max("maintain", policy.approver_permission, key=PERMISSIONS.index)


def _bot(stage: Stage, event: Mapping[str, Any] | None) -> list[Answer]:
    """Run the bot with the rights of its job and no others."""
    github = stage.github
    here = GitHub(github.address, github.repository, github.workflow_token(**RIGHTS))
    _, steps = reconcile(stage.project, here, github.clock, event=event)
    return [Answer(one.number, one.decision.status, one.decision.reason, one.refusal, one.publishes) for one in steps]


def _build(stage: Stage) -> Built:
    output = stage.project / OUTPUT
    outcome = build_site(stage.project, output=output)
    found = outcome.report
    if outcome.status:
        problems = [one for one in found.get("problems", ()) if one["weight"] == "error"]
        told = as_line(_problem(problems[0])) if problems else outcome.said.splitlines()[-1:] or ["It said nothing."]
        return Built(output, 0, 0, 0, str(told if problems else told[0]))
    return Built(output, found["pages"], sum(found["entries"].values()), found["seconds"])


def _problem(found: Mapping[str, Any]) -> Problem:
    place = Place(found["file"], found["line"], found["column"])
    return Problem(found["code"], found["where"], found["message"], place, found["weight"])


def _texts(house: House, moment: dt.datetime) -> Texts:
    """Return what people write in the play: the schema's own examples under a title and addresses of their own."""
    name = FAVOURITE if FAVOURITE in house.rulebooks else house.kinds[0]
    form_, kind = house.forms[name], house.rulebooks[name].kind
    properties = kind.schema["properties"]

    def value(title: str, changes: Mapping[str, Any]) -> dict[str, Any]:
        own: dict[str, Any] = {one: properties[one]["examples"][0] for one in kind.schema["required"]}
        word = title.lower().replace(" ", "-")
        own |= {"title": title, "sources": [{"title": f"On “{title}”", "url": f"https://www.example.org/on-{word}"}]}
        own["summary"] = "It was written for a rehearsal, and is about nothing."
        own |= {"link": {"url": f"https://www.example.org/{word}"}} if "link" in properties else {}
        return {**own, **changes}

    def form(title: str = TITLE, *, has_mistake: bool = False, **changes: Any) -> str:
        wrong = {"link": {"url": "www.example.org"}} if "link" in properties else {"summary": ""}
        return write_form(answers_of(value(title, {**changes, **(wrong if has_mistake else {})}), form_, kind), form_)

    def file(title: str, slug: str, **changes: Any) -> str:
        own = {"slug": slug, "added": month_of(moment), "intake": {"channel": "offline"}, **changes}
        return write_yaml(value(title, own))

    return Texts(name, kind.schema.get("x-singular", name), form, file)


def _nothing(*_: Any, **__: Any) -> str:
    return ""
