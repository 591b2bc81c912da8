"""What is measured: one case as far as numbers go, without text and names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What a person said of a restriction or a report."""

    UPHELD = "upheld"
    CHANGED = "changed"
    LIFTED = "lifted"

    @property
    def agrees(self) -> bool:
        """Whether the article applied; another remedy under it still says so."""
        return self is not Outcome.LIFTED


@dataclass(frozen=True, slots=True)
class Matter:
    """A case: when what happened, and what people said.

    `articles` are those under which software or a report brought it up. `opinions` are the
    outcomes that reviewers gave independently of each other, `votes` those of a jury. `ruling`
    is the reviewers' last word; `verdict` the jury's, which binds.
    """

    opened: datetime
    articles: tuple[str, ...] = ()
    language: str | None = None
    due: datetime | None = None
    looked: datetime | None = None
    decided: datetime | None = None
    ruling: Outcome | None = None
    appealed: bool = False
    verdict: Outcome | None = None
    opinions: tuple[Outcome, ...] = ()
    votes: tuple[Outcome, ...] = ()

    @property
    def last_word(self) -> Outcome | None:
        return self.verdict or self.ruling

    @property
    def overturned(self) -> bool:
        """Whether an appeal was heard and won."""
        return self.verdict is not None and self.ruling is not self.verdict

    def late(self, now: datetime) -> bool | None:
        """Whether the due time passed undecided; None while it may yet be met, or is not set."""
        if self.due is None:
            return None
        if self.decided is not None:
            return self.decided > self.due
        return True if now > self.due else None
