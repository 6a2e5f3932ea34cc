"""Builds the site Mutual Aid at Work and takes in what people offer for it. This is the map of the house.

    cli.py      the first door: arguments in, exit status out; beside talks/ the only place that prints
    talks/      the first door's talks at a terminal: questions, answers, what was done
    errors.py   what can go wrong that is ours to mend
    core/       values in, values out: kinds, problems, checks, entries, collections, pages
    adapters/   the world, one file a neighbour: YAML, folders, the network of files on disk
    flows/      where they meet: read, think, do
    takeaways/  what readers carry away, made from the same entries and pages as the site
    site/       the second door: the Pelican plugin that turns entries and pages into the site

Imports go one way: cli, talks and site → takeaways, flows → adapters → core. `tests/house/test_imports.py` holds it.
"""
