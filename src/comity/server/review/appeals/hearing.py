"""What a juror sees: the post in its context, the article, both sides. No names, no votes."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comity.charter import Article
from comity.server.console.marks import Segment, segments
from comity.server.console.words import Localised, in_language
from comity.server.intake.feed import spans_of
from comity.server.intake.models import StoredEvent
from comity.server.members.models import Community, Person
from comity.server.review.answer import find
from comity.server.review.appeals.court import refuse
from comity.server.review.appeals.voting import OVER, seat_of
from comity.server.review.charters import charter_of
from comity.server.review.lifecycles import SeatState
from comity.server.review.models import OriginKind, Seat
from comity.server.review.statements.sources import decision_of


@dataclass(frozen=True, slots=True)
class Hearing:
    """An appeal as one juror hears it. Texts of the post are empty once they are erased."""

    seat: Seat
    answer_by: datetime
    post: tuple[Segment, ...]
    """The post, with what software marked in it."""
    parent: str
    """The post that it answers."""
    media: int
    """How many pictures or files come with it; they are not shown."""
    language: str
    title: Localised | None
    text: Localised | None
    why: Localised | None
    """The article that the ruling names, and its value, in the reader's language; None for an
    article that the charter has no more."""
    remedy: str
    """What holds for the post by the ruling."""
    account: str | None
    found_by_software: bool
    reported: bool
    ruling: str
    """Why, in the reviewer's words."""
    appeal: str
    """Why not, in the author's words."""


def hearing(person: Person, community: Community, number: int, language: str) -> Hearing:
    """What the holder of a seat hears, in their language as far as the charter has it.

    Raises Refused for anyone else, and Mistake for who has left the seat.
    """
    seat = seat_of(person, community, number)
    if seat.state not in (SeatState.SUMMONED, SeatState.VOTED):
        refuse(f"a hearing from a seat that is {seat.state}", OVER[seat.state])
    appeal, ruling = seat.jury.appeal, seat.jury.appeal.ruling
    assert ruling is not None  # noqa: S101  a jury hears what a person has ruled
    charter, event = charter_of(ruling.case), ruling.event
    article = find(charter, ruling.article)
    body = _body(event)
    decision = decision_of(event)
    return Hearing(
        seat=seat,
        answer_by=seat.answer_by,
        post=tuple(segments(body["post"].get("text", ""), spans_of(decision)) if body else ()),
        parent=(body.get("parent") or {}).get("text") or "",
        media=len(body.get("post", {}).get("media", ())),
        language=ruling.case.language,
        title=in_language(article.title, language) if article else None,
        text=in_language(article.text, language) if article else None,
        why=_why(charter.values, article, language),
        remedy=ruling.remedy,
        account=ruling.account,
        found_by_software=bool(decision.get("articles")),
        reported=ruling.case.origins.filter(kind=OriginKind.REPORT).exists(),
        ruling=ruling.reason,
        appeal=appeal.words,
    )


def _why(values: Any, article: Article | None, language: str) -> Localised | None:
    return in_language(values[article.value], language) if article else None


def _body(event: StoredEvent | None) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(event.body)["data"] if event and event.body else {}
    return body
