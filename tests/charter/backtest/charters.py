"""Charters for tests, made of a few words each."""

from datetime import timedelta

from comity.charter import Article, Charter, Condition, Remedy
from comity.event import EventType
from comity.signals import CATALOGUE, Counter, Kind, Signal, Source


def article(name, condition, remedy="hold", counters=(), **more):
    counted = {
        counter.name: Signal(counter.name, Kind.INTEGER, Source.COUNTER, {}, 0.0)
        for counter in counters
    }
    return Article(
        id=name,
        value="respect",
        title=more.pop("title", {"en": name.replace("-", " ").capitalize()}),
        text={"en": name},
        condition=Condition.parse(condition, {**CATALOGUE, **counted}),
        remedy=Remedy(remedy),
        **more,
    )


def charter(*articles, title="Town Square", counters=()):
    return Charter(
        title=title,
        community="town-square",
        languages=("en", "zh-Hans"),
        values={"respect": {"en": "We argue with ideas."}},
        articles=articles,
        counters=tuple(counters),
    )


def posts_within(hours, name="author_posts"):
    return Counter(name, EventType.POST_CREATED, "author", timedelta(hours=hours))
