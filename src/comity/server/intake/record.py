"""Recording a group of events: decided, entered in the ledger and stored, all of it or nothing."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from time import perf_counter
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.utils import timezone
from pydantic_core import to_json

from comity.charter import Charter, Remedy
from comity.decisions import Trip, decide
from comity.ledger import SALT_SIZE, Entry, EntryKind, SigningKey
from comity.server.database import explain
from comity.server.intake.committer import Answer
from comity.server.intake.measured import Measured
from comity.server.intake.models import Delivery, StoredDecision, StoredEvent, Webhook
from comity.server.intake.outcome import DECISION, EVENT, Outcome
from comity.server.intake.watch import Watch
from comity.server.members.models import Community
from comity.server.problems import Problem
from comity.server.review import opening
from comity.server.review.statements import Kind, path_of
from comity.server.rows import insert, keep_at_hand, moment, moments, select
from comity.server.transparency import ledger
from comity.server.transparency.models import Suspension
from comity.statements import restricts

Name = tuple[str, str]
"""Source and id: what names an event in its community."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An event that is recorded already; its body is empty once someone was erased from it."""

    body: str
    decision: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of some requests: their answers in order, and figures for the metrics."""

    answers: list[Answer]
    remedies: Mapping[str, int]
    """How many new events met each."""
    repeated: int
    suspended: int
    seconds: float


class Recorder:
    """Records for one community under one charter. Not for several threads at once."""

    def __init__(
        self,
        community: Community,
        charter: Charter,
        key: SigningKey,
        clock: Callable[[], datetime] = timezone.now,
    ) -> None:
        self._community = community
        self._charter = charter
        self._key = key
        self._clock = clock
        self._watch: Watch | None = None

    def record(self, requests: Sequence[Sequence[Measured]]) -> Recorded:
        """Record what is new and answer each request, in their order.

        A request is taken whole or refused whole. If this raises, nothing was recorded; it raises
        Problem if nothing can be.
        """
        # Put back once all is well: until then it has counted what may not be recorded.
        watch, self._watch = self._watch, None
        try:
            watch = watch or Watch.over(self._community.pk, self._charter)
            recorded = self._record(requests, watch)
        except (InterfaceError, OperationalError) as error:
            close_old_connections()  # should one of them be what failed
            message = f"events cannot be recorded: {explain(error)}"
            hint = "send the same again in a minute, or tell the operator"
            raise Problem(503, message, hint=hint, headers={"Retry-After": "60"}) from error
        self._watch = watch
        return recorded

    def _record(self, requests: Sequence[Sequence[Measured]], watch: Watch) -> Recorded:
        begun = perf_counter()
        known = self._known(requests)
        fresh: dict[Name, Measured] = {}
        refusals = [_admit(request, known, fresh) for request in requests]
        taken = [
            request for request, refusal in zip(requests, refusals, strict=True) if not refusal
        ]
        outcomes, trips = self._commit(fresh.values(), watch) if fresh else ([], [])
        answers = {name: told.decision for name, told in known.items()}
        answers |= zip(fresh, (outcome.answer for outcome in outcomes), strict=True)
        return Recorded(
            [
                refusal or b",".join(answers[_name(measured)] for measured in request)
                for request, refusal in zip(requests, refusals, strict=True)
            ],
            Counter(outcome.decision.remedy.value for outcome in outcomes),
            sum(map(len, taken)) - len(fresh),
            len(trips),
            perf_counter() - begun,
        )

    def _known(self, requests: Sequence[Sequence[Measured]]) -> dict[Name, _Known]:
        ids: dict[str, set[str]] = {}
        for source, event_id in map(_name, chain.from_iterable(requests)):
            ids.setdefault(source, set()).add(event_id)
        known: dict[Name, _Known] = {}
        for source, wanted in ids.items():
            sql = _KNOWN.format(ids=", ".join(["%s"] * len(wanted)))
            for event_id, body, decision, salts in select(sql, self._community.pk, source, *wanted):
                known[source, event_id] = _Known(body if len(salts) else "", decision.encode())
        return known

    def _commit(
        self, fresh: Collection[Measured], watch: Watch
    ) -> tuple[list[Outcome], list[Trip]]:
        keep_at_hand()
        watch.refresh()
        outcomes = _decide(fresh, watch)
        events = [measured.event for measured in fresh]
        trips = watch.trips(events, [outcome.decision for outcome in outcomes])
        with transaction.atomic():
            self._store(outcomes, trips, self._clock())
        return outcomes, trips

    def _store(self, outcomes: Sequence[Outcome], trips: Sequence[Trip], now: datetime) -> None:
        edge = ledger.head().frontier
        entries = [
            outcome.entry(index, self._community.slug, now)
            for index, outcome in enumerate(outcomes, edge.size)
        ]
        entries += [
            self._suspension(index, trip, now)
            for index, trip in enumerate(trips, edge.size + len(outcomes))
        ]
        ledger.append(edge, entries, self._key, now)
        received = moment(now)
        times = moments(outcome.measured.event.time for outcome in outcomes)
        rows = [
            outcome.rows(edge.size + i, self._community.pk, received, time)
            for i, (time, outcome) in enumerate(zip(times, outcomes, strict=True))
        ]
        insert(StoredEvent, EVENT, [event for event, _ in rows])
        insert(StoredDecision, DECISION, [decision for _, decision in rows])
        self._post(outcomes, now)
        decided = [(outcome.measured.event, outcome.decision) for outcome in outcomes]
        happened = opening.happenings(edge.size, decided, trips)
        opening.take_in(self._community, self._charter.procedures.review.due, happened, now)

    def _suspension(self, index: int, trip: Trip, now: datetime) -> Entry:
        sha256 = self._charter.sha256
        Suspension.objects.create(
            community=self._community,
            article=trip.article,
            charter=sha256,
            share=trip.share,
            expected=trip.expected_share,
            since=now,
            entry=index,
        )
        return Entry(
            index=index,
            kind=EntryKind.SUSPENSION,
            time=now,
            community=self._community.slug,
            articles=(trip.article,),
            charter=sha256,
        )

    def _post(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Put what asks for action into the outbox of each webhook."""
        telling = [o for o in outcomes if o.decision.remedy > Remedy.ALLOW or o.decision.account]
        if not telling:
            return
        webhooks = Webhook.objects.filter(community=self._community, active=True)
        Delivery.objects.bulk_create(
            Delivery(
                webhook=webhook,
                message=outcome.decision.id,
                body=self._message(outcome, now),
                next_try=now,
            )
            for webhook in webhooks
            for outcome in telling
        )

    def _message(self, outcome: Outcome, now: datetime) -> str:
        """A webhook's body, in the form that Standard Webhooks recommends.

        Beside the decision it has the path of the statement of reasons, where one is owed.
        """
        decision, statement = outcome.decision, ""
        if restricts(decision.remedy, decision.account):
            until = now + self._charter.procedures.appeals.window
            statement = f',"statement":"{path_of(Kind.DECISION, decision.id, until)}"'
        head = f'{{"type":"decision.made","timestamp":"{now:%Y-%m-%dT%H:%M:%SZ}","data":'
        return f"{head}{outcome.answer.decode()}{statement}}}"


def _decide(fresh: Iterable[Measured], watch: Watch) -> list[Outcome]:
    outcomes = []
    for measured in fresh:
        event = measured.event
        signals = measured.signals.with_values(watch.counters.observe(event))
        decision = decide(watch.charter, event, signals, watch.suspended)
        salts = secrets.token_bytes(2 * SALT_SIZE)
        outcomes.append(Outcome(measured, decision, to_json(decision.as_json()), salts))
    return outcomes


def _admit(
    request: Sequence[Measured], known: Mapping[Name, _Known], fresh: dict[Name, Measured]
) -> Problem | None:
    """Add what is new in the request to `fresh`; or say why it is refused, and add nothing."""
    new: dict[Name, Measured] = {}
    for place, measured in enumerate(request):
        name = source, event_id = _name(measured)
        before = known.get(name) or fresh.get(name) or new.get(name)
        if before is None:
            new[name] = measured
            continue
        if before.body not in ("", measured.body):
            return Problem(
                409,
                f"the event `{event_id}` of `{source}` is recorded with another content",
                where=f"[{place}].id" if len(request) > 1 else "id",
                hint="give each event an id of its own; an edited post is a new event",
            )
    fresh |= new
    return None


def _name(measured: Measured) -> Name:
    return measured.event.source, measured.event.id


_KNOWN: Final = (
    f"SELECT e.event_id, e.body, d.body, d.salts FROM {StoredEvent._meta.db_table} e "  # noqa: S608  names are ours
    f"JOIN {StoredDecision._meta.db_table} d ON d.event_id = e.id "
    "WHERE e.community_id = %s AND e.source = %s AND e.event_id IN ({ids})"
)
