"""What advice changes, measured: arms, counts, intervals, and the stewards' page of it."""

from datetime import UTC, datetime

import pytest

from tests.server.learning.test_drafts import beside

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def community(django):  # noqa: ARG001  the database
    from django.db import transaction

    from comity.server.members.services import found_community

    with transaction.atomic():
        yield found_community("lantern-lane", "Lantern Lane")
        transaction.set_rollback(True)


@pytest.fixture
def measure(community):
    """Begin a measurement with a share."""
    from comity.server.learning import holdouts
    from comity.server.members.services import first_steward

    return lambda share: holdouts.begin(first_steward(community), community, share, b"salt", NOW)


def test_arms_are_drawn_by_the_share_and_never_change(measure):
    from comity.server.learning.holdouts import Arm, arm_of

    holdout = measure(0.2)
    arms = [arm_of(holdout, f"draft-{n}") for n in range(5_000)]
    assert 0.18 < arms.count(Arm.HELD) / 5_000 < 0.22
    assert arms[:100] == [arm_of(holdout, f"draft-{n}") for n in range(100)]


def test_only_a_steward_begins_and_only_with_a_share_to_choose(community, measure):
    from django.core.exceptions import PermissionDenied

    from comity.server.learning import holdouts
    from comity.server.members.models import Membership, Person, Role

    with pytest.raises(ValueError, match="share"):
        measure(0.9)
    auditor = Person.objects.create(username="auditor", display_name="A")
    Membership.objects.create(person=auditor, community=community, role=Role.AUDITOR)
    with pytest.raises(PermissionDenied):
        holdouts.begin(auditor, community, 0.1, b"salt", NOW)


def test_ended_measuring_is_no_measurement(community, measure):
    from comity.server.learning import holdouts

    assert holdouts.current(community) is None
    measure(0.1)
    assert holdouts.current(community) is not None
    measure(0.0)
    assert holdouts.current(community) is None


def test_the_effect_is_the_difference_of_shares_with_newcombes_interval(community, measure):
    from comity.server.learning.holdouts import Arm, Outcome, effect, record
    from comity.server.learning.receipts import Receipt

    holdout = measure(0.5)

    def count(arm, outcome, times):
        for _ in range(times):
            receipt = Receipt(holdout.pk, arm.value, "hold", "en", ("no-personal-attacks",))
            record(community, receipt, outcome)

    count(Arm.ADVISED, Outcome.REVISED, 56)
    count(Arm.ADVISED, Outcome.SENT, 14)
    count(Arm.HELD, Outcome.REVISED, 19)
    assert effect(holdout).differences == ()  # too few without advice
    count(Arm.HELD, Outcome.REVISED, 29)
    count(Arm.HELD, Outcome.SENT, 32)
    found = effect(holdout)
    assert (found.advised, found.held) == (70, 80)
    revised = next(each for each in found.differences if each.outcome is Outcome.REVISED)
    # Newcombe (1998), table II (a): 56/70 against 48/80, method 10.
    assert revised.points == pytest.approx(0.2)
    assert revised.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_an_outcome_of_an_unknown_measurement_is_not_counted(community):
    from comity.server.learning.holdouts import Outcome, record
    from comity.server.learning.models import DraftOutcome
    from comity.server.learning.receipts import Receipt

    record(community, Receipt(10**6, "held", "hold", "en", ()), Outcome.SENT)
    assert not DraftOutcome.objects.exists()


def test_the_page_says_what_is_measured_and_when_it_is_too_few(visit, server):
    page = visit("/advice")
    assert "Nothing is measured" in page.locator("main").inner_text()
    page.get_by_label("20%").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="Too few yet").wait_for()
    beside(server, FILL)
    page.reload()
    row = page.get_by_role("row", name="Revised, so that less would follow")
    assert "80% (69%–88%)" in row.inner_text()
    assert "+20 points (+5 to +33)" in row.inner_text()
    assert "more than chance" in row.inner_text()
    page.get_by_label("nobody, and measure nothing").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="Nothing is measured").wait_for()


FILL = """[
    DraftOutcome.objects.create(holdout=holdouts.current(community), arm=arm, outcome=outcome,
        remedy="hold", language="en", articles=[])
    for arm, outcome, times in (("advised", "revised", 56), ("advised", "sent", 14),
        ("held", "revised", 48), ("held", "sent", 32)) for _ in range(times)
]"""


def test_a_page_for_stewards_is_for_stewards(server):
    assert server.ask("GET", "/advice").status == 302
