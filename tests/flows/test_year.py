"""A year on the fake GitHub: no offer is lost, no promise is broken unnoticed, and the requests are counted."""

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import cycle

import pytest

from desk import KIND, Desk, entry_value
from fake_github import BOT
from fake_github.repository import Pull
from forms_under_test import answers, project_forms
from mutualaid.adapters.yaml import write_yaml
from mutualaid.core.forms.answers import write_form
from mutualaid.core.pipeline.situation import BRANCH_OF_FORM
from mutualaid.flows.upkeep import carry_out, plan, week_that_waits
from world import PROJECT, host_text

WORKFLOWS = PROJECT / ".github" / "workflows"

SEASONS = (  # days and offers of a year, and of a short one; whether a team is there; what happens in its middle
    ("the first months", (60, 120), (7, 6), True, "removal"),
    ("a quiet winter", (75, 0), (62, 0), True, ""),
    ("spring", (90, 150), (4, 4), True, ""),
    ("the team has left", (60, 50), (15, 4), False, "removal"),
    ("a fork, with a new team", (73, 80), (8, 5), True, "fork"),
    ("afterwards", (7, 0), (6, 0), True, ""),
)
FATES = ("approved", "fixed", "edited", "never fixed", "by hand", "approved", "withdrawn", "declined", "approved")
ENDS = {"withdrawn": {"withdrawn"}, "declined": {"declined"}, "never fixed": {"needs-fix", "expired"}}
PROMISED = {"Removals": ("takedown_within", 3), "Offers to review": ("review_within", 5)}
SEEDED_ENTRIES, A_DAY, TURN = 2, dt.timedelta(days=1), 12


@dataclass
class Year:
    """`offers` holds each thread's fate and day, `removals` which published form each request is about."""

    desk: Desk
    chance: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311 - luck, and no secret
    offers: dict[int, tuple[str, int]] = field(default_factory=dict)
    removals: dict[int, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    day: int = 0

    def happen(self, number: int) -> None:
        """Have the bot run for an event: once, twice or never; a run switches a timer on that GitHub has stopped."""
        for _ in range(self.chance.choices((0, 1, 2), (1, 8, 1))[0]):
            self.desk.github.later(minutes=20)
            self.desk.look(number)
            if self.desk.github.repo.stopped:
                self.desk.github.call(BOT, "actions/enable-workflow", {"workflow_id": "timer.yml"})

    def title(self) -> str:
        return " ".join("".join(self.chance.choices("abdefghiklmnoprstuvw", k=9)).capitalize() for _ in range(2))

    def offer(self, fate: str) -> None:
        title, login = self.title(), f"p{len(self.offers)}"
        if fate == "by hand":
            slug = title.lower().replace(" ", "-")
            own = {"slug": slug, "added": "2027-01", "intake": {"channel": "offline"}}
            file = f"submissions/{KIND}/{slug}.yaml"
            number = self.desk.by_hand({file: write_yaml(entry_value(title, **own))}, login)
        else:
            number = self.desk.offer(login, title, **({"summary": ""} if "fixed" in fate else {}))
            self.happen(number)
        self.offers[number] = (fate, self.day)

    def contributors(self) -> None:
        for number, (fate, day) in self.offers.items():
            author = self.desk.github.repo.issues[number].author
            if day == self.day - 2 and fate == "fixed":
                self.desk.edit(number, self.title(), author)
            elif day == self.day - 2 and fate == "withdrawn":
                self.desk.comment(author, number, "/withdraw")
            else:
                continue
            self.happen(number)

    def open_pulls(self) -> dict[int, Pull]:
        """Return each open pull request by the number of the thread where the bot speaks of it."""
        repo = self.desk.github.repo
        pulls = [pull for pull in repo.pulls.values() if repo.issues[pull.number].is_open]
        forms = (BRANCH_OF_FORM.fullmatch("" if pull.fork else pull.branch) for pull in pulls)
        return {int(form[1]) if form else pull.number: pull for form, pull in zip(forms, pulls, strict=True)}

    def team(self) -> None:
        """Every other day somebody answers removals, and then a dozen offers."""
        github = self.desk.github
        for asked, about in self.removals.items():
            if "status: retracted" in self.desk.labels(about):
                github.close_issue("ada", asked)
            elif github.repo.issues[asked].is_open:
                self.desk.comment("ada", about, "/retract")
                self.happen(about)
        for number, pull in [*self.open_pulls().items()][:TURN]:
            fate, day = self.offers.get(number, ("approved", 0))
            if fate == "declined":
                self.desk.comment("mo", number, "/decline not for this list")
            elif fate != "withdrawn":
                self.desk.approve(pull.number)
            if fate == "edited":
                self.desk.edit(number, self.title(), github.repo.issues[number].author)
                self.offers[number] = ("approved", day)
            if not pull.fork:  # a run for a fork only reads, so the next sweep finds it
                self.happen(pull.number)

    def digest(self) -> None:
        """Each week: what is late at that moment is in the digest, with its number, and nothing else is called late."""
        repo, now = self.desk.github.repo, self.desk.github.clock
        self.desk.pull()
        wanted, steps = plan(week_that_waits, self.desk.root, self.desk.here, now)
        carry_out(self.desk.here, steps)
        words = wanted.body
        for queue, numbers in {"Removals": [*self.removals], "Offers to review": [*self.open_pulls()]}.items():
            ages = [now - repo.issues[one].created_at for one in numbers if repo.issues[one].is_open]
            is_late = max(ages, default=A_DAY) > PROMISED[queue][1] * A_DAY
            row = next((line for line in words.splitlines() if f"**{queue}:**" in line), "")
            seen = f" {len(ages)} wait" in row, "**Late.**" in row
            assert seen == (bool(ages), is_late), f"day {self.day}: {row or words} {ages}"
            self.late[queue] = self.late.get(queue, 0) + is_late

    def ask_for_removal(self) -> None:
        issues = self.desk.github.repo.issues
        left = (number for number in self.offers if number not in self.removals.values())
        about = next(number for number in left if issues[number].state_reason == "completed")
        form, _ = project_forms()["take-down"]
        body = write_form(answers(form, **{one.id: f"https://aid.example.org/{about}/" for one in form.fields}), form)
        asked = self.desk.github.open_issue(issues[about].author, "Take down", body, ("kind: take-down",))
        self.removals[asked] = about
        self.happen(asked)

    def night(self) -> None:
        """Sweep, as long as the timer runs: of the 48 a day one, and where nothing is open one a week."""
        if "timer.yml" not in self.desk.github.started_by("schedule"):
            return
        is_new_week = self.day % 7 == 0
        if is_new_week or self.open_pulls():
            self.desk.look()
        if is_new_week:
            self.digest()


@pytest.mark.parametrize("column", [pytest.param(0, marks=pytest.mark.slow), 1], ids=["year", "short"])
def test_a_year(column: int, desk: Desk) -> None:
    year, github = Year(desk), desk.github
    facts = {name: f"{days} days" for name, days in PROMISED.values()}
    flows = {f".github/workflows/{one.name}": one.read_text("utf-8") for one in WORKFLOWS.iterdir()}
    github.plant({"content/host.yaml": host_text(private_contact="aid@example.org", **facts), **flows})
    begin, fates = github.clock, cycle(FATES)
    for _, *spans, has_team, event in SEASONS:
        days, offers = spans[column]
        for day in range(days):
            year.day += 1
            github.clock = max(github.clock, begin + year.day * A_DAY)
            for _ in range(offers * (day + 1) // days - offers * day // days):
                year.offer(next(fates))
            year.contributors()
            if event == "fork" and day == 0:
                github.settings.is_fork = True
                github.repo.started.clear()
            if event == "fork" and day == 3:  # somebody switches the timers on
                github.call("mo", "actions/enable-workflow", {"workflow_id": "timer.yml"})
            if event == "removal" and day == days // 2:
                year.ask_for_removal()
            if has_team and day % 2:
                year.team()
            year.night()
    assert year.late["Offers to review"] and year.late["Removals"]
    assert max(run.client.requests for run in desk.runs) < desk.runs[-1].checkout.policy.requests_a_run
    for number, (fate, day) in year.offers.items():
        wanted = {"retracted"} if number in year.removals.values() else ENDS.get(fate, {"published"})
        status = {one.removeprefix("status: ") for one in desk.labels(number) if one.startswith("status: ")}
        assert desk.said(number) and status and status <= wanted, (number, fate, day, status)
    published = sum(ENDS.get(fate) is None for fate, _ in year.offers.values())
    assert len(desk.files("main")) == SEEDED_ENTRIES + published and not year.open_pulls()
    assert all(not github.repo.issues[asked].is_open for asked in year.removals)
