"""Exceptions for maintainers. A contributor's mistake is a `Problem`, never an exception."""


class MutualAidError(Exception):
    """Something in the checkout itself is wrong; the sentence says what it is and how to fix it."""

    exitcode = 2


class BrokenCheckout(MutualAidError):
    """A schema, a content file or a template contradicts another; no contributor can have caused it."""


class Misuse(MutualAidError):
    """The command was called in a way that cannot work."""


class NotPublishable(MutualAidError):
    """Entries or pages have problems, so nothing was built; carries the problems' own lines."""

    exitcode = 1


class WorldError(MutualAidError):
    """GitHub refused or was not there. `status` is its answer, 0 for none; `helps` tells whether trying again does."""

    def __init__(self, said: str, status: int = 0, *, helps: bool) -> None:
        cure = "Trying again later helps; the next run does." if helps else "Trying again does not help by itself."
        super().__init__(f"{said} {cure}")
        self.status, self.helps = status, helps
