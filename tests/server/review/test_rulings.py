"""Rulings: what they change, who may make them, and how two reviewers do not collide."""

import json
from datetime import timedelta

import pytest

from comity.charter import Remedy
from comity.ledger import Entry, EntryKind, opens
from tests.server.review.support import SHOUT

pytestmark = pytest.mark.postgres

NEVER = "{review: {second_review: 0%}}"
ALWAYS = "{review: {second_review: 100%}}"
SEED = b"s" * 32


@pytest.fixture(autouse=True)
def no_second_look(town):
    town.under(NEVER)


def answer(kind, **more):
    from comity.server.review.answer import Answer
    from comity.server.review.models import RulingKind

    return Answer(RulingKind(kind), **more)


def rule(bench, case, kind="uphold", **more):
    from comity.server.review.services.rulings import rule

    return rule(bench, case.pk, case.version, answer(kind, **more), SEED)


def told(kind="ruling.made"):
    from comity.server.intake.models import Delivery

    bodies = [json.loads(d.body) for d in Delivery.objects.order_by("pk")]
    return [body["data"] for body in bodies if body["type"] == kind]


def test_a_hold_that_is_upheld_is_a_removal_on_record_with_a_strike(town):
    town.webhook()
    town.post("p1", author="wren")
    ruling = rule(town.bench("ada"), town.case, reason="Twice warned.")
    case = town.case
    assert (case.state, case.remedy, case.closed) == ("closed", "remove", town.now)
    assert (ruling.before, ruling.remedy, ruling.article) == ("hold", "remove", "no-shouting")
    [message] = told()
    assert (message["post"], message["author"], message["remedy"]) == ("p1", "wren", "remove")
    assert (message["account"], message["confirm"]) == ("warn", True)
    assert message["decision"] == case.event.decision.pk
    assert "Twice warned." not in json.dumps(message)
    assert (ruling.strike.weight, ruling.strike.member) == (2, "wren")
    assert ruling.strike.expires == town.now + timedelta(days=90)


def test_the_ledger_says_what_was_ruled_and_commits_to_why(town):
    from comity.server.review.services.rulings import sealed
    from comity.server.transparency.models import LedgerEntry

    town.post("p1")
    ruling = rule(town.bench("ada"), town.case, reason="Twice warned.")
    body = bytes(LedgerEntry.objects.get(pk=ruling.entry).body)
    entry = Entry.decode(body)
    assert (entry.kind, entry.remedy, entry.account) == (EntryKind.RULING, "remove", "warn")
    assert (entry.articles, entry.about) == (("no-shouting",), (town.case.event_id,))
    assert b"Twice" not in body
    assert opens(entry.commitments["ruling"], sealed(ruling), ruling.salt)


def test_a_lift_lets_the_post_stand_and_counts_against_nobody(town):
    town.webhook()
    town.post("p1")
    ruling = rule(town.bench("ada"), town.case, "lift")
    assert (town.case.remedy, ruling.article, ruling.remedy_state) == ("allow", "", "pending")
    assert not hasattr(ruling, "strike")
    assert told()[0]["account"] is None


def test_a_report_that_is_upheld_leaves_the_post_and_asks_nothing_of_the_platform(town):
    town.webhook()
    town.post("p1", "Good morning.")
    town.report("p1")
    ruling = rule(town.bench("ada"), town.case)
    assert (ruling.remedy, ruling.article, ruling.remedy_state) == ("allow", "", None)
    assert told()[0]["confirm"] is False


def test_a_change_names_article_and_remedy(town):
    from comity.server.review.answer import AnswerError

    town.post("p1", "Good morning.")
    town.report("p1")
    for wrong, field in [
        ({"remedy": Remedy.HOLD, "article": "no-alarms"}, "remedy"),
        ({"article": "no-alarms"}, "remedy"),
        ({"remedy": Remedy.LIMIT}, "article"),
        ({"remedy": Remedy.LIMIT, "article": "no-such"}, "article"),
        ({"remedy": Remedy.ALLOW, "reason": "x" * 5_001}, "reason"),
    ]:
        with pytest.raises(AnswerError) as told_wrong:
            rule(town.bench("ada"), town.case, "change", **wrong)
        assert told_wrong.value.field == field
    assert town.case.state == "open"
    ruling = rule(town.bench("ada"), town.case, "change", remedy=Remedy.LIMIT, article="no-alarms")
    assert (ruling.remedy, ruling.strike.weight) == ("limit", 1)


@pytest.mark.parametrize("role", ["member", "auditor"])
def test_members_and_auditors_decide_nothing(town, role):
    from comity.server.members.permissions import Refused
    from comity.server.review.services import claims

    town.post("p1")
    with pytest.raises(Refused):
        rule(town.bench("eve", role), town.case)
    for service in (claims.claim, claims.release, claims.recuse):
        with pytest.raises(Refused):
            service(town.bench("eve", role), town.case.pk)
    assert town.case.state == "open"


def test_only_stewards_assign_and_rule_in_bulk(town):
    from comity.server.members.permissions import Refused
    from comity.server.review.services import claims, queues
    from comity.server.review.services.rulings import rule_campaign

    town.post("p1")
    reviewer, case = town.bench("ada"), town.case
    with pytest.raises(Refused):
        claims.assign(reviewer, case.pk, reviewer.person)
    with pytest.raises(Refused):
        rule_campaign(reviewer, case.pk, 1, answer("uphold"), "words", timedelta(days=1))
    for service in (
        lambda: queues.save_queue(reviewer, None, queues.Rules("x")),
        lambda: queues.remove_queue(reviewer, 1),
        lambda: queues.move_queue(reviewer, 1, True),
    ):
        with pytest.raises(Refused):
            service()
    claims.assign(town.bench("sue", "steward"), case.pk, reviewer.person)
    assert town.case.assigned_to == reviewer.person
    claims.assign(town.bench("sue", "steward"), case.pk, None)
    assert town.case.assigned_to is None


def test_a_case_is_given_only_to_those_who_can_decide_it(town):
    from comity.server.members.mistake import Mistake
    from comity.server.review.models import Case
    from comity.server.review.services import claims

    town.post("p1")
    sue = town.bench("sue", "steward")
    town.person("mel", "member")
    town.person("ada"), town.person("ben"), town.person("cy")

    def able():
        names = [person.username for person in claims.reviewers_for(town.case)]
        return sorted(set(names) - {"steward"})  # who is there from the beginning

    claims.recuse(town.bench("ben"), town.case.pk)
    assert able() == ["ada", "cy", "sue"]
    for name in ("ben", "mel"):
        with pytest.raises(Mistake, match=f"{name} cannot decide this case"):
            claims.assign(sue, town.case.pk, town.person(name, "member"))
    rule(town.bench("ada"), town.case)
    Case.objects.update(state="second_review")
    assert able() == ["cy", "sue"]
    Case.objects.update(state="disputed")
    assert able() == ["sue"]
    Case.objects.update(state="closed")
    with pytest.raises(Mistake, match="closed"):
        claims.assign(sue, town.case.pk, None)


def test_a_claimed_case_is_left_alone_until_the_time_is_up(town):
    from comity.server.review.services import claims
    from comity.server.review.services.bench import Conflict

    town.post("p1")
    claims.claim(town.bench("ada"), town.case.pk)
    with pytest.raises(Conflict, match="ada is at work on this case until 10:30"):
        claims.claim(town.bench("ben"), town.case.pk)
    with pytest.raises(Conflict):
        rule(town.bench("ben"), town.case)
    town.later(minutes=31)
    claims.claim(town.bench("ben"), town.case.pk)
    assert town.case.claimed_by.username == "ben"
    claims.release(town.bench("ada"), town.case.pk)  # it is not hers any more
    assert town.case.claimed_by.username == "ben"
    claims.release(town.bench("ben"), town.case.pk)
    assert town.case.claimed_by is None


def test_what_another_ruled_is_not_overwritten(town):
    from comity.server.review.models import Ruling
    from comity.server.review.services.bench import Conflict

    town.post("p1")
    seen = town.case
    rule(town.bench("ada"), seen)
    with pytest.raises(Conflict, match="someone was quicker"):
        rule(town.bench("ben"), seen, "lift")
    assert Ruling.objects.count() == 1


def test_a_ruling_on_an_older_text_is_refused(town):
    from comity.server.review.services.bench import Conflict

    town.post("p1")
    seen = town.case
    town.tell(town.event("post.edited", "p1", text=SHOUT + " NOW", author={"id": "wren"}))
    with pytest.raises(Conflict, match="has changed while you looked"):
        rule(town.bench("ada"), seen)


@pytest.mark.parametrize("party", ["wren", "robin", "heron"])
def test_author_reporter_and_whom_the_post_answers_leave_the_case_to_others(town, party):
    from comity.server.members.identities import know_as
    from comity.server.members.mistake import Mistake
    from comity.server.review.services import claims

    parent = {"id": "p0", "text": "Hello.", "author": "heron"}
    held = town.event("post.created", "p1", text=SHOUT, author={"id": "wren"}, parent=parent)
    town.tell(held)
    town.report("p1", by="robin")
    know_as(town.person("ada"), town.community, "forum.example", party)
    with pytest.raises(Mistake, match="party to this case"):
        rule(town.bench("ada"), town.case)
    with pytest.raises(Mistake, match="party to this case"):
        claims.claim(town.bench("ada"), town.case.pk)
    with pytest.raises(Mistake, match="ada cannot decide this case"):
        claims.assign(town.bench("sue", "steward"), town.case.pk, town.person("ada"))


def test_one_can_leave_a_case_to_others(town):
    from comity.server.members.mistake import Mistake
    from comity.server.review.services import claims

    town.post("p1")
    claims.claim(town.bench("ada"), town.case.pk)
    claims.recuse(town.bench("ada"), town.case.pk, "A friend of mine.")
    assert town.case.claimed_by is None
    with pytest.raises(Mistake, match="Others decide this case"):
        rule(town.bench("ada"), town.case)
    rule(town.bench("ben"), town.case)


class TestSecondReview:
    @pytest.fixture(autouse=True)
    def drawn(self, town, no_second_look):  # noqa: ARG002  after it
        town.charter = type(town.charter).parse(town.charter.source.replace("0%}", "100%}"))
        from comity.server.transparency.services import put_in_force

        put_in_force(town.community, town.charter, town.signer, town.now)
        town.webhook()
        town.person("ben")
        town.post("p1")
        rule(town.bench("ada"), town.case)

    def test_the_first_ruling_holds_at_once_and_the_draw_can_be_drawn_again(self, town):
        from comity.server.review.draw import is_drawn

        case = town.case
        assert (case.state, case.remedy) == ("second_review", "remove")
        assert len(told()) == 1
        assert case.draw.chosen
        assert is_drawn(bytes(case.draw.seed), case.pk, case.draw.share)

    def test_the_first_reviewer_cannot_be_the_second(self, town):
        from comity.server.members.mistake import Mistake

        with pytest.raises(Mistake, match="second look is for another"):
            rule(town.bench("ada"), town.case)

    def test_two_who_agree_close_the_case_and_count_once(self, town):
        from comity.server.review.models import Strike

        second = rule(town.bench("ben"), town.case)
        assert (town.case.state, second.transition) == ("closed", "agree")
        assert Strike.objects.count() == 1
        assert len(told()) == 1

    def test_two_who_differ_need_a_steward_and_the_first_stands_until_then(self, town):
        from comity.server.members.mistake import Mistake

        rule(town.bench("ben"), town.case, "lift")
        assert (town.case.state, town.case.remedy) == ("disputed", "remove")
        with pytest.raises(Mistake, match="a steward settles it"):
            rule(town.bench("cleo"), town.case, "lift")
        rule(town.bench("sue", "steward"), town.case, "lift")
        assert (town.case.state, town.case.remedy) == ("closed", "allow")
        [lifted] = told("strike.lifted")
        assert (lifted["standing"], lifted["account"], lifted["why"]) == (0, None, "lift")
        assert told()[-1]["remedy"] == "allow"

    def test_a_steward_who_sides_with_the_first_changes_nothing(self, town):
        from comity.server.review.models import Strike

        rule(town.bench("ben"), town.case, "lift")
        last = rule(town.bench("sue", "steward"), town.case)
        assert (town.case.state, last.remedy_state) == ("closed", None)
        assert Strike.objects.get().state == "counting"


def test_nobody_is_drawn_where_nobody_else_could_look(town):
    from comity.server.members.models import Membership

    town.charter = type(town.charter).parse(town.charter.source.replace("0%}", "100%}"))
    Membership.objects.filter(community=town.community).delete()
    town.post("p1")
    rule(town.bench("ada"), town.case)
    assert town.case.state == "closed"


def test_a_campaign_is_decided_at_once(town):
    from comity.server.review.models import Case
    from comity.server.review.services import claims
    from comity.server.review.services.rulings import rule_campaign

    town.webhook()
    for i in range(5):
        town.post(f"spam{i}", f"BUY THE BEST WATCHES NOW {i}", author=f"seller{i}")
    town.post("other", "COME TO THE LIBRARY ON SUNDAY")
    mine = Case.objects.get(post="spam0")
    claims.claim(town.bench("ben"), Case.objects.get(post="spam4").pk)
    rulings = rule_campaign(
        town.bench("sue", "steward"), mine.pk, 1, answer("uphold"), "words", timedelta(days=1)
    )
    assert len(rulings) == 4
    left = Case.objects.filter(state="open").values_list("post", flat=True)
    assert set(left) == {"spam4", "other"}
    assert len(told()) == 4
    assert len({ruling.entry for ruling in rulings}) == 4


def test_a_campaign_of_one_author_climbs_the_ladder(town):
    from comity.server.review.services.rulings import rule_campaign

    town.webhook()
    for i in range(4):
        town.post(f"p{i}", f"{SHOUT} {i}", author="wren")
    rulings = rule_campaign(
        town.bench("sue", "steward"),
        town.case.pk,
        1,
        answer("uphold"),
        "author",
        timedelta(days=1),
    )
    assert [ruling.account for ruling in rulings] == ["warn", "mute", "mute", "suspend"]
    assert told()[-1]["account_for_seconds"] == 7 * 86_400


def test_a_remedy_is_confirmed_or_shown_as_failed(town):
    from comity.server.review.services.remedies import confirm

    town.post("p1")
    ruling = rule(town.bench("ada"), town.case)
    states = []
    for done, note in [(False, "no such post"), (True, ""), (False, "too late"), (True, "")]:
        states.append(confirm(town.community, ruling.pk, done, note, town.now).remedy_state)
    assert states == ["failed", "confirmed", "confirmed", "confirmed"]
    assert confirm(town.community, 999_999, True, "", town.now) is None


def test_a_remedy_that_nobody_could_be_told_of_has_failed(town):
    from comity.server.intake.models import Delivery
    from comity.server.review.services.remedies import give_up

    town.webhook()
    town.post("p1")
    ruling = rule(town.bench("ada"), town.case)
    assert give_up(town.community, town.now) == 0
    Delivery.objects.filter(message=ruling.message).update(next_try=None, last_error="answered 500")
    assert give_up(town.community, town.now) == 1
    ruling.refresh_from_db()
    assert (ruling.remedy_state, ruling.remedy_note) == ("failed", "answered 500")
    assert give_up(town.community, town.now) == 0


def strikes():
    from comity.server.review.models import Strike

    return [(strike.weight, strike.state) for strike in Strike.objects.order_by("pk")]


def test_one_post_is_one_strike_however_often_it_is_reported(town):
    town.webhook()
    town.post("p1", "Come and see!!!!!!", author="wren")
    town.report("p1", by="robin")
    change = {"remedy": Remedy.LIMIT, "article": "no-shouting"}
    rule(town.bench("ada"), town.case, "change", **change)
    given = strikes()
    assert len(given) == 1
    town.report("p1", by="heron")
    again = rule(town.bench("ben"), town.case, "change", **change)
    assert (again.effective, again.account, again.remedy_state) == (False, None, None)
    assert strikes() == given
    assert [message["statement"] is not None for message in told()] == [True, False]


def test_another_ruling_on_the_same_text_takes_the_place_of_the_first_and_of_its_strike(town):
    from comity.server.review.services.effective import of_text, standing_ruling

    town.webhook()
    town.post("p1", "Come and see!!!!!!", author="wren")
    town.report("p1", by="robin")
    rule(town.bench("ada"), town.case, "change", remedy=Remedy.LIMIT, article="no-shouting")
    first = town.case
    town.report("p1", by="heron")
    second = rule(town.bench("ben"), town.case, "change", remedy=Remedy.REMOVE, article="no-alarms")
    assert (second.before, second.remedy) == ("limit", "remove")
    assert standing_ruling(of_text(first)) == second
    assert [state for _, state in strikes()] == ["lifted", "counting"]
    assert [each["member"] for each in told("strike.lifted")] == ["wren"]
