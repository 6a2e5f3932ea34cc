"""Kinds, entries and collections: what an entry may be, and what is made of it. Every other drawer may use this one."""
