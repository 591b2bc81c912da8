"""Ruling: one transaction for the ruling, the case, the ledger, the message and the strike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from comity.charter import Charter, Remedy
from comity.ledger import SALT_SIZE, Entry, EntryKind, commit
from comity.server.intake.webhooks import tell
from comity.server.lifecycle import StepRefused
from comity.server.members.mistake import Mistake
from comity.server.members.models import Role
from comity.server.members.permissions import Permission
from comity.server.review.answer import Answer, Outcome, outcome
from comity.server.review.appeals.court import Court
from comity.server.review.appeals.following import follow
from comity.server.review.charters import charter_of, procedures
from comity.server.review.draw import is_drawn
from comity.server.review.lifecycles import CASE, RULING_MADE, CaseState, RemedyState
from comity.server.review.models import ENDED, Case, Draw, Ruling
from comity.server.review.services import strikes
from comity.server.review.services.bench import (
    Bench,
    check_free,
    check_version,
    claimed,
    keep_out,
)
from comity.server.review.services.effective import of_text, standing_ruling
from comity.server.review.statements import Kind, path_of
from comity.server.review.statements.reporters import letters_to_reporters
from comity.server.transparency import ledger

MOST_AT_ONCE: Final = 500
"""Cases of a campaign that one ruling decides; the rest is left for the next."""
_DECIDING: Final = frozenset({"rule", "rule_and_check", "settle"})
"""The steps that can change what holds."""

Alike = Literal["words", "domain", "author"]
"""By what the cases of a campaign are alike."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A ruling that is about to be made."""

    case: Case
    answer: Answer
    outcome: Outcome
    transition: str
    charter: Charter

    replaced: Ruling | None
    """The ruling that has held for the text until now, be it from an earlier case."""

    @property
    def takes_effect(self) -> bool:
        """Whether it changes what holds: a second look by itself does not, nor does saying again
        what a person has ruled on this text already. It is one strike, however often reported."""
        if self.transition not in _DECIDING:
            return False
        holds = Remedy(self.case.remedy), self.case.article
        return self.replaced is None or self.outcome.same != holds


@transaction.atomic
def rule(bench: Bench, number: int, version: int, answer: Answer, seed: bytes) -> Ruling:
    """Decide a case. `version` is that of the case as the person saw it.

    `seed` (random bytes) draws whether a second reviewer is to decide it too. Raises Conflict if
    the case has changed or someone else has it, Mistake for whoever is not to decide it, and
    AnswerError for an answer that is not whole.
    """
    bench.require(Permission.RULE_ON_CASES)
    case = bench.take(number)
    keep_out(bench, case)
    check_free(bench, case)
    check_version(case, version)
    charter = charter_of(case)
    found = _outcome(case, answer, charter)
    transition = _transition(bench, case, found, seed)
    before = standing_ruling(of_text(case))
    [ruling] = _record(bench, [_Plan(case, answer, found, transition, charter, before)])
    return ruling


@transaction.atomic
def rule_campaign(
    bench: Bench, number: int, version: int, answer: Answer, alike: Alike, within: timedelta
) -> list[Ruling]:
    """Decide a case and all open ones like it that were opened `within` that time of it.

    Cases that someone else has, and those that the person is party to, are left alone.
    """
    bench.require(Permission.RULE_IN_BULK)
    case = bench.take(number)
    keep_out(bench, case)
    check_free(bench, case)
    check_version(case, version)
    plans = []
    for member in [case, *_others(bench, case, alike, within)]:
        charter = charter_of(member)
        found, before = _outcome(member, answer, charter), standing_ruling(of_text(member))
        plans.append(_Plan(member, answer, found, "rule", charter, before))
    if case.state != CaseState.OPEN:
        raise Mistake(_("Only open cases can be decided together."))
    return _record(bench, plans)


def alike_to(case: Case, alike: Alike, within: timedelta) -> Q:
    """The open cases that are alike, the case itself too; nothing where it has no such trait."""
    trait = {"words": "campaign", "domain": "domain", "author": "author"}[alike]
    value = getattr(case, trait)
    if not value:
        return Q(pk__in=[])
    near = Q(opened__range=(case.opened - within, case.opened + within))
    own = Q(source=case.source) if alike == "author" else Q()
    here = Q(community=case.community_id, state=CaseState.OPEN.value)
    return here & near & own & Q(**{trait: value})


def _others(bench: Bench, case: Case, alike: Alike, within: timedelta) -> Iterable[Case]:
    found = bench.cases.filter(alike_to(case, alike, within)).exclude(pk=case.pk)
    free = found.exclude(claimed(bench.now) & ~Q(claimed_by=bench.person))
    free = free.select_related("event", "event__decision", "community").order_by("pk")
    for other in free.select_for_update(of=("self",))[: MOST_AT_ONCE - 1]:
        try:
            keep_out(bench, other)
        except Mistake:
            continue
        yield other


def _outcome(case: Case, answer: Answer, charter: Charter) -> Outcome:
    return outcome(answer, Remedy(case.remedy), case.article, charter)


def _transition(bench: Bench, case: Case, found: Outcome, seed: bytes) -> str:
    """Which step of its lifecycle the case takes by this ruling."""
    match case.state:
        case CaseState.OPEN:
            return "rule_and_check" if _drawn(bench, case, seed) else "rule"
        case CaseState.SECOND_REVIEW:
            first = _first(case)
            if first.reviewer == bench.person:
                raise Mistake(_("You have ruled on this case; the second look is for another."))
            return "agree" if (Remedy(first.remedy), first.article) == found.same else "differ"
        case _:
            return "settle"


def _drawn(bench: Bench, case: Case, seed: bytes) -> bool:
    """Draw, where there is anyone to look a second time."""
    others = bench.community.memberships.filter(
        role__in=[Role.REVIEWER, Role.STEWARD], person__is_active=True
    ).exclude(person=bench.person)
    if not others.exists():
        return False
    share = procedures(bench.community).review.second_review
    chosen = is_drawn(seed, case.pk, share)
    Draw.objects.update_or_create(
        case=case,
        defaults={"seed": seed, "share": share, "chosen": chosen, "time": bench.now},
    )
    return chosen


def _first(case: Case) -> Ruling:
    """The ruling that stands while others look at it."""
    return case.rulings.filter(transition="rule_and_check").select_related("reviewer").latest("pk")


def _record(bench: Bench, plans: Sequence[_Plan]) -> list[Ruling]:
    edge = ledger.head().frontier
    rulings = [_ruling(bench, plan, edge.size + i) for i, plan in enumerate(plans)]
    Ruling.objects.bulk_create(rulings)
    until = bench.now + procedures(bench.community).appeals.window
    told: dict[str, dict[str, Any]] = {}
    for ruling, plan in zip(rulings, plans, strict=True):
        if ruling.effective:
            _take_effect(ruling, plan, bench)
        if CASE.transition(plan.case.state, plan.transition).sends:
            told[ruling.message] = as_told(ruling, until)
        _move(plan.case, plan.transition, bench)
    ledger.append(edge, [_entry(ruling, bench) for ruling in rulings], bench.signer, bench.now)
    court = Court(bench.community, bench.signer, bench.now)
    follow(court, [plan.case for plan in plans], bench.actor)
    tell(bench.community, RULING_MADE, told, bench.now)
    return rulings


def _ruling(bench: Bench, plan: _Plan, place: int) -> Ruling:
    case, found = plan.case, plan.outcome
    return Ruling(
        case=case,
        reviewer=bench.person,
        transition=plan.transition,
        effective=plan.takes_effect,
        kind=plan.answer.kind,
        event=case.event,
        before=case.remedy,
        remedy=found.remedy.value,
        duration=found.duration,
        article=found.article,
        charter=plan.charter.sha256,
        reason=plan.answer.reason,
        time=bench.now,
        entry=place,
        salt=token_bytes(SALT_SIZE),
    )


def _entry(ruling: Ruling, bench: Bench) -> Entry:
    return Entry(
        index=ruling.entry,
        kind=EntryKind.RULING,
        time=bench.now,
        community=bench.community.slug,
        commitments={"ruling": commit(sealed(ruling), bytes(ruling.salt))},
        remedy=ruling.remedy,
        account=ruling.account,
        articles=(ruling.article,) if ruling.article else (),
        charter=ruling.charter,
        about=(ruling.event_id,) if ruling.event_id is not None else (),
    )


def sealed(ruling: Ruling) -> bytes:
    """What the ledger commits to: the ruling with its reason and who made it."""
    return to_json(
        {
            "case": ruling.case_id,
            "reviewer": ruling.reviewer_id,
            "step": ruling.transition,
            "kind": ruling.kind,
            "before": ruling.before,
            "remedy": ruling.remedy,
            "article": ruling.article,
            "reason": ruling.reason,
        }
    )


def _take_effect(ruling: Ruling, plan: _Plan, bench: Bench) -> None:
    """The strike, what the account comes to by it, and whether the platform has work to do."""
    case, found = plan.case, plan.outcome
    if found.account:
        ruling.account, ruling.account_duration = found.account.value, found.account_duration
    if plan.replaced is not None:
        strikes.lift_of(plan.replaced, bench.actor, bench.now)
    rest = strikes.issue(ruling, procedures(bench.community).strikes, bench.now)
    if rest and (found.account is None or rest.account >= found.account):
        ruling.account, ruling.account_duration = rest.account.value, rest.duration
    if ruling.remedy != ruling.before or ruling.account:
        ruling.remedy_state = RemedyState.PENDING.value
    ruling.save(update_fields=["account", "account_duration", "remedy_state"])
    case.remedy, case.article = ruling.remedy, ruling.article


def as_told(ruling: Ruling, until: datetime) -> dict[str, Any]:
    """What the platform hears: the remedy that it is to carry out, and on what.

    Beside it stand the paths of what the author and each reporter may read, until that day.
    """
    case = ruling.case
    written = path_of(Kind.RULING, ruling.pk, until) if ruling.remedy_state else None
    return {
        "id": str(ruling.pk),
        "case": str(case.pk),
        "source": case.source,
        "post": case.post,
        "author": case.author,
        "decision": case.event.decision.pk if case.event else None,
        "kind": ruling.kind,
        "before": ruling.before,
        "remedy": ruling.remedy,
        "for_seconds": _seconds(ruling.duration),
        "account": ruling.account,
        "account_for_seconds": _seconds(ruling.account_duration),
        "article": ruling.article or None,
        "charter": ruling.charter,
        "confirm": ruling.remedy_state is not None,
        "entry": ruling.entry,
        "time": f"{ruling.time:%Y-%m-%dT%H:%M:%SZ}",
        "statement": written,
        "reports": letters_to_reporters(case, until),
    }


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _move(case: Case, transition: str, bench: Bench) -> None:
    try:
        case.state = CASE.step(case.state, transition, bench.actor)
    except StepRefused:
        raise Mistake(_("Two reviewers differ on this case; a steward settles it.")) from None
    case.closed = bench.now if case.state in ENDED else None
    case.claimed_by = case.claimed_until = None
    case.version += 1
    case.save()
