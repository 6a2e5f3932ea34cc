"""A GitHub of our own on this machine: REST answers over a real bare git repository, for tests and rehearsals.

    standin.py       `StandIn`, the one thing that others use: starts it, lets people act, hands out tokens
    server.py        HTTP in and out, on 127.0.0.1 only
    exchange.py      one request to one answer: who asks, may they, is it described, do it, is the answer described
    description.py   GitHub's own description of its REST answers, read from github-openapi.json (slice.py cuts it)
    git_process.py   the git command
    git_store.py     the bare repository: objects and refs
    git_history.py   commits, differences, merges
    planting.py      files into the repository and out of it
    pushing.py       pushes by people
    things.py        what GitHub remembers besides git
    world.py         all of it together, with its people and its clock
    events.py        what GitHub would tell a workflow
    rules/           the rules of GitHub that we rely on, each with its source, each can be switched off
    shapes/          values as GitHub writes them
    operations/      what each request does, named as GitHub names it

Only `cli`, `flows` and tests may use this package. Nothing here is used when the real GitHub answers.
"""
