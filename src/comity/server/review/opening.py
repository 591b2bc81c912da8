"""Opening cases: what is recorded, and asks for people, opens a case on its post or joins it.

The verb is `take_in`. The recorder calls it inside the transaction of the decisions, on the
server's hot path: what asks for nobody costs a comparison, and all the rest of a group a handful of
statements together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db.models import Max

from comity.charter import Remedy
from comity.decisions import Decision, Trip
from comity.event import Event, EventType
from comity.server.intake.models import StoredEvent
from comity.server.intake.webhooks import tell
from comity.server.lifecycle import SYSTEM
from comity.server.members.models import Community
from comity.server.perspective.models import Suggestion
from comity.server.review import reports
from comity.server.review.charters import procedures
from comity.server.review.decided import Decided, is_appealed, is_final
from comity.server.review.lifecycles import CASE, REPORT_ANSWERED, CaseState
from comity.server.review.models import ENDED, Case, CaseOrigin, OriginKind
from comity.server.review.reports import Post
from comity.server.review.routing import queues_of, route
from comity.server.review.severity import HIGHEST, severity
from comity.server.review.statements import Kind, path_of
from comity.server.review.subject import Subject

_HELD: Final = Remedy.HOLD.rank
_TOUCHING: Final = frozenset(
    {EventType.REPORT_FILED, EventType.POST_EDITED, EventType.POST_DELETED}
)
"""Events that bring a post before people, or change one that is there already."""
TEXTS: Final = tuple(kind.value for kind in EventType if kind.brings_text)
"""Types of events after which a post has another text."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something recorded that people are to know of: its place in the ledger, and what was decided.

    `tripped` names the articles that the breaker suspended at this event.
    """

    place: int
    event: Event
    decision: Decision
    tripped: tuple[str, ...] = ()

    @property
    def post(self) -> Post:
        assert self.event.data.post  # noqa: S101  only events about posts ask for people
        return self.event.source, self.event.data.post.id

    @property
    def subject(self) -> Subject:
        return Subject.told(self.place, self.event, self.decision)


def happenings(
    first: int, decided: Sequence[tuple[Event, Decision]], trips: Iterable[Trip]
) -> list[Happening]:
    """Those that ask for people; `first` is the place of the first of `decided`."""
    tripped: dict[int, tuple[str, ...]] = {}
    for trip in trips:
        at = max(i for i, (_, decision) in enumerate(decided) if _matched(decision, trip.article))
        tripped[at] = (*tripped.get(at, ()), trip.article)
    return [
        Happening(first + i, event, decision, tripped.get(i, ()))
        for i, (event, decision) in enumerate(decided)
        if decision.remedy.rank >= _HELD or event.type in _TOUCHING or i in tripped
    ]


def _matched(decision: Decision, article: str) -> bool:
    return any(finding.article == article for finding in (*decision.articles, *decision.trial))


def take_in(
    community: Community, due: timedelta, happened: Sequence[Happening], now: datetime
) -> None:
    """Open cases or join them. `due` is how soon the charter wants a case decided."""
    if happened:
        desk = Desk(community, due, {happening.post for happening in happened}, now)
        desk.expect([h for h in happened if h.event.type is EventType.REPORT_FILED])
        for happening in happened:
            desk.take(happening)
        desk.write()


def take_suggestion(suggestion: Suggestion, due: timedelta, now: datetime) -> None:
    """Open a case on a text whose scores someone thinks are wrong, or join that of the same text.

    For use within the transaction that keeps the suggestion.
    """
    post = ("perspective", sha256(suggestion.text.encode("utf-8", "surrogatepass")).hexdigest())
    desk = Desk(suggestion.community, due, {post}, now)
    subject = Subject(
        event=None,
        author=None,
        thread=None,
        text=suggestion.text,
        links=(),
        remedy=Remedy.ALLOW.value,
        article="",
        signals={"language": suggestion.language},
    )
    origin = CaseOrigin(kind=OriginKind.SUGGESTION, suggestion=suggestion)
    case = desk.open(post, subject, origin)
    case.reports += 1
    desk.weigh(case)
    desk.write()


class Desk:
    """The open cases of the posts at hand, and what is to be written of them."""

    def __init__(
        self, community: Community, due: timedelta, posts: set[Post], now: datetime
    ) -> None:
        self._community, self._due, self._now = community, due, now
        self._queues = queues_of(community)
        self._open = {case.of: case for case in open_cases(community, posts)}
        self._known: dict[Post, Subject] = {}
        self._decided = Decided()
        self._filed = reports.Filed()
        self._answered: list[CaseOrigin] = []
        self._fresh: list[Case] = []
        self._changed: dict[int, Case] = {}
        self._origins: list[CaseOrigin] = []

    def expect(self, filed: Sequence[Happening]) -> None:
        """Look up what the reports are about, and what their authors have reported before."""
        if filed:
            by = {(h.event.source, h.event.data.report.by) for h in filed if h.event.data.report}
            self._known = _known(self._community, {h.post for h in filed} - self._open.keys())
            self._decided = Decided.of(self._known.values())
            before = (*self._open.values(), *self._decided.cases)
            self._filed = reports.Filed.before(before, by, self._now)

    def take(self, happening: Happening) -> None:
        match happening.event.type:
            case EventType.REPORT_FILED:
                self._report(happening)
            case EventType.POST_DELETED:
                self._withdraw(happening.post)
            case _:
                self._decide(happening)

    def open(self, post: Post, subject: Subject, origin: CaseOrigin) -> Case:
        """Join the post's open case, or open one."""
        case = self._open.get(post)
        if case is None:
            case = Case(community=self._community, opened=self._now, version=1)
            case.source, case.post = post
            subject.describe(case)
            self._fresh.append(case)
            self._open[post] = case
        elif case.pk:
            self._changed[case.pk] = case
        origin.case, origin.time = case, self._now
        self._origins.append(origin)
        return case

    def write(self) -> None:
        for case in self._fresh:
            route(case, self._queues, self._due, self._now)
        Case.objects.bulk_create(self._fresh)
        Case.objects.bulk_update(self._changed.values(), _CHANGING, batch_size=100)
        CaseOrigin.objects.bulk_create(self._origins)
        self._answer()

    def weigh(self, case: Case) -> None:
        case.severity = max(case.severity or 0, severity(case.remedy, case.score, case.reports))

    def _decide(self, happening: Happening) -> None:
        held = happening.decision.remedy.rank >= _HELD
        case = self._open.get(happening.post)
        if case is not None:
            self._renew(case, happening.subject)
        if held:
            origin = CaseOrigin(kind=OriginKind.DECISION, event_id=happening.place)
            case = self.open(happening.post, happening.subject, origin)
        for article in happening.tripped:
            origin = CaseOrigin(kind=OriginKind.BREAKER, event_id=happening.place, article=article)
            case = self.open(happening.post, happening.subject, origin)
            case.severity = HIGHEST
        if case is not None:
            self.weigh(case)

    def _renew(self, case: Case, subject: Subject) -> None:
        """The post is another than it was: what was said of it has to be said anew."""
        subject.describe(case)
        case.version += 1
        if case.state in (CaseState.SECOND_REVIEW, CaseState.DISPUTED):
            case.state = CASE.step(case.state, "reopen", SYSTEM)
        if case.pk:
            self._changed[case.pk] = case

    def _report(self, happening: Happening) -> None:
        report = happening.event.data.report
        assert report  # noqa: S101  an event of this type has one
        post = happening.post
        if not self._filed.admit(post, report.by):
            return
        origin = CaseOrigin(
            kind=OriginKind.REPORT,
            event_id=happening.place,
            reporter=report.by,
            article=report.article or "",
            reason=report.reason,
        )
        subject = self._known.get(post, happening.subject)
        decided = self._decided.case_on(subject)
        if decided is not None and post not in self._open and is_final(decided):
            self._join(decided, origin)
            return
        case = self.open(post, self._decided.now(subject), origin)
        case.reports += 1
        self.weigh(case)

    def _join(self, decided: Case, origin: CaseOrigin) -> None:
        """Add a report to what is decided already, and is not to be decided anew by it."""
        origin.case, origin.time = decided, self._now
        self._origins.append(origin)
        decided.reports += 1
        self._changed[decided.pk] = decided
        if not is_appealed(decided):  # otherwise the verdict tells them
            self._answered.append(origin)

    def _answer(self) -> None:
        """Tell the platforms what to hand on to those whose reports are answered already."""
        if not self._answered:
            return
        until = self._now + procedures(self._community).appeals.window
        told = {
            f"report-{origin.pk}": {
                "source": origin.case.source,
                "post": origin.case.post,
                "by": origin.reporter,
                "statement": path_of(Kind.REPORT, origin.pk, until),
            }
            for origin in self._answered
        }
        tell(self._community, REPORT_ANSWERED, told, self._now)

    def _withdraw(self, post: Post) -> None:
        case = self._open.pop(post, None)
        if case is None:
            return
        case.state = CASE.step(case.state, "withdraw", SYSTEM)
        case.closed = self._now
        case.version += 1
        if case.pk:
            self._changed[case.pk] = case


_CHANGING: Final = (
    "event",
    "author",
    "thread",
    "remedy",
    "article",
    "language",
    "score",
    "reports",
    "severity",
    "campaign",
    "domain",
    "state",
    "closed",
    "version",
)
"""What joining a case can change. The queue and the due time stay what they were."""


def open_cases(community: Community, posts: Iterable[Post]) -> list[Case]:
    wanted = set(posts)
    found = Case.objects.filter(community=community, post__in={post for _, post in wanted})
    return [case for case in found.exclude(state__in=ENDED) if case.of in wanted]


def _known(community: Community, posts: set[Post]) -> dict[Post, Subject]:
    """The newest text of each post that has come in."""
    if not posts:
        return {}
    newest = (
        StoredEvent.objects.filter(
            community=community,
            post__in={post for _, post in posts},
            type__in=TEXTS,
        )
        .values("source", "post")
        .annotate(newest=Max("pk"))
        .values_list("newest", flat=True)
    )
    events = StoredEvent.objects.filter(pk__in=list(newest)).select_related("decision")
    return {(e.source, str(e.post)): Subject.stored(e) for e in events}
