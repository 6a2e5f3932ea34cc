"""Plays: stories on a fake GitHub that tell whether the pipeline does its work, and whether it withstands an attack.

    stage.py      what a play has: the fake GitHub, a checkout of main, the bot, the build; and what it asks of them
    story.py      from a form to the live site, step by step
    attack.py     what an attack is, and what must be true after each
    approvals.py  attacks on the approval · forks.py on what a pull request may bring · texts.py with what one may type
    repertoire.py all attacks, by name

Nothing here decides or prints. The bot and the build are handed in, so a play knows the house only from outside.
"""
