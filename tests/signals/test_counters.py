"""Counters: exact, in the events' own time, in bounded memory."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.event import Event, EventType
from comity.signals import SCOPES, Counter, Counters, Scope
from comity.signals import counters as module
from tests.signals.events import NOON, event

HOUR = timedelta(hours=1)
COUNTERS = [
    Counter(f"{kind}_{by}_{within}", kind, by, timedelta(minutes=within))
    for kind in (EventType.POST_CREATED, EventType.REPORT_FILED)
    for by in SCOPES
    for within in (1, 7)
]


def whose(happened: Event, by: Scope) -> tuple[str, ...] | None:
    post, author = happened.data.post, happened.data.author
    if by == "community":
        return (happened.community,)
    if by == "author":
        return (happened.source, author.id) if author else None
    if post is None:
        return None
    return (happened.source, post.id if by == "post" else post.thread or post.id)


def naive(counter: Counter, seen: list[Event], now: Event) -> int:
    key = whose(now, counter.by)
    return sum(
        key is not None
        and other.type is counter.count
        and whose(other, counter.by) == key
        and now.time - counter.within < other.time <= now.time
        for other in seen
    )


STREAMS = st.lists(
    st.builds(
        lambda kind, minutes, author, post, thread: event(
            kind=kind,
            time=NOON + timedelta(minutes=minutes),
            author=author,
            post={"id": post, "thread": thread},
            report={"by": "u1"} if kind == "report.filed" else None,
        ),
        st.sampled_from(["post.created", "report.filed"]),
        st.integers(0, 20),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["p", "q"]),
        st.sampled_from(["t", "q", None]),
    ),
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(STREAMS)
def test_counts_are_those_of_counting_one_by_one_in_any_order(stream: list[Event]) -> None:
    counters = Counters(COUNTERS)
    for n, happened in enumerate(stream, start=1):
        expected = {counter.name: naive(counter, stream[:n], happened) for counter in COUNTERS}
        assert counters.count(happened) == expected
        assert counters.observe(happened) == expected


def hourly(by: Scope = "author") -> Counters:
    return Counters([Counter("posts", EventType.POST_CREATED, by, HOUR)])


def test_a_window_is_open_at_its_begin_and_closed_at_its_end() -> None:
    counters = hourly()
    counters.observe(event(time=NOON))
    assert counters.count(event(time=NOON + HOUR)) == {"posts": 1}
    assert counters.count(event(time=NOON + HOUR - timedelta(microseconds=1))) == {"posts": 2}


def test_times_are_compared_across_zones() -> None:
    counters = hourly()
    counters.observe(event(time=NOON))
    assert counters.observe(event(time=datetime.fromisoformat("2026-11-23T14:30:00+02:00"))) == {
        "posts": 2
    }


def test_people_of_one_name_on_two_platforms_are_two() -> None:
    counters = hourly()
    counters.observe(event())
    assert counters.count(event().model_copy(update={"source": "chat.example"})) == {"posts": 1}


def test_an_event_without_an_author_has_none_to_count() -> None:
    counters = hourly()
    reported = event(kind="report.filed", author=None, report={"by": "u1"})
    assert counters.observe(reported) == {"posts": 0}


def test_a_draft_is_counted_but_not_recorded() -> None:
    counters = hourly()
    assert counters.count(event()) == counters.count(event()) == {"posts": 1}


def test_a_restart_knows_what_was_known() -> None:
    stream = [event(time=NOON + timedelta(minutes=n)) for n in range(10)]
    before, after = hourly(), hourly()
    for happened in stream:
        before.observe(happened)
        after.record(happened)
    assert before.count(stream[-1]) == after.count(stream[-1]) == {"posts": 11}
    assert after.reach == HOUR
    assert Counters([]).reach == timedelta()


def test_what_no_window_reaches_is_forgotten(monkeypatch) -> None:
    monkeypatch.setattr(module, "_SWEEP_EVERY", 100)
    counters = hourly()
    for n in range(5_000):
        name = f"u{n % 1000}"
        counters.observe(event(time=NOON + timedelta(minutes=n), author=name))
    # The last hour's, those of the last full stretch and those since.
    assert sum(len(times) for times in counters._times.values()) <= 60 + 100 + 100


def test_one_clock_that_is_wrong_empties_no_window(monkeypatch) -> None:
    monkeypatch.setattr(module, "_SWEEP_EVERY", 10)
    counters = hourly("community")
    far = datetime(2990, 1, 1, tzinfo=UTC)
    for n in range(30):
        counters.observe(event(time=far if n % 7 == 3 else NOON + timedelta(seconds=n)))
    assert counters.count(event(time=NOON + timedelta(minutes=1))) == {"posts": 27}
