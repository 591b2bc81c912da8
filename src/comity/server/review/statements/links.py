"""Links that show one letter to whoever holds them: signed with the server's key, until a day.

A link is `kind.id.day.signature`. It can be opened as often as its owner likes, since a letter is
to be kept; it opens nothing else, and nothing at all after its day. The signature covers kind and
id, so a reporter's link never shows what the author is told.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

from django.core.signing import BadSignature, Signer

_SALT: Final = "comity statement"
_MOST: Final = 300


class Kind(StrEnum):
    """What a letter is about."""

    DECISION = "d"
    """A decision of software, told to the author."""
    RULING = "r"
    """A person's ruling, told to the author."""
    VERDICT = "v"
    """What a jury decided on an appeal, told to the author."""
    REPORT = "o"
    """What became of a report, told to who filed it."""


class LinkError(Exception):
    """A link that shows nothing."""


class ForgedLinkError(LinkError):
    """It is none of ours, or was changed or cut short."""


class ExpiredLinkError(LinkError):
    """It was ours, and its day is over."""

    def __init__(self, last: date) -> None:
        self.last = last
        super().__init__(f"this link worked until {last}")


@dataclass(frozen=True, slots=True)
class Link:
    """`id` is that of a decision, a ruling or the origin of a case; `last` the last day in UTC."""

    kind: Kind
    id: str
    last: date

    @property
    def token(self) -> str:
        return Signer(salt=_SALT, sep=".").sign(f"{self.kind.value}.{self.id}.{self.last:%Y%m%d}")


def path_of(kind: Kind, subject: str | int, until: datetime) -> str:
    """The path under which a letter can be read; the same whenever it is asked for."""
    return f"/statements/{Link(kind, str(subject), until.astimezone(UTC).date()).token}"


def read_link(token: str, now: datetime) -> Link:
    """Read what comes in. Raises ForgedLinkError or ExpiredLinkError."""
    try:
        if len(token) > _MOST:
            raise BadSignature
        kind, subject, last = Signer(salt=_SALT, sep=".").unsign(token).split(".")
    except BadSignature:
        raise ForgedLinkError("this is no link of ours") from None
    # What we signed is of our own form.
    link = Link(Kind(kind), subject, datetime.strptime(last, "%Y%m%d").replace(tzinfo=UTC).date())
    if now.astimezone(UTC).date() > link.last:
        raise ExpiredLinkError(link.last)
    return link
