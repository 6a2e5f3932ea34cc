"""Attacks with what anybody may type: commands in a title, a second reading, script, too many forms."""

import re

from mutualaid.rehearsal.plays.attack import Attack
from mutualaid.rehearsal.plays.stage import CONTRIBUTOR, STRANGER, TITLE, Stage, must

EXPRESSION = re.compile(r"\$\{\{[^}]*\bgithub\.(event|head_ref)\b[^}]*\}\}")
RUN = re.compile(r"^(?P<indent>\s*)(?:- )?(?:run|script):(?P<rest>.*)$")
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def shell_text(stage: Stage) -> str:
    """Commands in the title and the text, in each of the ways in which a shell or a workflow would run them."""
    touch = f"touch {stage.trace}"
    hostile = f'"; {touch}; $({touch}) `{touch}` ${{{{ github.token }}}}'
    number = stage.github.open_issue(STRANGER, hostile, stage.texts.form(summary=f"Words {hostile}"))
    stage.look(number)
    stage.look()
    must(stage.said(number), "The bot did not answer, so nobody knows what became of that text.")
    careless = [f"{name}, line {line}" for name in _workflows(stage) for line in _careless(stage, name)]
    must(not careless, f"A stranger's text reaches a script: {'; '.join(careless)}.")
    return f"read it as text: #{number} is “{stage.status_of(number)}”. No workflow puts such text into a script."


def two_readings(stage: Stage) -> str:
    """A story that closes its own field and answers the next ones, so that a careless reader takes these."""
    body = stage.texts.form()
    number = stage.offer(body=f"{body}\n### Title\n\nA hostile title\n")
    inner = stage.offer(STRANGER, body=stage.texts.form(summary=f"Words.\n\n{body}"))
    for one in (number, inner):
        stage.look(one)
        found = stage.status_of(one)
        must(found == "needs-fix", f"#{one} is “{found}”; a form that can be read in two ways must be mended.")
        must(not stage.pull_of(one), f"The bot opened a pull request for #{one}, which can be read in two ways.")
    return "guessed nothing: both forms are to be mended, with the lines that could be read in two ways."


def script_text(stage: Stage) -> str:
    """A tired maintainer approves words that are a script; the site must show them as words."""
    number, pull = stage.in_review(summary=f"Words {SCRIPT} and no more.")
    stage.approve(pull)
    stage.look(number)
    must(stage.pull(pull)["merged"], "It was approved and not merged, so the page could not be looked at.")
    stage.refresh()
    site = stage.build(stage)
    must(not site.problem, f"The site was not built. {site.problem}")
    holding = [one for one in site.folder.rglob("*") if one.is_file() and b"alert(1)" in one.read_bytes()]
    must(holding, "No built page holds the words; they were to be shown as words.")
    alive = [one.relative_to(site.folder).as_posix() for one in holding if _is_alive(one.read_text(encoding="utf-8"))]
    must(not alive, f"The script is alive in {', '.join(alive)}.")
    return f"published the words; in none of the {len(holding)} built files that hold them are they a script."


def flood(stage: Stage) -> str:
    """One account sends a heap of forms."""
    numbers = [stage.offer(CONTRIBUTOR, f"{TITLE} {one}") for one in range(1, 9)]
    other = stage.offer(STRANGER, "Somebody else's list")
    stage.look()
    waiting = [one for one in numbers if stage.status_of(one) == "received"]
    must(waiting, f"{len(numbers)} forms of one account are in review at once.")
    must(stage.status_of(other) == "in-review", "Somebody else's form does not get its turn.")
    return f"took {len(numbers) - len(waiting)} of {len(numbers)}; {len(waiting)} wait their turn, others' forms do not."


def _workflows(stage: Stage) -> list[str]:
    world = stage.github.world
    every = world.store.walk(world.history.tree_of(stage.tip), deep=True)
    return [path for path, _ in every if path.startswith(".github/workflows/")]


def _careless(stage: Stage, name: str) -> list[int]:
    """Return the lines of a workflow's scripts that hold an expression which a stranger can fill."""
    found, depth = [], -1
    for number, line in enumerate((stage.github.read(name) or "").splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        match = RUN.match(line)
        if line.strip() and indent <= depth:
            depth = -1
        if match:
            depth = indent
        if (match or depth >= 0) and EXPRESSION.search(line):
            found.append(number)
    return found


def _is_alive(text: str) -> bool:
    """Whether a built file holds the words as markup. In JSON and XML data a bare `<` is data, or is escaped."""
    is_page = text.lstrip()[:15].lower().startswith("<!doctype html")
    return is_page and ("<script>alert" in text or "<img src=x" in text)


ATTACKS: tuple[Attack, ...] = (
    Attack("shell-text", "a title and a text hold commands for a shell and for a workflow.", shell_text),
    Attack("two-readings", "a text holds the form's own headings, to be read in another way.", two_readings),
    Attack("script-text", "a text is a script, and a tired maintainer approves it.", script_text, is_published=True),
    Attack("flood", "one account sends eight forms at once.", flood),
)
