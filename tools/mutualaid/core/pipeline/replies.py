"""Everything that the bot says in the bot's comment: one function a message, in plain words for a tired reader.

Each message begins with where things stand and ends with what happens next, and by when. Pure; text that strangers
wrote passes through `defused` or `fenced`, and comes in no other way. No message is longer than GitHub takes: what
strangers wrote is cut, and then it says where the rest is; what the bot itself has to say is never cut.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from mutualaid.core.entries.problem import Problem
from mutualaid.core.pipeline.escaping import defused, fenced
from mutualaid.core.pipeline.limits import fitting, shortened
from mutualaid.core.pipeline.merge_rule import Point
from mutualaid.core.pipeline.policy import Policy
from mutualaid.core.pipeline.situation import Host, NeedsFix, Ready, Situation

MOVED = 409
LONGEST = 20_000
"""Characters of each of the two texts that a comment shows."""
A_LIST, A_LONG_LIST, A_LINE = 8_000, 40_000, 1_000
"""Characters of a list, of one in a message that shows no text, and of a line in it."""
AGAIN = "I look at this form again by myself within five minutes of every edit, so you don't have to ask."
TAKE_BACK = "You can take it back at any time: write `/withdraw` in a comment, on a line by itself."


def needs_fix(outcome: NeedsFix, situation: Situation, policy: Policy) -> str:
    """It came in, and something must change first: every reason at once."""
    count = len(outcome.problems)
    things = "One thing has" if count == 1 else f"{count} things have"
    how = "At the top right of your form, press the three dots, then **Edit**. Change the text and save it."
    again = AGAIN
    if not situation.by_form:
        how = "Change the file on your branch."
        again = "I look at it again by myself within 45 minutes of every change, so you don't have to ask."
    close = f"If nothing changes for {policy.expire_after_days} days, I close it, and nothing is lost."
    return _message(
        f"**Thank you. {things} to change before a maintainer can read it.**",
        _list(map(_problem, outcome.problems),
              "- … and {} more. Once these are changed, I show the rest.", A_LONG_LIST),
        f"**What to do.** {how}",
        _by_hand(situation),
        _next(f"{again} {close}", TAKE_BACK if situation.by_form else ""),
    )  # fmt: skip


def in_review(outcome: Ready, situation: Situation, points: Iterable[Point]) -> str:
    """Every check passed; a maintainer reads it."""
    if outcome.is_retraction:
        return _removal_in_review(outcome, situation, points)
    return _message(
        "**Thank you. Every check passed, and a maintainer, one of the people who run this site, reads it next.**",
        _by_hand(situation),
        _changes(outcome),
        _could_point(outcome, situation),
        _shown(outcome, situation),
        _rule(points),
        _next(
            f"{_review_time(situation.host)} If they say yes, it goes on the site at {_address(outcome.address)} "
            "by itself, and I say so here. If something should change, they write it here.",
            TAKE_BACK if situation.by_form else "",
        ),
    )


def _removal_in_review(outcome: Ready, situation: Situation, points: Iterable[Point]) -> str:
    """An entry is to go; one maintainer has to agree."""
    within = situation.host.takedown_within
    time = f"within {within}" if within else "as soon as they can; no time is promised yet"
    return _message(
        f"**This takes away the entry at {_address(outcome.address)}. One maintainer has to agree first.**",
        "" if situation.is_offline else _by_hand(situation),
        _rule(points, "It is taken away"),
        _next(f"A maintainer looks at it {time}. Once they agree, the entry leaves the site within about ten "
              "minutes, and I say so here. Nobody asks for a reason, and none is kept."),
    )  # fmt: skip


def maybe_duplicate(outcome: Ready, situation: Situation, points: Iterable[Point]) -> str:
    """Every check passed, but the site, or another open form, has something much like it."""
    like = _list((*_open_ones(situation), *(defused(said) for said in (*outcome.clashes, *outcome.warnings))))
    first = "The site may have this already, so a maintainer compares the two first."
    if not outcome.clashes and not outcome.warnings:
        first = "Every check passed. Another open form looks much like it, so a maintainer reads both together."
    decide = (
        "Nothing is wrong, and both stay open. A maintainer looks at both and decides. If yours says something new, "
        "write in a comment what it is."
    )
    if outcome.clashes:
        decide = (
            "The site can't hold both as they are. If yours is about the same thing, you can write `/withdraw` in a "
            "comment, on a line by itself. If it isn't, change what the two share, or write in a comment how they "
            "differ, and a maintainer helps."
        )
    return _message(
        f"**Thank you. {first}**",
        like,
        _by_hand(situation),
        _changes(outcome),
        _could_point(outcome, situation),
        _shown(outcome, situation),
        _rule(points),
        _next(f"{decide} {_review_time(situation.host)}", "" if outcome.clashes else TAKE_BACK),
    )


def approved(outcome: Ready, situation: Situation, points: Iterable[Point]) -> str:
    """A maintainer said yes, but another point of the rule does not hold yet."""
    settle = "A maintainer has to settle the point without a check mark (◦); no time is promised for that."
    if outcome.clashes:
        settle += (
            " If you change what the two share, I look again within five minutes, and a maintainer reads it again."
        )
    done = "taken away" if outcome.is_retraction else "published"
    return _message(
        f"**A maintainer has said yes. One more thing has to be settled before it is {done}.**",
        _list(defused(said) for said in outcome.clashes),
        _shown(outcome, situation),
        _rule(points, f"It is {done}"),
        _next(f"{settle} Then it is {done} by itself, and I say so here."),
    )


def not_merged(status: int, situation: Situation) -> str:
    """A maintainer said yes and every point holds, but GitHub refused to merge it; `status` is its answer."""
    why = "GitHub says that something changed at that very moment."
    if status != MOVED:
        why = "GitHub says that it can't be added right now. A rule of this project may be waiting for something."
    own = situation.by_form or situation.is_offline
    cure = "You don't have to do anything." if own else (
        "If GitHub shows you a conflict, bring your branch up to date; a maintainer then reads it again."
    )  # fmt: skip
    return _message(
        "**A maintainer has said yes, but GitHub didn't take it just now.** Your text is fine, and it isn't lost.",
        why,
        _next(f"I try again by myself within 30 minutes, and keep trying. {cure} If this is still here tomorrow, "
              "a maintainer has to look: see “When the bot stops” in docs/runbook.md."),
    )  # fmt: skip


def unfinished() -> str:
    """Something was refused that does not pass by itself."""
    return _message(
        "**I could not finish this: something on my side doesn't work, and a maintainer has to look.** Your text "
        "isn't lost, and you don't have to do anything.",
        _next("A maintainer finds this by its label “for a person”, and the reason in the log of the last run, under "
              "Actions; no time is promised for that. Once it's settled, I go on by myself within 30 minutes and say "
              "so here."),
    )  # fmt: skip


def published(address: str, situation: Situation) -> str:
    """It is merged, and the site is being built: the words are written before the page is there."""
    site = situation.host.site_address
    where = f"{site}{address}" if site else f"{_address(address)} on the site"
    removal = (
        "To change it later, open the same kind of form again, with the page's address in its first answer. To have "
        "it taken away, read “Ask for removal” on the site first, because there may be a private way. You never have "
        "to give a reason."
    )
    return _message(
        f"**It has been accepted. Thank you for sharing it.** Its page will be at {where}.",
        _next(
            "The site is being built again, and the page is usually there within ten minutes. If you don't see it "
            "tomorrow, say so in a comment here.",
            removal,
        ),
    )


def merged_not_shown(address: str, problems: Iterable[str], *, is_form: bool) -> str:
    """It is on main, where something is wrong with it, so the site cannot be built: a person merged it by hand."""
    again = "I look again within 30 minutes, and say here what I find." if is_form else ""
    return _message(
        "**It is merged, but it isn't on the site yet.** The site can't be built while there's this problem:",
        _list(defused(said) for said in problems),
        _next(f"A maintainer has to settle that on main; no time is promised for it. After that, its page will be at "
              f"{_address(address)}.", again),
    )  # fmt: skip


def held(reason: str, situation: Situation) -> str:
    """A maintainer wants it to wait."""
    why = _reason("They wrote", reason)
    return _message(
        f"**A maintainer has put this on hold.** {why}",
        _next("Nothing goes on the site while it's on hold. A maintainer comes back to it; no time is promised for "
              "that, but it won't expire in the meantime.", TAKE_BACK if situation.by_form else ""),
    )  # fmt: skip


def held_by_closing(situation: Situation) -> str:
    """Somebody closed its pull request; that counts as a hold."""
    return _message(
        "**This is on hold, because somebody closed the request to add it to the site.**",
        _next("Nothing goes on the site now. A maintainer can pick it up again with `/resume` in a comment here, on a "
              "line by itself; no time is promised for that.", TAKE_BACK if situation.by_form else ""),
    )  # fmt: skip


def withdrawn() -> str:
    """Its contributor wrote /withdraw."""
    return _message(
        "**You took this back, and it won't be published.** Thank you for the thought. Nobody will ask why.",
        "People can still read the text above on this page, with its older versions. You can edit it and delete what "
        "it says, and delete older versions under “edited”. Nobody can call back copies and e-mails that went out.",
        _next("Nothing more happens. If you change your mind, write `/recheck` in a comment, on a line by itself. "
              "I answer within five minutes."),
    )  # fmt: skip


def closed(situation: Situation) -> str:
    """Somebody closed it on GitHub."""
    again = "If you didn't mean to, open it again, or write `/recheck` in a comment, on a line by itself."
    return _message(
        "**This was closed, so it counts as taken back and won't be published.**",
        _next(f"Nothing more happens. {again} I answer within five minutes." if situation.by_form else
              "Nothing more happens. If you didn't mean to, open it again, and I answer within 45 minutes."),
    )  # fmt: skip


def form_gone() -> str:
    """Said on the bot's pull request, because nobody can be told on the form any more."""
    return _message(
        "**The form that this came from was deleted or moved to another repository, so I have closed this.** Nothing "
        "of it will be published.",
        _next("Nothing more happens. Whoever still wants it published can send the form again. This page still shows "
              "the text; “Retract and redact” in docs/runbook.md says how a maintainer has that removed, too."),
    )  # fmt: skip


def declined(reason: str) -> str:
    """A maintainer said no, and why."""
    why = _reason("Their reason", reason)
    return _message(
        f"**A maintainer has read this and won't publish it.** {why}",
        "This is about the text, not about you, and it takes nothing away from what you did at work. Thank you for "
        "offering it.",
        _next("Nothing more happens by itself. If you change the text in a way that settles it, say so in a comment, "
              "and a maintainer can pick it up again. No time is promised for that."),
    )  # fmt: skip


def declined_as_spam() -> str:
    """A maintainer took it for spam."""
    return _message(
        "**A maintainer took this for advertising or spam and closed it.**",
        _next("Nothing more happens by itself. If that's a mistake, say so in a comment, and somebody looks again. "
              "No time is promised for that."),
    )  # fmt: skip


def duplicate(rest: str) -> str:
    """A maintainer says that it is offered, or published, elsewhere already."""
    digits = rest.lstrip("#").split(" ")[0]
    where = f": see #{digits}" if digits.isdecimal() and len(digits) < 10 else ""  # noqa: PLR2004
    return _message(
        f"**A maintainer found that this was offered before{where}.** Thank you all the same.",
        _next("Nothing more happens here. If yours says something that the other doesn't, write that in a comment "
              "there or here, and a maintainer looks at it. No time is promised for that."),
    )  # fmt: skip


def expired(days: int) -> str:
    """It needed a change, and nothing changed."""
    return _message(
        f"**Nothing changed here for {days} days, so I've closed it.** That's all right, life is full.",
        _next("Nothing more happens by itself. To go on, write `/recheck` in a comment, on a line by itself. Within "
              "five minutes I answer with what still has to change."),
    )  # fmt: skip


def too_many(limit: int) -> str:
    """Its contributor has as many open forms as anybody may have."""
    return _message(
        f"**Thank you. You have {limit} other forms open here, as many as one account may have at a time.**",
        "This one waits its turn. It isn't lost, and you don't have to send it again.",
        _next("I look at this one within 30 minutes after one of the others is published or closed.", TAKE_BACK),
    )


def change_a_page(host: Host) -> str:
    """A wish for a page; a person answers it."""
    return _message(
        "**Thank you. Your suggestion is here, and a person will read it.**",
        _next(f"{_review_time(host)} They answer here, and close this once the page is changed or they've said why "
              "not. Nothing on the site changes by itself."),
    )  # fmt: skip


def take_down(host: Host) -> str:
    """A wish for a removal; a person answers it."""
    time = f"within {host.takedown_within}" if host.takedown_within else "as soon as they can (no time is promised yet)"
    private = f" If you'd rather not write in public, write to {host.private_contact}." if host.private_contact else ""
    return _message(
        "**Your request is here, and a person will see to it. You don't have to give a reason.**",
        f"Please write nothing here but the page's address, because this is public and shows your account.{private}",
        _next(f"A maintainer sees to it {time}, and says so here. Once it's done, the page leaves the site within "
              "about ten minutes. Copies elsewhere may stay."),
    )  # fmt: skip


def stopped(found: Sequence[str], path: str) -> str:
    """What was merged is not what was approved: the loudest message that there is. `path` is all it should change."""
    what = "The merged commit changes these files:"
    if list(found) == [path]:
        what = (
            "It changes the right file, but not to the approved text. Main had probably changed that file in the "
            "meantime, and GitHub mixed the two:"
        )
    return _message(
        "**STOP. What was merged here is not what was approved, so publishing has stopped.**",
        what,
        _list(f"`{defused(path).replace('`', '')}`" for path in found),
        _next("A maintainer must look at the last commit on main now, and revert it; see “When the bot stops” in "
              "docs/runbook.md. Nothing is published until that's done. If this is your form: it isn't your fault, "
              "and your text isn't lost."),
    )  # fmt: skip


def retraction_waits() -> str:
    """A maintainer asked for a retraction; one of them has to approve it."""
    return _message(
        "**Somebody asked for this to be removed. One maintainer has to agree first.**",
        _next("Once a maintainer approves its pull request, the entry leaves the site within about ten minutes, and I "
              "say so here."),
    )  # fmt: skip


def retracted(address: str) -> str:
    """The entry is gone from the site."""
    return _message(
        f"**The entry at {_address(address)} has been removed.** Its page says only that, and when.",
        "This form, its older versions and the project's history may still hold the text, and others may have copies. "
        "The site's page “Ask for removal” says what can be done about that; for maintainers it's in docs/runbook.md, "
        "under “Retract and redact”.",
        _next(
            "The site is being built again, and the entry is usually gone within ten minutes. If you still see it "
            "tomorrow, say so in a comment here, or write to a maintainer."
        ),
    )


def _message(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _next(*sentences: str) -> str:
    return "**What happens next.** " + " ".join(sentence for sentence in sentences if sentence)


def _reason(lead: str, reason: str) -> str:
    given = shortened(defused(reason), A_LIST)
    return f"{lead}: {given}" if reason else "They gave no reason here. You can ask for it in a comment."


def _problem(problem: Problem) -> str:
    return f"**{defused(problem.where)}** (line {problem.place.line}): {defused(problem.message)}"


def _list(rows: Iterable[str], more: str = "- … and {} more.", room: int = A_LIST) -> str:
    return "\n".join(fitting([f"- {shortened(row, A_LINE)}" for row in rows], room, more))


def _review_time(host: Host) -> str:
    within = f"within {host.review_within}" if host.review_within else "as soon as they can; no time is promised yet"
    return f"A maintainer reads it {within}."


def _address(address: str) -> str:
    return f"`{address}`"


def _by_hand(situation: Situation) -> str:
    if situation.by_form:
        return ""
    if situation.is_offline:
        return "This came without an account. A maintainer typed it in, and may approve it as well."
    return (
        "**Before you go on:** a pull request that you open yourself puts your account's name and address into the "
        "project's history for good. If you'd rather not, close this and use the form instead. There, I make the "
        "commit, and your name stays out of it (the form itself still shows your account)."
    )


def _could_point(outcome: Ready, situation: Situation) -> str:
    if not outcome.findings:
        return ""
    more = f"- … and {{}} more. Whoever approves has to look for them in {_whole_text(outcome, situation)}."
    return _message(
        "**Look at these once more.** They may be fine, but they could point to a person or a workplace. I read "
        "English and a few words of Spanish, and I miss things in any language:",
        _list((defused(said) for said in dict.fromkeys(outcome.findings)), more),
    ).rstrip("\n")


def _changes(outcome: Ready) -> str:
    if not outcome.is_correction:
        return ""
    kept = " What you left empty stays as it is there." if outcome.base else ""
    return f"It changes the entry at {_address(outcome.address)}, and no other.{kept}"


def _open_ones(situation: Situation) -> Iterable[str]:
    return (f"#{number} is open too, and much like it." for number in situation.alike)


def _shown(outcome: Ready, situation: Situation) -> str:
    if outcome.is_retraction:
        return "This takes an entry away: " + _address(outcome.address)
    preview, exact = _boxed(outcome.preview), _boxed(outcome.text, "yaml")
    is_whole = (preview, exact) == (fenced(outcome.preview), fenced(outcome.text, "yaml"))
    return _message(
        f"<details><summary>How it will read at <code>{outcome.address}</code></summary>",
        preview,
        "</details>",
        "<details><summary>The exact text that will be saved</summary>",
        exact,
        "</details>",
        ""
        if is_whole
        else "**This comment can't hold all of it.** Whoever approves has to read the rest in "
        f"{_whole_text(outcome, situation)}.",
    ).rstrip("\n")


def _boxed(text: str, language: str = "text") -> str:
    """Fence as much of a text as fits; a fence grows with the longest run of its mark in the text."""
    most = LONGEST
    while len(box := fenced(text[:most], language)) > LONGEST + 100:
        most //= 2
    return box


def _whole_text(outcome: Ready, situation: Situation) -> str:
    """Say where the file is that the pull request brings. The branch of a form is known before its pull request is."""
    repository, pull = situation.host.repository, situation.pull
    is_own = situation.by_form or situation.is_offline
    if not repository or (pull is None and not is_own):
        return "the file on its branch"
    place = f"blob/{situation.branch}/{outcome.path}" if is_own or pull is None else f"pull/{pull.number}/files"
    return f"[the file on its branch](https://github.com/{repository}/{quote(place)})"


def _rule(points: Iterable[Point], done: str = "It goes on the site") -> str:
    rows = _list(f"{'✓' if point.holds else '◦'} {point.says}" for point in points)
    return f"{done} once all of these are true (✓ yes, ◦ not yet):\n\n{rows}" if rows else ""
