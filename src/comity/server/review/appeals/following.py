"""What a reviewer's ruling does to the appeal that waits for it."""

from collections.abc import Iterable

from comity.charter import AccountRemedy, Remedy
from comity.server.review.appeals.court import Court
from comity.server.review.lifecycles import AppealState, CaseState
from comity.server.review.models import Appeal, Case, Ruling
from comity.server.review.services.effective import standing_ruling
from comity.statements import restricts


def follow(court: Court, cases: Iterable[Case], by: str) -> None:
    """Take the appeals in cases that are closed now to a jury, or to their end.

    For use within the transaction of the rulings. The member need not ask again: what they
    appealed against is upheld, so a jury hears it; what no longer restricts them is granted.
    """
    closed = [case.pk for case in cases if case.state == CaseState.CLOSED]
    waiting = Appeal.objects.filter(case__in=closed, state=AppealState.IN_REVIEW.value)
    for appeal in waiting.select_for_update(of=("self",)).order_by("pk"):
        ruling = standing_ruling(Ruling.objects.filter(case=appeal.case_id))
        assert ruling is not None  # noqa: S101  a case is closed by a ruling
        appeal.ruling = ruling
        account = AccountRemedy(ruling.account) if ruling.account else None
        step = "pass_on" if restricts(Remedy(ruling.remedy), account) else "lift"
        court.move(appeal, step, by)
