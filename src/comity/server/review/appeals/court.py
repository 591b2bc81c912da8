"""Where appeals are heard, and when: the noun is `Court`."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn, Unpack

import structlog
from django.utils.functional import Promise

from comity.ledger import EntryKind, SigningKey
from comity.server.members.mistake import Mistake
from comity.server.members.models import Community
from comity.server.review.lifecycles import APPEAL
from comity.server.review.models import Appeal
from comity.server.transparency.services import Content, enter

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Court:
    """A community at a time, with the key that signs its record."""

    community: Community
    signer: SigningKey
    now: datetime

    def enter(self, kind: EntryKind, **content: Unpack[Content]) -> int:
        """Enter a step in the ledger, within its transaction, and return the place."""
        return enter(self.community, kind, self.signer, self.now, **content)

    def take(self, number: int) -> Appeal:
        """The appeal, locked until the transaction ends. Raises Appeal.DoesNotExist."""
        locked = Appeal.objects.select_for_update(of=("self",))
        whole = locked.select_related("community", "case__community", "ruling", "decision__event")
        return whole.get(pk=number, community=self.community)

    def move(self, appeal: Appeal, transition: str, by: str) -> None:
        """Take the appeal a step on, and keep it. Raises StepRefused."""
        appeal.state = APPEAL.step(appeal.state, transition, by)
        appeal.closed = self.now if appeal.state in APPEAL.finals else None
        appeal.save()


def refuse(why: str, message: Promise, **details: object) -> NoReturn:
    """Raise Mistake with the message, and leave a line in the log that says why."""
    _log.warning("refused", why=why)
    raise Mistake(message, **details)
