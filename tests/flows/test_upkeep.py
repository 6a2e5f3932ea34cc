"""The lists on a fake GitHub: made once, edited afterwards, and never an entry touched."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import pytest

from desk import Desk
from fake_github import BOT
from github_under_test import asked_by_command
from mutualaid.adapters.github.client import Client
from mutualaid.adapters.links import Politeness
from mutualaid.cli.main import main
from mutualaid.core.upkeep.links import NO_SUCH_HOST, LinkCheck
from mutualaid.errors import NotPublishable, WorldError
from mutualaid.flows import upkeep
from mutualaid.flows.upkeep import Lists, Maker, carry_out, links_to_look_at, month_to_review, plan, week_that_waits

FUND = "https://www.fund.org/"
LIST = "https://www.list.net/old"


class Web:
    """What is out there, by address; everything else is fine."""

    def __init__(self) -> None:
        self.there: dict[str, LinkCheck] = {}
        self.asked: list[str] = []

    def look(self, links: Iterable[str], _: Politeness) -> Mapping[str, LinkCheck]:
        self.asked = list(links)
        return {url: self.there.get(url, LinkCheck(200, end=url)) for url in self.asked}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    for path, new in (("groups/a-fund", FUND), ("resources/old-guide", LIST)):
        file = f"submissions/{path}.yaml"
        text = desk.github.read(file) or ""
        desk.github.plant({file: text.replace(f"https://www.example.org/{Path(path).name}", new, 1)})
    desk.pull()
    return desk


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    found = Web()
    monkeypatch.setattr(upkeep, "check_links", found.look)
    return found


def here(desk: Desk) -> Client:
    token = desk.github.token_for(BOT, contents="read", issues="write", pull_requests="read")
    return Client(desk.github.address, desk.github.repository, token)


def done(desk: Desk, make: Maker) -> Lists:
    desk.pull()
    steps = plan(make, desk.root, here(desk), desk.github.clock)[1]
    carry_out(here(desk), steps)
    return steps


def review(desk: Desk) -> Lists:
    return done(desk, month_to_review)


def links(desk: Desk, most: int = 100) -> Lists:
    return done(desk, partial(links_to_look_at, manners=Politeness(lambda _: None), most=most))


def issues(desk: Desk) -> list[tuple[int, bool, str]]:
    return [(one.number, one.is_open, one.title) for one in desk.github.repo.issues.values()]


def body(desk: Desk, number: int = 1) -> str:
    return desk.github.repo.issues[number].body or ""


def reviewed(desk: Desk, path: str) -> None:
    file = f"submissions/{path}.yaml"
    text = desk.github.read(file) or ""
    when = f"{desk.github.clock:%Y-%m}"
    desk.github.plant({file: f"{text}reviewed:\n  on: '{when}'\n  by_role: A maintainer\n"})


def test_a_month(desk: Desk) -> None:
    review(desk)
    assert issues(desk) == [(1, True, "To look at again in January 2027")]
    assert body(desk).count("- [ ] ") == 2
    assert review(desk) == ()
    reviewed(desk, "groups/a-fund")
    review(desk)
    assert (body(desk).count("- [ ] "), body(desk).count("- [x] ")) == (1, 1)
    reviewed(desk, "resources/old-guide")
    review(desk)
    assert issues(desk) == [(1, False, "To look at again in January 2027")]
    assert review(desk) == ()
    assert body(desk).count("- [x] ") == 2
    assert desk.github.creations == 1


def test_a_week(desk: Desk) -> None:
    """Nothing waits, so nothing is opened; then one issue a week, the last one closed, and no word of any offer."""

    def tell() -> tuple[str, ...]:
        return tuple(step.words for step in done(desk, week_that_waits))

    assert tell() == ()
    desk.in_review()
    removal = desk.github.open_issue("sam", "A Secret", "Please", ("kind: take-down",))
    desk.look(removal)
    desk.github.later(days=3)
    assert tell() == ("open an issue: What waits, 2027-01-07",)
    first = max(desk.github.repo.issues)
    assert "- **Removals:** 1 waits, oldest 3 days." in body(desk, first)
    assert not re.search(r"#\d|https?:|secret|sam", body(desk, first), re.IGNORECASE)
    before = desk.spent()
    assert tell() == () and [now - then for now, then in zip(desk.spent(), before, strict=True)] == [4, 0, 0]
    desk.github.later(days=7)
    assert tell() == ("open an issue: What waits, 2027-01-14", f"edit #{first}, closed")
    assert desk.changes_nothing()
    desk.github.close_issue("ada", removal)
    desk.look(removal)
    assert tell() == (f"edit #{first + 1}",) and "Removals:" not in body(desk, first + 1)


@pytest.mark.usefixtures("web")
def test_a_list_of_somebody_elses_counts_for_nothing(desk: Desk) -> None:
    """Whoever copies the hidden line gains nothing by it; a sweep of forms writes nothing to the lists."""
    review(desk)
    planted = desk.github.open_issue("sam", "To look at again", body(desk).replace("- [ ]", "- [x]"))
    assert review(desk) == ()
    assert planted == 2 and body(desk, 2).count("- [x] ") == 2
    review(desk)
    links(desk)
    assert desk.changes_nothing()


def test_a_link_dies(desk: Desk, web: Web) -> None:
    """Seen once it is remembered; a week later it is told; alive again it goes from the list. No entry is touched."""
    tip, person = desk.github.repo.tip("main"), "**One link needs a person.**"
    web.there[FUND] = LinkCheck(404, end=FUND)
    for said in ("### Seen once", f"`{FUND}`: answers 404, first seen {desk.github.clock:%Y-%m-%d}"):
        links(desk)
        assert said in body(desk) and (person in body(desk)) is ("first seen" in said)
        assert links(desk) == () and sorted(web.asked) == [FUND, LIST]
        desk.github.later(days=7)
    del web.there[FUND]
    links(desk)
    assert "Nothing needs you" in body(desk)
    assert len(issues(desk)) == 1 and desk.github.creations == 1
    assert desk.github.repo.tip("main") == tip


def test_a_closed_list_of_links_is_found_again(desk: Desk, web: Web) -> None:
    """Somebody closed it: it keeps its memory, and opens again when a person is needed."""
    links(desk)
    desk.github.close_issue("ada", 1)
    assert links(desk) == ()
    web.there[LIST] = LinkCheck(200, end="https://casino.elsewhere.com/")
    links(desk)
    assert [(number, is_open) for number, is_open, _ in issues(desk)] == [(1, True)]


def test_so_many_a_run(desk: Desk, web: Web) -> None:
    links(desk, most=1)
    first = web.asked
    desk.github.later(days=7)
    links(desk, most=1)
    assert sorted([*first, *web.asked]) == [FUND, LIST]


def test_nothing_is_written(desk: Desk, web: Web) -> None:
    """While our own line is down, or entries have problems."""
    for number in range(6):
        text = (desk.github.read("submissions/groups/a-fund.yaml") or "").replace("a-fund", f"fund-{number}")
        text = text.replace(FUND, f"https://fund-{number}.org/")
        desk.github.plant({f"submissions/groups/fund-{number}.yaml": text})
        web.there[f"https://fund-{number}.org/"] = LinkCheck(0, NO_SUCH_HOST)
    with pytest.raises(WorldError, match="our own line"):
        links(desk)
    assert issues(desk) == []
    desk.github.plant({"submissions/groups/a-fund.yaml": "slug: a-fund\n"})
    with pytest.raises(NotPublishable):
        review(desk)


def test_the_command(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    arguments = ["--root", str(desk.root), "review"]
    assert main([*arguments, "--dry-run"]) == 0
    assert "would open an issue: To look at again in" in capsys.readouterr().out
    assert main(arguments) == 2
    asked_by_command(monkeypatch, desk.github, desk.github.token_for(BOT))
    desk.github.clock = dt.datetime.now(tz=dt.UTC)
    assert main(arguments) == 0
    assert "open an issue: To look at again in" in capsys.readouterr().out
    assert main(arguments) == 0
    assert "The list is up to date." in capsys.readouterr().out
