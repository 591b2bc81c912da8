"""What is answered to a draft, as the API's documentation shows it."""

from typing import Any

from ninja import Schema

from comity.server.intake.schemas import FindingOut


class AdviceFinding(FindingOut):
    """An article that the draft would meet, as members read it."""

    title: dict[str, str]
    text: dict[str, str]
    lesson: str | None


class SpanOut(Schema):
    """Which part of the text carried a score; code points, end exclusive."""

    attribute: str
    begin: int
    end: int


class LessonOut(Schema):
    """Something worth learning, and where it is taught."""

    id: str
    title: dict[str, str]
    url: str


class AdviceOut(Schema):
    """What would follow if the draft were posted, and what may help."""

    remedy: str
    meaning: dict[str, str]
    articles: list[AdviceFinding]
    abstained: list[str]
    spans: list[SpanOut]
    suggestions: list[str]
    lessons: list[LessonOut]
    signals: dict[str, Any]
    shown: bool
    receipt: str | None
