"""What authors and reporters read once a person has decided."""

import json

import pytest

from comity.statements.dsa import check, record
from tests.server.review.test_rulings import NEVER, rule, told


@pytest.fixture(autouse=True)
def no_second_look(town):
    town.under(NEVER)


def opened(town, path, language="en"):
    """The page behind a path, as it is at the town's time."""
    from comity.server.review.statements import read_link
    from comity.server.review.statements.pages import page_of, subject_of

    link = read_link(path.removeprefix("/statements/"), town.now)
    subject = subject_of(town.community, link)
    return subject and page_of(subject, language, town.now)


def decision_path(town):
    from comity.server.review.statements import Kind, path_of

    return path_of(Kind.DECISION, town.case.event.decision.pk, town.now)


def test_the_author_reads_what_the_reviewer_decided_and_why(town):
    town.webhook()
    town.post("p1", author="wren")
    before = opened(town, decision_path(town))
    assert (before.letter.title, before.later) == ("Your post is on hold", "")
    rule(town.bench("ada"), town.case, reason="Please keep it down.")
    [message] = told()
    page = opened(town, message["statement"])
    assert page.letter.title == "Your post was taken down"
    assert "> Please keep it down." in page.letter.text
    assert "A person decided" in page.letter.text
    assert "ada" not in page.letter.text
    assert opened(town, decision_path(town)).later == message["statement"]


def test_the_author_reads_that_their_post_is_back(town):
    town.webhook()
    town.post("p1")
    rule(town.bench("ada"), town.case, "lift")
    [message] = told()
    page = opened(town, message["statement"], "zh-Hans")
    assert page.letter.title == "您的帖子已不受限制"
    assert page.post


def test_the_reporter_reads_what_became_of_it_under_one_link(town):
    town.webhook()
    town.post("p1", "Good morning, everybody.")
    town.report("p1", by="robin", reason="Robin does not like mornings.")
    rule(town.bench("ada"), town.case, "lift")
    [message] = told()
    [report] = message["reports"]
    assert report["by"] == "robin"
    page = opened(town, report["statement"])
    assert page.letter.title == "What became of your report"
    assert "It stays as it is" in page.letter.text
    assert page.post == ()
    assert "robin" not in page.letter.text.lower()


def test_before_a_person_has_decided_a_reporter_finds_nothing_yet(town):
    from comity.server.review.statements import Kind, path_of

    town.post("p1", "Good morning, everybody.")
    town.report("p1")
    origin = town.case.origins.get()
    assert opened(town, path_of(Kind.REPORT, origin.pk, town.now)) is None


def test_a_restriction_by_people_is_one_more_record_without_their_words(town):
    from comity.server.review.statements.sources import since

    town.post("p1", author="wren")
    town.report("p1", by="robin", reason="Ask robin@forum.example about it.")
    rule(town.bench("ada"), town.case, reason="As @wren was told on https://forum.example/rules.")
    records = [record(statement) for statement in since(town.community, None)]
    assert [check(each) for each in records] == [[], []]
    assert [each["automated_decision"] for each in records] == [
        "AUTOMATED_DECISION_FULLY",
        "AUTOMATED_DECISION_PARTIALLY",
    ]
    assert [each["source_type"] for each in records] == [
        "SOURCE_VOLUNTARY",
        "SOURCE_TYPE_OTHER_NOTIFICATION",
    ]
    assert len({each["puid"] for each in records}) == 2
    written = json.dumps(records).lower()
    assert not [name for name in ("wren", "robin", "ada", "forum.example", "p1") if name in written]
    town.later(days=365_000)
    assert list(since(town.community, town.now)) == []


def test_what_a_second_reviewer_says_by_themselves_is_told_to_nobody(town):
    from comity.server.review.statements import Kind, path_of
    from comity.server.review.statements.sources import since
    from tests.server.review.test_rulings import ALWAYS

    town.under(ALWAYS)
    town.webhook()
    town.post("p1")
    town.report("p1")
    town.person("ben")
    rule(town.bench("ada"), town.case, reason="It is an attack.")
    differing = rule(town.bench("ben"), town.case, "lift", reason="Let it stand.")
    assert town.case.state == "disputed"
    [message] = told()
    assert "taken down" in opened(town, message["reports"][0]["statement"]).letter.text
    assert opened(town, decision_path(town)).later == message["statement"]
    assert opened(town, path_of(Kind.RULING, differing.pk, town.now)) is None
    assert len(list(since(town.community, None))) == 2  # software's, and the first reviewer's


def test_who_reported_something_is_forgotten_in_what_is_still_to_be_told(town):
    from comity.server.intake.models import Delivery
    from comity.server.review.erasure import forget

    town.webhook()
    town.post("p1")
    town.report("p1", by="robin")
    town.report("p1", by="heron")
    rule(town.bench("ada"), town.case)
    town.report("p1", by="crane")
    for name in ("robin", "crane"):
        forget(town.community, name, None)
    [message] = told()
    assert [report["by"] for report in message["reports"]] == ["heron"]
    left = "".join(Delivery.objects.values_list("body", flat=True))
    assert ("robin" in left, "crane" in left) == (False, False)
