"""Queues: what goes where, what lies on top, page after page, and what time changes."""

from datetime import timedelta
from time import perf_counter, process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.server import engine
from tests.server.review.support import SHOUT

pytestmark = pytest.mark.postgres


def fill(town, count):
    """Cases of every severity, some of them overdue, in a queue of their own."""
    from comity.server.review.models import Case
    from comity.server.review.routing import queues_of

    [queue] = queues_of(town.community)
    Case.objects.bulk_create(
        Case(
            community=town.community,
            source="forum.example",
            post=f"p{i}",
            remedy="hold",
            severity=i * 37 % 101,
            queue=queue,
            opened=town.now,
            due=town.now + timedelta(minutes=i * 53 % 200 - 60),
        )
        for i in range(count)
    )
    return queue


def pages(queue, person, now):
    from comity.server.review.piles import LISTED, Place, pile

    after, found = None, []
    while cases := pile(queue, person, after, now):
        found += cases[:LISTED]
        if len(cases) <= LISTED:
            break
        after = Place.read(str(Place.of(cases[LISTED - 1], now)))
    return found


def test_every_case_is_shown_once_overdue_first_and_then_by_severity(town):
    queue = fill(town, 233)
    found = pages(queue, town.person("ada"), town.now)
    assert len({case.pk for case in found}) == len(found) == 233
    late = [case for case in found if case.due < town.now]
    assert found[: len(late)] == sorted(late, key=lambda c: (c.due, c.pk))
    rest = found[len(late) :]
    assert rest == sorted(rest, key=lambda c: (-c.severity, c.due, c.pk))
    assert late
    assert rest


def test_what_one_left_or_ruled_on_is_not_shown_again(town):
    from comity.server.review.models import Case, Recusal, Ruling
    from comity.server.review.piles import pile

    queue = fill(town, 3)
    ada = town.person("ada")
    first, second, third = Case.objects.order_by("pk")
    Recusal.objects.create(case=first, person=ada, time=town.now)
    Case.objects.filter(pk=second.pk).update(state="second_review")
    Ruling.objects.create(
        case=second,
        reviewer=ada,
        transition="rule_and_check",
        kind="lift",
        before="hold",
        remedy="allow",
        charter=town.charter.sha256,
        time=town.now,
        entry=1,
        salt=b"",
    )
    assert pile(queue, ada, None, town.now) == [third]
    assert len(pile(queue, town.person("ben"), None, town.now)) == 3


def test_what_two_reviewers_differ_on_waits_for_stewards(town):
    from comity.server.review.models import Case
    from comity.server.review.piles import next_after, pile

    queue = fill(town, 2)
    Case.objects.update(state="disputed")
    seen = {
        role: len(pile(queue, town.person(role, role), None, town.now))
        for role in ("reviewer", "steward", "auditor")
    }
    assert seen == {"reviewer": 0, "steward": 2, "auditor": 2}
    assert next_after(Case(queue=queue), town.person("reviewer"), town.now) is None


def test_nobody_is_sent_on_to_a_case_that_is_about_themselves(town):
    from comity.server.members.identities import know_as
    from comity.server.review.models import Case
    from comity.server.review.piles import next_after

    town.post("p1", author="wren")
    queue, wren = town.case.queue, town.person("wren")
    assert next_after(Case(queue=queue), wren, town.now) == town.case
    know_as(wren, town.community, "forum.example", "wren")
    assert next_after(Case(queue=queue), wren, town.now) is None


def test_what_was_given_to_one_is_listed_for_them_and_passed_over_by_others(town):
    from comity.server.review.models import Case
    from comity.server.review.piles import given_to, next_after
    from comity.server.review.services import claims

    queue = fill(town, 3)
    ada, ben = town.person("ada"), town.person("ben")
    top = next_after(Case(queue=queue), ada, town.now)
    claims.assign(town.bench("sue", "steward"), top.pk, ben)
    assert given_to(ben, town.community) == [top]
    assert given_to(ada, town.community) == []
    assert next_after(Case(queue=queue), ben, town.now) == top
    assert next_after(Case(queue=queue), ada, town.now) != top


@given(st.text(max_size=80))
def test_a_made_up_place_is_none(text):
    from comity.server.review.piles import Place

    place = Place.read(text)
    assert place is None or Place.read(str(place)) == place


@pytest.mark.parametrize(
    "text", ["", "late", "late~1~2~3", "soon~101~2026-11-23T00:00:00+00:00~1", "a~b~c~d"]
)
def test_a_broken_place_is_none(text):
    from comity.server.review.piles import Place

    assert Place.read(text) is None


def save(town, name, **rules):
    from comity.server.review.services.queues import Rules, save_queue

    return save_queue(town.bench("sue", "steward"), None, Rules(name, **rules))


def test_a_case_goes_to_the_first_queue_that_takes_it(town):
    save(town, "Chinese", languages=["zh"])
    save(town, "Shouting", articles=["no-shouting"])
    save(town, "Pressing", severity=30)
    for post, text in [("p1", SHOUT), ("p2", "Good morning, all of you.")]:
        town.post(post, text)
        town.report(post)
    from comity.server.review.models import Case

    assert Case.objects.get(post="p1").queue.name == "Shouting"
    assert Case.objects.get(post="p2").queue.name == ""


def test_queues_are_changed_moved_and_removed_without_losing_cases(town):
    from comity.server.members.mistake import Mistake
    from comity.server.review.routing import queues_of
    from comity.server.review.services import queues

    bench = town.bench("sue", "steward")
    first, second = save(town, "A"), save(town, "B")
    town.post("p1")
    assert town.case.queue == first
    queues.move_queue(bench, second.pk, up=True)
    assert [queue.name for queue in queues_of(town.community)] == ["B", "A", ""]
    queues.move_queue(bench, second.pk, up=True)
    queues.remove_queue(bench, first.pk)
    assert town.case.queue.name == ""
    with pytest.raises(Mistake, match="takes what no other takes"):
        queues.remove_queue(bench, town.case.queue_id)
    with pytest.raises(Mistake, match="name that no other has"):
        save(town, "B")


def test_old_cases_move_by_themselves_and_are_due_no_later(town):
    from comity.server.review.clock import Clock

    save(town, "Old", age=timedelta(hours=3), due=timedelta(hours=4))
    town.post("p1")
    before = town.case
    assert before.queue.name == ""
    clock = Clock(town.community, town.signer)
    clock.tick(before.opened + timedelta(hours=2))
    assert town.case.queue.name == ""
    clock.tick(before.opened + timedelta(hours=3))
    assert town.case.queue.name == "Old"
    assert town.case.due == before.opened + timedelta(hours=4)


def test_strikes_lapse_by_themselves(town):
    from comity.server.review.answer import Answer
    from comity.server.review.clock import Clock
    from comity.server.review.models import RulingKind, Strike
    from comity.server.review.services.rulings import rule
    from comity.server.review.services.strikes import standing_of

    town.post("p1")
    rule(town.bench("ada"), town.case.pk, 1, Answer(RulingKind.UPHOLD), b"s")
    assert standing_of(town.community, "forum.example", "wren", town.now) == 2
    late = town.now + timedelta(days=90)
    assert standing_of(town.community, "forum.example", "wren", late) == 0
    Clock(town.community, town.signer).tick(late - timedelta(minutes=1))
    assert Strike.objects.get().state == "counting"
    Clock(town.community, town.signer).tick(late)
    assert (Strike.objects.get().state, Strike.objects.get().ended) == ("lapsed", late)


class TestWellbeing:
    def test_a_days_limit_holds_for_hard_cases_and_not_for_those_seen(self, town):
        from comity.server.review import wellbeing
        from comity.server.review.models import Case

        fill(town, 4)
        Case.objects.update(score=90)
        ada, cases = town.person("ada"), list(Case.objects.order_by("pk"))
        comfort = wellbeing.save_comfort(ada, wellbeing.Wish(101, 45, 2, "veiled"))
        looked = [wellbeing.look(ada, case, comfort, town.now) for case in cases]
        assert looked == [True, True, False, False]
        assert wellbeing.look(ada, cases[0], comfort, town.now)
        Case.objects.filter(pk=cases[3].pk).update(score=10)
        cases[3].refresh_from_db()
        assert wellbeing.look(ada, cases[3], comfort, town.now)
        assert wellbeing.look(ada, cases[2], comfort, town.now + timedelta(days=1))

    def test_stewards_see_the_load_of_each_by_name_and_reviewers_do_not(self, town):
        from comity.server.members.permissions import Refused
        from comity.server.review import wellbeing
        from comity.server.review.models import Case

        fill(town, 4)
        ben, ada = town.person("ben"), town.person("ada")
        wellbeing.save_comfort(ada, wellbeing.Wish(60, 45, 2, "veiled"))
        days = zip((8, 3, 0, 0), (90, 90, 90, 10), Case.objects.order_by("pk"), strict=True)
        for ago, score, case in days:
            case.score = score
            then = town.now - timedelta(days=ago)
            assert wellbeing.look(ada, case, wellbeing.comfort_of(ada), then)
        with pytest.raises(Refused):
            wellbeing.loads(ben, town.community, town.now)
        found = wellbeing.loads(town.person("sue", "steward"), town.community, town.now)
        assert [load.name for load in found] == sorted(load.name for load in found)
        loads = {load.name: (load.today, load.most, load.week, load.opened) for load in found}
        assert loads["ada"] == (1, 2, 2, 3)
        assert loads["ben"] == (0, 150, 0, 0)

    def test_a_break_is_counted_from_the_last_pause(self, town):
        from comity.server.review import wellbeing
        from comity.server.review.models import Case

        fill(town, 4)
        ada, comfort = town.person("ada"), wellbeing.comfort_of(town.person("ada"))
        for minutes, case in zip((0, 30, 38, 46), Case.objects.order_by("pk"), strict=True):
            wellbeing.look(ada, case, comfort, town.now + timedelta(minutes=minutes))
        now = town.now + timedelta(minutes=50)
        assert wellbeing.working_since(ada, now) == town.now + timedelta(minutes=30)

    def test_others_who_look_are_seen(self, town):
        from comity.server.review import wellbeing
        from comity.server.review.models import Case

        fill(town, 1)
        case = Case.objects.get()
        for name in ("ada", "ben"):
            person = town.person(name)
            wellbeing.look(person, case, wellbeing.comfort_of(person), town.now)
        assert wellbeing.also_looking(town.person("ada"), case, town.now) == ["ben"]
        later = town.now + timedelta(minutes=2)
        assert wellbeing.also_looking(town.person("ada"), case, later) == []


def test_a_queue_of_a_hundred_thousand_opens_at_once(town):
    from benchmarks.queue import fill
    from comity.server.review.piles import glances, pile
    from comity.server.review.routing import queues_of

    [queue] = queues_of(town.community)
    fill(queue, 100_000, town.now)
    ada = town.person("ada")
    # What is read by SQLite is read in this process, whatever others do beside it.
    clock = process_time if engine.chosen == "sqlite" else perf_counter
    took = []
    for _ in range(3):
        begun = clock()
        [glance] = glances(town.community, town.now)
        cases = pile(queue, ada, None, town.now)
        took.append(clock() - begun)
    assert min(took) < 0.3
    assert (glance.waiting, len(cases)) == (100_000, 51)
