"""Rehearsals: the real bot and build against a fake GitHub, on a copy of the project, or on GitHub itself.

    hands.py      what people do and what anybody can see, through the same requests on both
    stage.py      the copy, and the bot with the rights of its job
    story.py      from a form to the live site and away again, step by step
    on_github.py  a test repository: whether it is one, what differs from the fake, tidying up

Only `cli` and tests may use this package. The fake is `fake_github`, a package of its own; see its README.md.
"""
