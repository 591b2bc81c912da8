"""The pictures of a post, fetched for reviewers: the noun is `Picture`, the verb `fetch`.

A reviewer's browser never goes where a post sends it. Our server gets a picture once somebody asks
for it, and puts it into the page: no address of ours answers with what a stranger wrote.
"""

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.parse import urlsplit

import re2
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.server.intake.models import Webhook
from comity.server.intake.post import Connection, Unreachable, check_url
from comity.server.members.models import Community
from comity.server.review.models import Case

MAX_BYTES: Final = 5 * 1024 * 1024
_HEADERS: Final = {"accept": "image/avif,image/webp,image/png,image/jpeg,image/gif"}
_ENDING: Final = re2.compile(r"(?i)\.(?:avif|gif|jpe?g|png|webp)$")
_LINK: Final = re2.compile(r"https?://[^\s<>\"'，。、；！？（）「」]+")

# Formats that only show: an SVG can hold scripts, so it is none of them. What the other side says
# of the format is not asked.
_BEGINNINGS: Final = (
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/gif", re.compile(rb"GIF8[79]a")),
    ("image/webp", re.compile(rb"(?s)RIFF.{4}WEBP")),
    ("image/avif", re.compile(rb"(?s).{4}ftypavi[fs]")),
)

# Whoever answers slowly keeps a thread waiting: only a few of the threads may wait so.
_fetching: Final = BoundedSemaphore(4)


@dataclass(frozen=True, slots=True)
class Picture:
    """What was found: a format that browsers show, and its bytes."""

    format: str
    content: bytes

    @property
    def embedded(self) -> str:
        """The picture as an address that holds it (RFC 2397)."""
        return f"data:{self.format};base64,{b64encode(self.content).decode()}"


class NoPicture(Exception):  # noqa: N818  what lies there is no fault of ours
    """There is nothing to show; `why` is for the reviewer."""

    def __init__(self, why: Promise) -> None:
        self.why: Final = why
        super().__init__(why)


def addresses(case: Case) -> tuple[str, ...]:
    """Where the pictures and files of a post lie: attached, or linked under a picture's name."""
    body: dict[str, Any] = json.loads(case.event.body) if case.event and case.event.body else {}
    post = body.get("data", {}).get("post") or {}
    links = [*post.get("links", ()), *_LINK.findall(post.get("text", ""))]
    linked = [link for link in links if _ENDING.search(link.partition("?")[0].partition("#")[0])]
    found = dict.fromkeys([*post.get("media", ()), *linked])
    return tuple(url for url in found if check_url(url) is None)


def fetch(url: str, allow_private: bool) -> Picture:
    """Get what lies there; NoPicture if that is nothing to show. Follows no redirect."""
    if not _fetching.acquire(blocking=False):
        raise NoPicture(_("Too many pictures are being fetched. Try again in a moment."))
    try:
        status, content = Connection(url, allow_private).get(_HEADERS, MAX_BYTES + 1)
    except Unreachable:
        raise NoPicture(_("Nobody answers there, or only within a private network.")) from None
    finally:
        _fetching.release()
    if status != 200:
        raise NoPicture(_("The picture is not there, or has moved."))
    if len(content) > MAX_BYTES:
        raise NoPicture(_("The picture is larger than 5 MB."))
    for name, beginning in _BEGINNINGS:
        if beginning.match(content):
            return Picture(name, content)
    raise NoPicture(_("What lies there is not a picture that can be shown safely."))


def may_be_private(community: Community, url: str) -> bool:
    """Whether the operator has let us into the network of this host: by a webhook to it."""
    let_in = Webhook.objects.filter(community=community, active=True, allow_private=True)
    return any(_host(webhook.url) == _host(url) for webhook in let_in)


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
