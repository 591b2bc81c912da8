"""The breaker trips on a sudden rise among authors, and on nothing else."""

from comity.decisions import Breaker
from comity.decisions.breaker import LEAST, WINDOW
from tests.decisions.charters import charter

LAW = charter(
    {
        "no-insults": "when: insult >= 0.8\n    then: hold\n    expect: 2%",
        "usual": "when: insult >= 0.9\n    then: limit",
        "gentle": "when: caps_share > 0.7\n    then: nudge",
        "on-trial": "when: insult >= 0.5\n    then: remove\n    trial: true",
    }
)
EVERY = [article.id for article in LAW.articles]


def trips_of(breaker: Breaker, posts: list[tuple[str, list[str]]]) -> list[str]:
    return [trip.article for author, hits in posts for trip in breaker.observe(author, hits)]


def test_an_article_that_matches_every_author_trips_once() -> None:
    posts = [(f"u{number}", EVERY) for number in range(200)]
    assert sorted(trips_of(Breaker(LAW), posts)) == ["no-insults", "usual"]


def test_the_expected_share_does_not_trip() -> None:
    posts = [(f"u{n}", ["no-insults"] if n % 50 == 0 else []) for n in range(5_000)]
    assert trips_of(Breaker(LAW), posts) == []


def test_one_author_who_floods_counts_once() -> None:
    quiet = [(f"u{number}", []) for number in range(100)]
    assert trips_of(Breaker(LAW), quiet + [("flooder", EVERY)] * 10_000) == []


def test_a_handful_of_people_is_no_sudden_change() -> None:
    assert trips_of(Breaker(LAW), [(f"u{n}", EVERY) for n in range(LEAST - 1)]) == []


def test_what_was_long_ago_is_forgotten() -> None:
    breaker = Breaker(LAW)
    noisy = [(f"old{n}", ["no-insults"] if n % 20 == 0 else []) for n in range(WINDOW)]
    quiet = [(f"new{n}", []) for n in range(WINDOW)]
    again = [(f"late{n}", ["no-insults"] if n % 20 == 0 else []) for n in range(WINDOW)]
    assert trips_of(breaker, noisy + quiet + again) == []


def test_a_trip_says_why() -> None:
    breaker = Breaker(LAW)
    trips = [trip for n in range(100) for trip in breaker.observe(f"u{n}", ["no-insults"])]
    (trip,) = trips
    assert trip.share == 1
    assert trip.authors == trip.matched == LEAST
    assert trip.expected_share == 0.02
