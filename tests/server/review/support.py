"""A community in this process: what happens in it, and what comes of that."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from comity.charter import Charter
from comity.event import Event, read_event
from comity.ledger import SigningKey
from comity.signals import Scorer

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
SHOUT = "STOP SHOUTING AT EVERYBODY HERE."


@dataclass
class Town:
    """A community with its ledger and recorder, and a clock that stands still until it is moved."""

    community: Any
    charter: Charter
    scorer: Scorer
    now: datetime = START
    signer: SigningKey = field(default_factory=lambda: SigningKey.from_seed("t/ledger", b"0" * 32))
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        from comity.server.intake.record import Recorder
        from comity.server.transparency.services import put_in_force

        put_in_force(self.community, self.charter, self.signer, self.now)
        self.recorder = Recorder(self.community, self.charter, self.signer, lambda: self.now)

    def later(self, **length: float) -> None:
        self.now += timedelta(**length)

    def event(self, kind: str, post: str, **data: Any) -> Event:
        text = data.pop("text", None)
        told = {"id": post, "thread": "t1"} | ({} if text is None else {"text": text})
        return read_event(
            {
                "id": f"e{next(self._numbers)}",
                "source": data.pop("source", "forum.example"),
                "type": kind,
                "time": self.now.isoformat(),
                "community": self.community.slug,
                "data": {"post": told, **data},
            }
        )

    def tell(self, *events: Event) -> Sequence[Any]:
        """Record events as one group, and return the answers."""
        from comity.server.intake.measured import measure_events

        return self.recorder.record([measure_events(events, self.scorer)]).answers

    def post(self, post: str, text: str = SHOUT, author: str = "wren", **more: Any) -> None:
        self.tell(self.event("post.created", post, text=text, author={"id": author}, **more))

    def report(self, post: str, by: str = "robin", reason: str = "Too loud.") -> None:
        self.tell(self.event("report.filed", post, report={"by": by, "reason": reason}))

    def person(self, name: str, role: str = "reviewer") -> Any:
        from comity.server.members.models import Membership, Person

        person, _ = Person.objects.get_or_create(username=name, defaults={"display_name": name})
        Membership.objects.get_or_create(person=person, community=self.community, role=role)
        return person

    def bench(self, name: str, role: str = "reviewer") -> Any:
        from comity.server.review.services.bench import Bench

        return Bench(self.person(name, role), self.community, self.signer, self.now)

    @property
    def case(self) -> Any:
        """The case that was opened last, as it is now."""
        from comity.server.review.models import Case

        return Case.objects.filter(community=self.community).latest("pk")

    def under(self, procedures: str) -> None:
        """Amend the charter's procedures."""
        from comity.server.transparency.services import put_in_force

        rest = self.charter.source.partition("\nprocedures: ")[0]
        self.charter = Charter.parse(f"{rest}\nprocedures: {procedures}\n")
        put_in_force(self.community, self.charter, self.signer, self.now)

    def webhook(self) -> Any:
        from comity.server.intake.models import Webhook

        return Webhook.objects.create(
            community=self.community, url="https://forum.example/hook", created=self.now
        )
