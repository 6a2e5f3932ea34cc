"""Attacks with what anybody may type: commands in a title, a second reading, script, too many forms."""

import re
from typing import Any

from mutualaid.rehearsal.plays.attack import Attack
from mutualaid.rehearsal.plays.stage import CONTRIBUTOR, STRANGER, TITLE, Stage, must

EXPRESSION = re.compile(r"\$\{\{[^}]*\bgithub\.(event|head_ref)\b[^}]*\}\}")
HIDDEN = "".join(chr(0xE0000 + ord(letter)) for letter in "and what nobody has approved")
RUN = re.compile(r"^(?P<indent>\s*)(?:- )?(?:run|script):(?P<rest>.*)$")


def shell_text(stage: Stage) -> str:
    """Commands in the title and the text, in each of the ways in which a shell or a workflow would run them."""
    touch = f"touch {stage.trace}"
    hostile = f'"; {touch}; ${{{{ github.token }}}}'
    number = stage.github.open_issue(STRANGER, hostile, stage.texts.form(summary=f"Words $({touch}) `{touch}`."))
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
    """Markup that would be alive on a page, in a form and in a file by hand."""
    texts: dict[str, dict[str, Any]] = {
        "a script": {"summary": "Words <script>alert(1)</script> that look like words."},
        "a picture that fails": {"summary": "Words <img src=x onerror=alert(1)> that look like words."},
        "a link that runs": {"sources": [{"title": "A source", "url": "javascript:alert(1)"}]},
        "a link that ends early": {"sources": [{"title": "A source", "url": 'https://a.example/"onclick="alert(1)'}]},
    }
    return _refused_each(stage, texts)


def hidden_text(stage: Stage) -> str:
    """Words that whoever approves does not see, and text of which nobody sees anything."""
    texts: dict[str, dict[str, Any]] = {
        "nothing but spaces without width": {"summary": "\u200b" * 30},
        "a link without words": {"summary": "[](https://www.example.org/a-place-that-nobody-sees)"},
        "a sentence in tags behind the words": {"summary": f"Words that look like words.{HIDDEN}"},
        "a turn of direction by its number": {"sources": [{"title": "&#x202e;ecruos A", "url": "https://a.example/"}]},
    }
    return _refused_each(stage, texts)


def _refused_each(stage: Stage, texts: dict[str, dict[str, Any]]) -> str:
    """Offer each by form and by pull request, and see that it is to be mended."""
    for count, (name, changes) in enumerate(texts.items(), 1):
        number = stage.offer(f"{STRANGER}-{count}", **changes)
        path = f"submissions/{stage.texts.kind}/by-hand.yaml"
        pull = stage.from_fork({path: stage.texts.file("By hand", "by-hand", **changes)}, f"mine-{count}")
        stage.approve(pull)
        for one in (number, pull):
            stage.look(one)
            found = stage.status_of(one)
            must(found == "needs-fix", f"“{found}” is what the bot says of {name}; it must be needs-fix.")
    return f"refused each, by form and by pull request: {', '.join(texts)}."


def flood(stage: Stage) -> str:
    """One account sends a heap of forms."""
    numbers = [stage.offer(CONTRIBUTOR, f"{TITLE} {one}") for one in range(1, 9)]
    other = stage.offer(STRANGER, "Somebody else's list")
    stage.look()
    waiting = [one for one in numbers if stage.status_of(one) == "received"]
    must(waiting, f"{len(numbers)} forms of one account are in review at once.")
    must(stage.status_of(other) == "in-review", "Somebody else's form does not get its turn.")
    return (
        f"took {len(numbers) - len(waiting)} of {len(numbers)}; {len(waiting)} wait their turn, others' forms do not."
    )


def _workflows(stage: Stage) -> list[str]:
    git = stage.github.repo.git
    every = git.walk(git.tree_of(stage.tip))
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


ATTACKS: tuple[Attack, ...] = (
    Attack("shell-text", "a title and a text hold commands for a shell and for a workflow.", shell_text),
    Attack("two-readings", "a text holds the form's own headings, to be read in another way.", two_readings),
    Attack(
        "script-text", "a text is a script for whoever reads the page, and a tired maintainer approves it.", script_text
    ),
    Attack("hidden-text", "a text holds words that nobody sees, or shows nothing at all.", hidden_text),
    Attack("flood", "one account sends eight forms at once.", flood),
)
