"""Reaching a verdict: counting, undoing what was overturned, telling everyone concerned."""

from collections import Counter
from datetime import datetime
from secrets import token_bytes
from typing import Any

from pydantic_core import to_json

from comity.charter import Remedy
from comity.ledger import SALT_SIZE, EntryKind, commit
from comity.server.intake.webhooks import tell
from comity.server.lifecycle import SYSTEM
from comity.server.review.appeals.court import Court
from comity.server.review.appeals.ending import close, dissolve
from comity.server.review.charters import procedures
from comity.server.review.lifecycles import (
    APPEAL_REFERRED,
    VERDICT_REACHED,
    RemedyState,
    SeatState,
)
from comity.server.review.models import Appeal, Case, Choice, Jury, Ruling, Verdict
from comity.server.review.services import strikes
from comity.server.review.statements import Kind, path_of
from comity.server.review.statements.reporters import letters_to_reporters


def count(court: Court, jury: Jury) -> Verdict | None:
    """End the jury once nobody's vote is awaited, or the time is up.

    More than half of the seats have to have voted, or stewards decide. A restriction stands if more
    votes are for it than against it. For use within the transaction of what came last.
    """
    appeal = jury.appeal
    states = Counter(jury.seats.values_list("state", flat=True))
    if states[SeatState.SUMMONED] and court.now < appeal.due:
        return None
    votes = Counter(jury.seats.filter(state=SeatState.VOTED.value).values_list("choice", flat=True))
    if 2 * votes.total() <= jury.size:
        refer(court, appeal)
        return None
    close(court, jury, "decide", "juror")
    stands = votes[Choice.UPHOLD] > votes[Choice.OVERTURN]
    verdict = Verdict(
        appeal=appeal,
        outcome=Choice.UPHOLD if stands else Choice.OVERTURN,
        uphold=votes[Choice.UPHOLD],
        overturn=votes[Choice.OVERTURN],
    )
    return reach(court, verdict, "juror")


def refer(court: Court, appeal: Appeal) -> None:
    """Leave an appeal to the stewards; they are told by way of the platforms."""
    dissolve(court, appeal, SYSTEM)
    court.move(appeal, "refer", SYSTEM)
    court.enter(
        EntryKind.APPEAL,
        commitments={"referral": commit(b"to a steward", bytes(appeal.salt))},
        about=(appeal.entry,),
    )
    told = {
        "appeal": str(appeal.pk),
        "case": str(appeal.case_id),
        "due": f"{appeal.due:%Y-%m-%dT%H:%M:%SZ}",
    }
    tell(court.community, APPEAL_REFERRED, {f"referral-{appeal.pk}": told}, court.now)


def reach(court: Court, verdict: Verdict, by: str) -> Verdict:
    """Carry out what was decided; `by` is "juror" or "steward"."""
    appeal = verdict.appeal
    ruling, case = appeal.ruling, appeal.case
    assert ruling is not None  # noqa: S101  a jury hears what a person has ruled
    overturned = verdict.outcome == Choice.OVERTURN
    verdict.before = case.remedy
    verdict.remedy = Remedy.ALLOW.value if overturned else case.remedy
    verdict.time, verdict.salt = court.now, token_bytes(SALT_SIZE)
    if overturned and (verdict.remedy != verdict.before or ruling.account):
        verdict.remedy_state = RemedyState.PENDING.value
    verdict.entry = court.enter(
        EntryKind.VERDICT,
        commitments={"verdict": commit(sealed(verdict), verdict.salt)},
        remedy=verdict.remedy,
        account=None if overturned else ruling.account,
        articles=(ruling.article,) if ruling.article else (),
        charter=ruling.charter,
        about=(appeal.entry, ruling.entry),
    )
    verdict.save()
    court.move(appeal, "grant" if overturned else "reject", by)
    if overturned:
        case.remedy, case.article = verdict.remedy, ""
        case.version += 1
        case.save(update_fields=["remedy", "article", "version"])
        strikes.lift_of(ruling, by, court.now)
    until = court.now + procedures(court.community).appeals.window
    told = as_told(verdict, ruling, until)
    tell(court.community, VERDICT_REACHED, {verdict.message: told}, court.now)
    return verdict


def sealed(verdict: Verdict) -> bytes:
    """What the ledger commits to; each juror's words are under the commitment to their vote."""
    return to_json(
        {
            "appeal": verdict.appeal_id,
            "steward": verdict.steward_id,
            "outcome": verdict.outcome,
            "uphold": verdict.uphold,
            "overturn": verdict.overturn,
            "before": verdict.before,
            "remedy": verdict.remedy,
            "reason": verdict.reason,
        }
    )


def as_told(verdict: Verdict, ruling: Ruling, until: datetime) -> dict[str, Any]:
    """What the platform hears: the remedy that it is to carry out, and on what.

    Beside it stand the paths of what the author and each reporter may read, until that day.
    """
    appeal, case = verdict.appeal, verdict.appeal.case
    overturned = verdict.outcome == Choice.OVERTURN
    return {
        "id": str(verdict.pk),
        "appeal": str(appeal.pk),
        "ruling": str(ruling.pk),
        "case": str(case.pk),
        "source": case.source,
        "post": case.post,
        "author": case.author,
        "decision": ruling.event.decision.pk if ruling.event else None,
        "outcome": verdict.outcome,
        "by": "steward" if verdict.steward_id else "jury",
        "before": verdict.before,
        "remedy": verdict.remedy,
        "account_before": ruling.account,
        # Other strikes may still come to something.
        "account": _account(case, verdict.time) if overturned else ruling.account,
        "article": ruling.article or None,
        "charter": ruling.charter,
        "confirm": verdict.remedy_state is not None,
        "entry": verdict.entry,
        "time": f"{verdict.time:%Y-%m-%dT%H:%M:%SZ}",
        "statement": path_of(Kind.VERDICT, verdict.pk, until),
        "reports": letters_to_reporters(case, until),
    }


def _account(case: Case, now: datetime) -> str | None:
    if case.author is None:
        return None
    return strikes.account_of(case.community, case.source, case.author, now)
