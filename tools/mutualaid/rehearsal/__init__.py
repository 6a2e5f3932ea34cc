"""Rehearsals: the real bot and the real build against a fake GitHub, on a copy of the project.

    setup.py  sets the stage: the copy, the people, the bot with the rights of its job
    plays/    the way from a form to the page, and attacks on it

Only `cli` and tests may use this package. The fake is `fake_github`, a package of its own; see its README.md.
"""
