"""Exceptions for maintainers. A contributor's mistake is a `Problem`, never an exception."""


class HouseError(Exception):
    """Something in the house itself is wrong; the sentence says what and how to mend it."""

    exitcode = 2


class BrokenHouse(HouseError):
    """A schema, a content file or a template contradicts another; no contributor can have caused it."""


class FormOutOfStep(HouseError):
    """A schema says something that no form can ask for, or a committed form differs from its schema."""


class Misuse(HouseError):
    """The command was called in a way that cannot work."""


class NotPublishable(HouseError):
    """Entries or pages have problems, so nothing was built; carries the problems' own lines."""

    exitcode = 1


class WorldError(HouseError):
    """GitHub refused or was not there. `status` is its answer, 0 for none; `helps` tells whether trying again does."""

    def __init__(self, said: str, status: int = 0, *, helps: bool) -> None:
        cure = "Trying again later helps; the next run does." if helps else "Trying again does not help by itself."
        super().__init__(f"{said} {cure}")
        self.status, self.helps = status, helps
