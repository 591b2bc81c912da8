"""How pressing a case is."""

from hypothesis import given
from hypothesis import strategies as st

from comity.charter import Remedy
from comity.server.review.campaigns import digest, first_host
from comity.server.review.severity import hardness, severity

remedies = st.sampled_from([remedy.value for remedy in Remedy])
percent = st.integers(0, 100)


@given(remedies, percent, st.integers(0, 10**9))
def test_severity_stays_in_its_scale(remedy, score, reports):
    assert 0 <= severity(remedy, score, reports) <= 100


@given(remedies, percent, percent, st.integers(0, 9), st.integers(0, 9))
def test_a_harder_text_and_more_reports_never_make_a_case_less_pressing(remedy, a, b, m, n):
    assert severity(remedy, max(a, b), max(m, n)) >= severity(remedy, a, m)


def test_the_stronger_the_remedy_the_more_pressing():
    found = [severity(remedy.value, 50, 1) for remedy in Remedy]
    assert found == sorted(set(found))


def test_hardness_is_the_highest_score_for_harm():
    assert hardness({"insult": 0.914, "threat": 0.2, "gratitude": 0.99, "language": "en"}) == 91
    assert hardness({"insult": None}) == 0


def test_texts_of_one_campaign_have_one_digest():
    first = digest("Buy the best watches now, only 19.99: https://a.example/x")
    assert first == digest("BUY THE BEST WATCHES N0W!!! only 24.00 http://b.example")
    assert first != digest("Buy the best flowers now, only 19.99: https://a.example/x")
    assert digest("优惠手表，全场最低价，加我咨询详情 123") == digest(
        "优惠手表！！全场最低价！加我咨询详情 456"
    )


def test_texts_too_short_to_be_told_apart_have_none():
    assert digest("Thanks!") == digest("123 456 789 000 111") == digest("") == ""


@given(st.text(max_size=300))
def test_any_text_has_a_digest_or_none(text):
    assert len(digest(text)) in (0, 64)


def test_the_host_is_that_of_the_first_link():
    assert first_host("see https://www.Shop.example/a and http://b.example") == "shop.example"
    assert first_host("nothing", ("https://c.example/x",)) == "c.example"
    assert first_host("nothing") == ""
