"""Keeping what is published alive: review lists, links, and how the repository is set up."""
