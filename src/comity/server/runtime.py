"""What one running server is made of, put together once: the noun is `Runtime`.

`load` does what is slow before the first request and has no threads; `Runtime.start` is called in
the process that answers requests. Whatever answers them finds the rest through `current`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.utils import timezone

from comity.charter import Charter, Materials, read_materials
from comity.errors import Diagnostic, InputError
from comity.event import Author, Event, EventData, EventType, Post
from comity.ledger import SigningKey
from comity.server.demo import replay
from comity.server.folder import DataFolder
from comity.server.health import Health
from comity.server.intake.committer import Committer
from comity.server.intake.crew import Crew
from comity.server.intake.keys import KeyRing
from comity.server.intake.measured import measure_events
from comity.server.intake.outbox import Outbox
from comity.server.intake.record import Recorder
from comity.server.learning import lessons
from comity.server.learning.receipts import Receipts
from comity.server.members import services as members
from comity.server.members.models import Community
from comity.server.review.clock import Clock
from comity.server.review.reports import Reporters
from comity.server.transparency import services as transparency
from comity.signals import Scorer
from comity.signals.model import Tier

_WARM_UP: Final = ("This is the first text of the day.", "今天的第一句话。")


@dataclass(slots=True)
class Runtime:
    """One community's server: its charter in force, its scorer, and the threads behind it."""

    folder: DataFolder
    community: Community
    charter: Charter
    scorer: Scorer
    signer: SigningKey
    lessons: Materials
    demo: bool = False
    keys: KeyRing = field(default_factory=KeyRing)
    receipts: Receipts = field(default_factory=Receipts)
    reporters: Reporters = field(default_factory=Reporters)
    crew: Crew = field(init=False)
    committer: Committer = field(init=False)
    outbox: Outbox = field(init=False)
    health: Health = field(init=False)

    def start(self) -> None:
        """Start the threads; from here on `current` returns this."""
        global _current
        recorder = Recorder(self.community, self.charter, self.signer)
        self.crew = Crew(self.scorer, recorder)  # forks, which must not be done beside threads
        self.committer = Committer(self.crew.measure, self.crew.record)
        self.outbox = Outbox(self.folder.secret("server"))
        self.health = Health(self.committer, self.community)
        self.outbox.start()
        self.committer.start()
        Clock(self.community, self.signer).start()
        if self.demo:
            replay.Replay(self.committer, self.community.slug).start()
        _current = self


def load(
    folder: DataFolder, charter_file: Path | None, demo: bool = False, tier: Tier | None = None
) -> Runtime:
    """Read the charter and the model, and put the charter in force.

    The charter is that of `charter_file`; without one, the last in force; without one, the
    demo's. Raises CharterError, or InputError if there is none or it is of another community.
    """
    charter = Charter.read(charter_file) if charter_file else _last_charter(demo)
    _check_community(charter, Charter.read(replay.CHARTER).community if demo else None)
    scorer = Scorer.load(tier=tier)
    _warm_up(scorer, charter.community)
    community = members.found_community(charter.community, charter.title)
    signer = signing_key(folder, community)
    transparency.put_in_force(community, charter, signer, timezone.now())
    materials = _lessons(community, charter, charter_file, demo)
    return Runtime(folder, community, charter, scorer, signer, materials, demo)


def _warm_up(scorer: Scorer, community: str) -> None:
    """Compile all that measuring needs, or load it: before the fork, and before anyone waits."""
    author = Author(id="warm-up")
    data = [EventData(post=Post(id="warm-up", text=text), author=author) for text in _WARM_UP]
    envelope = {"id": "warm-up", "source": "warm-up", "type": EventType.POST_CREATED}
    now = timezone.now()
    measure_events(
        [Event(**envelope, time=now, community=community, data=each) for each in data], scorer
    )


def signing_key(folder: DataFolder, community: Community) -> SigningKey:
    """The key that signs the ledger of a community."""
    return SigningKey.from_seed(f"{community.slug}/ledger", folder.secret("ledger"))


def current() -> Runtime:
    """The runtime of this process."""
    assert _current is not None, "nothing runs here"  # noqa: S101  a promise among ourselves
    return _current


_current: Runtime | None = None


def _last_charter(demo: bool) -> Charter:
    community = Community.objects.order_by("pk").first()
    version = transparency.charter_in_force(community) if community else None
    if version is not None:
        return Charter.parse(version.source)
    if demo:
        return Charter.read(replay.CHARTER)
    raise InputError(
        [
            Diagnostic(
                "there is no charter yet",
                "name one with --charter, make one with `comity charter new`, or try --demo",
            )
        ]
    )


def _lessons(
    community: Community, charter: Charter, charter_file: Path | None, demo: bool
) -> Materials:
    """The lessons beside the charter file; without one those that were there last."""
    known = lessons.kept(community)
    beside = charter_file or (replay.CHARTER if demo and not known else None)
    if beside is None:
        return known
    lessons.keep(community, read_materials(charter, beside))
    return lessons.kept(community)


def _check_community(charter: Charter, demo: str | None) -> None:
    """A folder is of one community, and the demo's posts are told to no other than its own."""
    first = Community.objects.order_by("pk").first()
    for slug in (first.slug if first else None, demo):
        if slug not in (None, charter.community):
            raise InputError(
                [
                    Diagnostic(
                        f"the charter is of `{charter.community}`, this folder of `{slug}`",
                        "name another folder with --data",
                    )
                ]
            )
