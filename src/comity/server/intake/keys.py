"""API keys: made, listed, revoked; and the ring that knows them while the server runs."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import ceil
from threading import Lock
from time import monotonic
from typing import Final

from django.db import transaction
from django.utils import timezone

from comity.errors import Diagnostic, InputError
from comity.server.intake.models import ApiKey
from comity.server.intake.ratelimit import Allowance, Bucket
from comity.server.intake.visitors import Visitors
from comity.server.members.models import Community
from comity.server.problems import Problem

_FRESH: Final = 1.0
"""Seconds for which the ring trusts what it read: so long does a revoked key still work."""

_LONGEST_NAME: Final = 100
_PRIVATE: Final = "ck_"
PUBLISHABLE: Final = "pk_"
"""How a key begins that may stand in a web page, for all to read."""


class Scope(StrEnum):
    """What a key lets a platform do."""

    EVENTS = "events:write"
    DECISIONS = "decisions:read"
    DRAFTS = "drafts"
    PERSPECTIVE = "perspective"
    MEMBERS = "members:sign-in"

    @property
    def usual(self) -> bool:
        """Whether a key has it unless told otherwise: none is to sign people in by oversight."""
        return self is not Scope.MEMBERS


def read_scopes(names: Sequence[str] | None) -> list[Scope]:
    """Read scopes as a person writes them; none written are the usual ones."""
    try:
        return [Scope(name) for name in names or ()] or [scope for scope in Scope if scope.usual]
    except ValueError:
        unknown = next(name for name in names or () if name not in set(Scope))
        message = f"unknown scope `{unknown}`"
        raise InputError([Diagnostic(message, f"known are {', '.join(Scope)}")]) from None


@transaction.atomic
def create_key(
    community: Community,
    name: str,
    scopes: Sequence[Scope],
    rate: int,
    now: datetime,
    *,
    publishable: bool = False,
) -> tuple[ApiKey, str]:
    """Make a key; the secret beside it is shown once and cannot be had again.

    A publishable key is for drafts only: whoever finds it in a page can ask for advice, no more.
    """
    if publishable and list(scopes) != [Scope.DRAFTS]:
        message = f"a publishable key has the scope `{Scope.DRAFTS}` and no other"
        raise InputError(message)
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
        message = f"say what uses the key, on one line of at most {_LONGEST_NAME} characters"
        raise InputError(message)
    secret = (PUBLISHABLE if publishable else _PRIVATE) + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        community=community,
        name=name,
        prefix=secret[:11],
        hash=_hash(secret),
        scopes=[scope.value for scope in scopes],
        rate=rate,
        created=now,
    )
    return key, secret


@transaction.atomic
def revoke_key(community: Community, prefix: str, now: datetime) -> ApiKey | None:
    """Revoke the key whose secret begins so; None where there is no such key at work."""
    key = community.api_keys.filter(prefix=prefix, revoked=None).first()
    if key:
        key.revoked = now
        key.save(update_fields=["revoked"])
    return key


@dataclass(slots=True)
class Caller:
    """Who asks, by which key. `spend` counts what is asked for."""

    key: int
    name: str
    scopes: frozenset[str]
    bucket: Bucket
    visitors: Visitors
    visitor: str | None = None
    """The address of who asks from a page, where the key stands in one."""
    allowance: Allowance | None = field(default=None, compare=False)

    def spend(self, cost: int) -> None:
        """Take `cost` from the key's minute, or refuse with 429 and when to come again.

        Of a key that stands in a page each visitor has a part: whoever asks too much is refused
        before the others are.
        """
        now = monotonic()
        if self.visitor is not None:
            part = self.visitors.take(self.key, self.bucket.rate, self.visitor, now)
            _refuse(part, "this visitor asks more often than anyone writes", "send without")
        self.allowance = self.bucket.take(cost, now)
        message = f"this key may send {self.bucket.rate} events a minute"
        _refuse(self.allowance, message, "ask the operator for a higher rate")

    def headers(self) -> dict[str, str]:
        """The RateLimit fields of draft-ietf-httpapi-ratelimit-headers."""
        if self.allowance is None:
            return {}
        return {
            "RateLimit-Policy": f'"key";q={self.bucket.rate};w=60',
            "RateLimit": f'"key";r={self.allowance.left};t={ceil(self.allowance.full_in)}',
        }


def _refuse(allowance: Allowance, message: str, otherwise: str) -> None:
    if allowance.wait:
        seconds = ceil(allowance.wait)
        hint = f"try again in {seconds} s, or {otherwise}"
        raise Problem(429, message, hint=hint, headers={"Retry-After": str(seconds)})


@dataclass(frozen=True, slots=True)
class _Known:
    key: int
    name: str
    scopes: frozenset[str]
    rate: int


class KeyRing:
    """The keys at work, read from the database at most once a second."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._buckets: dict[int, Bucket] = {}
        self._visitors = Visitors()
        self._used: set[int] = set()
        self._read_at = float("-inf")
        self._lock = Lock()

    def admit(self, secret: str, scope: Scope) -> Caller:
        """Say who comes with this secret, or refuse with 401 or 403."""
        now = monotonic()
        if now - self._read_at > _FRESH:
            self._read(now)
        known = self._known.get(_hash(secret))
        if known is None:
            raise Problem(
                401,
                "this API key is unknown or revoked",
                where="Authorization",
                hint="make one with `comity keys create`",
                headers={"WWW-Authenticate": "Bearer"},
            )
        if scope not in known.scopes:
            raise Problem(
                403,
                f"this API key does not have the scope `{scope}`",
                where="Authorization",
                hint=f"make one with `comity keys create --scope {scope}`",
            )
        self._used.add(known.key)
        bucket = self._buckets.get(known.key)
        if bucket is None or bucket.rate != known.rate:
            bucket = self._buckets[known.key] = Bucket(known.rate, now)
        return Caller(known.key, known.name, known.scopes, bucket, self._visitors)

    def _read(self, now: float) -> None:
        with self._lock:
            if now - self._read_at <= _FRESH:
                return  # another request did, while this one waited
            self._known = {
                key.hash: _Known(key.pk, key.name, frozenset(key.scopes), key.rate)
                for key in ApiKey.objects.filter(revoked=None)
            }
            used, self._used = self._used, set()
            if used:
                today = timezone.now().date()
                ApiKey.objects.filter(pk__in=used).exclude(last_used=today).update(last_used=today)
            self._read_at = now


def _hash(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
