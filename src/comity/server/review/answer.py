"""What a reviewer says of a case, and what follows from it: pure.

The noun is `Answer`, the verb `outcome`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from comity.charter import AccountRemedy, Article, Charter, Remedy
from comity.server.review.models import RulingKind

RULED: Final = (Remedy.ALLOW, Remedy.NUDGE, Remedy.LABEL, Remedy.LIMIT, Remedy.REMOVE)
"""What a person can decide on. A hold waits for a person, so it is no answer of one."""
MAX_REASON: Final = 5_000


class AnswerError(Exception):
    """An answer that says too little, or something that the charter does not know.

    `field` is the part of the form that it stands in.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field: Final = field


@dataclass(frozen=True, slots=True)
class Answer:
    """A ruling as it is asked for; `remedy` and `article` are needed for a change alone."""

    kind: RulingKind
    reason: str = ""
    remedy: Remedy | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What holds for the post from now on, and why; `account` is what the article asks besides."""

    remedy: Remedy
    article: str = ""
    duration: timedelta | None = None
    account: AccountRemedy | None = None
    account_duration: timedelta | None = None

    @property
    def same(self) -> tuple[Remedy, str]:
        """By what two reviewers agree or differ."""
        return self.remedy, self.article


def outcome(answer: Answer, remedy: Remedy, article: str, charter: Charter) -> Outcome:
    """What follows from an answer in a case of this remedy and article. Raises AnswerError."""
    if len(answer.reason) > MAX_REASON:
        raise AnswerError("reason")
    match answer.kind:
        case RulingKind.LIFT:
            return Outcome(Remedy.ALLOW)
        case RulingKind.UPHOLD:
            # What was held for a person to look at is held no longer: they have.
            upheld = Remedy.REMOVE if remedy is Remedy.HOLD else remedy
            return _under(upheld, article if upheld > Remedy.ALLOW else "", charter)
        case _:
            if answer.remedy not in RULED:
                raise AnswerError("remedy")
            return _under(answer.remedy, answer.article, charter)


def _under(remedy: Remedy, name: str, charter: Charter) -> Outcome:
    if remedy is Remedy.ALLOW:
        return Outcome(remedy)
    article = find(charter, name)
    if article is None:
        raise AnswerError("article")
    silences = article.account in (AccountRemedy.MUTE, AccountRemedy.SUSPEND)
    return Outcome(
        remedy,
        name,
        article.duration if remedy in (Remedy.LABEL, Remedy.LIMIT) else None,
        article.account,
        article.duration if silences else None,
    )


def find(charter: Charter, name: str) -> Article | None:
    return next((article for article in charter.articles if article.id == name), None)
