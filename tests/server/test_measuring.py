"""Measuring has a process of its own: it dies alone, and nothing that was promised with it."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from comity.event import read_event
from comity.server.intake.measured import measure_events
from comity.server.intake.measuring import Measurer
from comity.signals import ModelRef, Scores, Span
from tests.server.support import Server, event, until

# The tests' own process may have threads, of which no child here wants anything.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@dataclass(frozen=True)
class Scorer:
    """Scores by what a text says, and can be killed by it."""

    model = ModelRef("a test", "1", "ab" * 32)

    def score(self, texts):
        for text in texts:
            if text == "die":
                os._exit(9)
            if text == "fail":
                raise RuntimeError("this cannot be measured")
        return [
            Scores({"insult": len(text) / 1000}, "en", (Span("insult", 0, 1),), text.lower(), False)
            for text in texts
        ]


@pytest.fixture
def measurer() -> Iterator[Measurer]:
    made = Measurer(Scorer())
    keeper = made.keeper
    yield made
    made._keeper.close()
    del made._connection
    assert os.waitpid(keeper, 0)[1] == 0


def events(*texts: str):
    return [read_event(event(place, text)) for place, text in enumerate(texts)]


def test_it_measures_as_this_process_would(measurer):
    told = {
        "post": {"id": "p", "text": "Ünï\n编码 🙂 \u2028", "links": ["https://bit.example/a"]},
        "author": {"id": "u", "joined": "2020-01-01T00:00:00.123+02:00", "roles": ["member"]},
        "parent": {"id": "q", "text": "What do you mean?", "author": "u"},
    }
    joined = {"type": "member.joined", "data": {"author": {"id": "u"}}}
    some = [*events("One.", "", "Two!"), read_event(event("x", data=told))]
    some.append(read_event({**event("y"), **joined}))
    assert measurer.measure(some) == measure_events(some, Scorer())


def test_much_goes_through_at_once(measurer):
    some = events(*["語" * 50_000] * 200)
    assert len(measurer.measure(some)) == 200


def test_if_it_is_killed_another_takes_its_place(measurer):
    measurer.measure(events("First."))
    [before] = _children(measurer.keeper)
    os.kill(before, signal.SIGKILL)
    [measured] = measurer.measure(events("Still here."))
    assert measured.signals.values["insult"] == 0.011
    assert _children(measurer.keeper) != [before]


@pytest.mark.parametrize("text", ["die", "fail"])
def test_events_that_kill_it_take_nothing_along(measurer, text):
    with pytest.raises((EOFError, ConnectionResetError)):
        measurer.measure(events("before", text))
    [measured] = measurer.measure(events("after"))
    assert measured.signals.values["plain_text"] == "after"


def test_a_killed_measurer_costs_no_event(tmp_path):
    server = Server(tmp_path / "data")
    server.key()
    same = {"author": "one", "time": datetime.now(UTC).isoformat(timespec="seconds")}
    answers = []

    def send(lane: int) -> None:
        for batch in range(10):
            brought = [event(f"{lane}-{batch}-{i}", **same) for i in range(100)]
            answers.append(server.decide(brought))

    lanes = [threading.Thread(target=send, args=(lane,)) for lane in range(4)]
    for thread in lanes:
        thread.start()
    for enough in (5, 20):
        until(partial(_longer, answers, enough))
        os.kill(_measurer(server), signal.SIGKILL)
    for thread in lanes:
        thread.join()
    assert {answer.status for answer in answers} == {200}
    counts = [d["signals"]["author_posts_1h"] for answer in answers for d in answer.json]
    assert sorted(counts) == list(range(1, 4_001)), "each was counted once"
    assert server.run("ledger", "verify").returncode == 0
    assert b"comity_measurers_lost_total 2.0" in server.ask("GET", "/metrics").body
    assert server.log.read_text().count("another takes its place") == 2
    server.stop()


def test_without_its_keeper_the_server_ends_and_can_start_again(tmp_path):
    server = Server(tmp_path / "data")
    before = event("before")
    decision = server.decide(before).json
    os.kill(_keeper(server), signal.SIGKILL)
    assert server.process.wait(20) == 1
    assert "the keeper of the measuring process ended" in server.log.read_text()
    server.start()
    assert server.decide(before).json == decision
    server.stop()


def test_killed_or_stopped_it_leaves_no_process_behind(tmp_path):
    server = Server(tmp_path / "data")
    _end(server, server.kill)
    server.start()
    _end(server, server.stop)


def _end(server: Server, end: Callable[[], None]) -> None:
    all_of_it = [_worker(server), _keeper(server), _measurer(server)]
    end()
    until(lambda: not any(map(_lives, all_of_it)), 5)


def _longer(some: list[object], length: int) -> bool:
    return len(some) > length


def _worker(server: Server) -> int:
    return _children(server.process.pid)[0]


def _keeper(server: Server) -> int:
    return _children(_worker(server))[0]


def _measurer(server: Server) -> int:
    return _children(_keeper(server))[0]


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]


def _lives(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
