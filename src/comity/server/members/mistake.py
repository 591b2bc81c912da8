"""What someone asked for and cannot have, said in the reader's language: the noun is `Mistake`."""

from django.utils.functional import Promise


class Mistake(Exception):  # noqa: N818  it is the asker's, and nothing failed
    """A wish that contradicts what is recorded; pages show it, the API answers 409."""

    def __init__(self, message: Promise, **details: object) -> None:
        super().__init__(message)
        self._message = message
        self._details = details

    def __str__(self) -> str:
        return str(self._message) % self._details if self._details else str(self._message)
