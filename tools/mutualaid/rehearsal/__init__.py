"""Rehearsals: the real bot and the real build against a fake GitHub, on a copy of the project.

    stage.py      the copy, the people, the bot with the rights of its job; what people do and what anybody can see
    story.py      from a form to the live site, step by step
    attacks.py    all attacks, and what must be true after each
    approvals.py  attacks on the approval · forks.py on what a pull request may bring · texts.py with what one may type

Only `cli` and tests may use this package. The fake is `fake_github`, a package of its own; see its README.md.
"""
