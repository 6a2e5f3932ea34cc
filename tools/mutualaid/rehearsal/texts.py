"""Attacks with what anybody may type: commands in a title, a second reading, script, too many forms."""

import re
from typing import Any

from fake_github.operations.git import workflows_in
from mutualaid.rehearsal.forks import refuses_each
from mutualaid.rehearsal.hands import CONTRIBUTOR, STRANGER, TITLE, must
from mutualaid.rehearsal.stage import Stage

EXPRESSION = re.compile(r"\$\{\{[^}]*\bgithub\.(event|head_ref)\b[^}]*\}\}")
SCRIPT = re.compile(r"^( *)(?:- )?(?:run|script):.*(?:\n(?:\1 .*)?$)*", re.MULTILINE)
"""A script in a workflow: its first line, and all that are empty or further in."""
HIDDEN = "".join(chr(0xE0000 + ord(letter)) for letter in "and what nobody has approved")
Changes = dict[str, dict[str, Any]]


def shell_text(stage: Stage) -> str:
    """A title and a text hold commands for a shell and for a workflow."""
    touch = f"touch {stage.trace}"
    hostile = f'"; {touch}; ${{{{ github.token }}}}'
    number = stage.github.open_issue(STRANGER, hostile, stage.form(summary=f"Words $({touch}) `{touch}`."))
    stage.look_again(number)
    must(stage.said(number), "The bot did not answer, so nobody knows what became of that text.")
    git = stage.github.repo.git
    for path in workflows_in(git, stage.tip):
        scripts = SCRIPT.finditer(stage.github.read(path) or "")
        careless = [script[0].strip() for script in scripts if EXPRESSION.search(script[0])]
        must(not careless, f"A stranger's text reaches a script in {path}: {'; '.join(careless)}")
    return f"read it as text: #{number} is “{stage.status_of(number)}”. No workflow puts such text into a script."


def two_readings(stage: Stage) -> str:
    """A text holds the form's own headings, to be read in another way."""
    body = stage.form()
    number = stage.offer(body=f"{body}\n### Title\n\nA hostile title\n")
    inner = stage.offer(STRANGER, summary=f"Words.\n\n{body}")
    form = stage.checkout.forms[stage.kind.name]
    last = form.short[-1].heading
    unasked = body.replace(last, f"{form.fields[-1].heading}\n\nWords\n\n{last}", 1)
    for one in (number, inner, stage.offer(f"{STRANGER}-2", body=unasked)):
        stage.look(one)
        stage.must_be(one, "needs-fix")
        must(not stage.pull_of(one), f"The bot opened a pull request for #{one}, which can be read in two ways.")
    return "guessed nothing: all three forms are to be fixed, with the lines that could be read in two ways."


def script_text(stage: Stage) -> str:
    """A text is a script for whoever reads the page, and a tired maintainer approves it."""
    texts: Changes = {
        "a script": {"summary": "Words <script>alert(1)</script> that look like words."},
        "a picture that fails": {"summary": "Words <img src=x onerror=alert(1)> that look like words."},
        "a link that runs": {"sources": [{"title": "A source", "url": "javascript:alert(1)"}]},
        "a link that ends early": {"sources": [{"title": "A source", "url": 'https://a.example/"onclick="alert(1)'}]},
    }
    return _refused_each(stage, texts)


def hidden_text(stage: Stage) -> str:
    """A text holds words that nobody sees, or shows nothing at all."""
    texts: Changes = {
        "nothing but spaces without width": {"summary": "\u200b" * 30},
        "a link without words": {"summary": "[](https://www.example.org/a-place-that-nobody-sees)"},
        "a sentence in tags behind the words": {"summary": f"Words that look like words.{HIDDEN}"},
        "a turn of direction by its number": {"sources": [{"title": "&#x202e;ecruos A", "url": "https://a.example/"}]},
    }
    return _refused_each(stage, texts)


def _refused_each(stage: Stage, texts: Changes) -> str:
    for count, (name, changes) in enumerate(texts.items(), 1):
        number = stage.offer(f"{STRANGER}-{count}", **changes)
        stage.look(number)
        stage.must_be(number, "needs-fix", what=name)
    names = refuses_each(stage, {name: stage.entry(**changes) for name, changes in texts.items()})
    return f"refused each, by form and by pull request: {names}."


def flood(stage: Stage) -> str:
    """One account sends eight forms at once."""
    numbers = [stage.offer(CONTRIBUTOR, title=f"{TITLE} {one}") for one in range(1, 9)]
    other = stage.offer(STRANGER, title="Somebody else's list")
    stage.look()
    waiting = [one for one in numbers if stage.status_of(one) == "received"]
    must(waiting, f"{len(numbers)} forms of one account are in review at once.")
    stage.must_be(other, "in-review", "duplicate?", what="somebody else's form")
    return (
        f"took {len(numbers) - len(waiting)} of {len(numbers)}; {len(waiting)} wait their turn, others' forms do not."
    )
