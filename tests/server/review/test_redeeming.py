"""A lesson lifts a strike: one, of the member who learnt, under the articles it is about."""

import pytest

from tests.server.review.test_rulings import rule

pytestmark = pytest.mark.postgres


def lessons_of(town):
    """The charter with a lesson at its every article."""
    source = town.charter.source.replace("    when:", "    lesson: calm-voice\n    when:")
    return type(town.charter).parse(source)


def test_a_completed_lesson_lifts_the_newest_strike_once(town):
    from comity.server.learning.lessons import complete
    from comity.server.members.identities import know_as
    from comity.server.review.models import Strike

    wren, charter = town.person("wren", "member"), lessons_of(town)
    know_as(wren, town.community, "forum.example", "wren")
    for post, author in (("p1", "wren"), ("p2", "wren"), ("p3", "finch")):
        town.post(post, author=author)
        rule(town.bench("ada"), town.case)
    first, second, other = Strike.objects.order_by("pk")
    assert complete(wren, town.community, charter, "calm-voice", town.now)
    assert not complete(wren, town.community, charter, "calm-voice", town.now)
    states = Strike.objects.in_bulk([first.pk, second.pk, other.pk])
    assert [states[s.pk].state for s in (first, second, other)] == [
        "counting",
        "redeemed",
        "counting",
    ]


def test_another_lesson_lifts_nothing(town):
    from comity.server.learning.lessons import complete
    from comity.server.members.identities import know_as
    from comity.server.review.models import Strike

    wren = town.person("wren", "member")
    know_as(wren, town.community, "forum.example", "wren")
    town.post("p1")
    rule(town.bench("ada"), town.case)
    assert not complete(wren, town.community, town.charter, "calm-voice", town.now)
    assert Strike.objects.get().state == "counting"
