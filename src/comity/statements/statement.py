"""The statement of reasons itself: all that is to be said, before it is said in any language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final, Self

from comity.charter import Article, Charter
from comity.charter.remedy import AccountRemedy, Remedy
from comity.decisions import Evidence


class Decider(StrEnum):
    """Who decided."""

    SOFTWARE = "software"
    REVIEWER = "reviewer"
    JURY = "jury"


class Content(StrEnum):
    """What a post consists of."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    OTHER = "other"

    @classmethod
    def of(cls, text: str, media: Iterable[str]) -> tuple[Self, ...]:
        """What a post with this text and these attachments is: told by the ends of their names."""
        # Not parsed as an address: it may be none, and a wrong one has an ending too.
        names = [url.partition("?")[0].partition("#")[0].lower() for url in media]
        found = {_ENDINGS.get(PurePosixPath(name).suffix) for name in names}
        kinds = {cls(kind) if kind else cls.OTHER for kind in found}
        return tuple(
            kind for kind in cls if kind in kinds or (kind is cls.TEXT and (text or not kinds))
        )


_ENDINGS: Final = {
    **dict.fromkeys((".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".svg", ".webp"), "image"),
    **dict.fromkeys((".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav"), "audio"),
    **dict.fromkeys((".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".ogv", ".webm"), "video"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """An article that the restriction rests on, and the measurements that it applied by."""

    article: Article
    facts: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a statement needs to know and the charter cannot tell.

    `reference` names the statement, in `[A-Za-z0-9_-]`; it must not tell who it is about.
    """

    reference: str
    posted: datetime
    decided: datetime
    language: str | None = None
    """Of the post, as a BCP 47 tag."""
    content: tuple[Content, ...] = (Content.TEXT,)
    detected: bool = True
    """Whether software found the post."""
    reported: bool = False
    """Whether a member reported it."""
    decider: Decider = Decider.SOFTWARE


@dataclass(frozen=True, slots=True)
class StatementOfReasons:
    """Why a post, its author's account or both are restricted; `grounds` strongest first.

    `words` are the reviewer's own, for the member alone: they never leave for the database.
    """

    charter: Charter
    occasion: Occasion
    remedy: Remedy
    account: AccountRemedy | None
    grounds: tuple[Ground, ...]
    post_lasts: timedelta | None = None
    account_lasts: timedelta | None = None
    words: str = ""

    @property
    def post_ends(self) -> datetime | None:
        return self.occasion.decided + self.post_lasts if self.post_lasts else None

    @property
    def account_ends(self) -> datetime | None:
        return self.occasion.decided + self.account_lasts if self.account_lasts else None

    @property
    def objection_until(self) -> datetime:
        return self.occasion.decided + self.charter.procedures.appeals.window

    @property
    def restricts_post(self) -> bool:
        return self.remedy >= Remedy.LABEL


def restricts(remedy: Remedy, account: AccountRemedy | None) -> bool:
    """Whether reasons have to be given: a nudge and a warning take nothing from anyone."""
    return remedy >= Remedy.LABEL or (account is not None and account >= AccountRemedy.MUTE)
