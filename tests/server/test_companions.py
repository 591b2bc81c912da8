"""Measuring and recording have processes of their own: each dies alone, and loses no promise."""

import json
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from comity.event import read_event
from comity.server.intake.companion import Companion, Keeper
from comity.server.intake.measured import Measured, measure_events, measure_requests, unpack
from comity.server.problems import Problem
from comity.signals import ModelRef, Scores, Span
from tests.server.support import PATIENCE, Server, event, until

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
def keeper() -> Iterator[Keeper]:
    made = Keeper({"measuring": lambda: partial(measure_requests, scorer=Scorer())})
    yield made
    made.close()
    assert os.waitpid(made.process, 0)[1] == 0


@pytest.fixture
def measurer(keeper: Keeper) -> Iterator[Companion]:
    made = Companion(keeper, "measuring")
    yield made
    made.close()


def told(*texts: str) -> list[dict[str, Any]]:
    return [event(place, text) for place, text in enumerate(texts)]


def measure(measurer: Companion, events: list[dict[str, Any]]) -> list[Measured]:
    [packed] = measurer.ask([json.dumps(events).encode()])
    return unpack(packed)


def test_it_measures_as_this_process_would(measurer):
    data = {
        "post": {"id": "p", "text": "Ünï\n编码 🙂 \u2028", "links": ["https://bit.example/a"]},
        "author": {"id": "u", "joined": "2020-01-01T00:00:00.123+02:00", "roles": ["member"]},
        "parent": {"id": "q", "text": "What do you mean?", "author": "u"},
    }
    joined = {"type": "member.joined", "data": {"author": {"id": "u"}}}
    some = [*told("One.", "", "Two!"), event("x", data=data), {**event("y"), **joined}]
    assert measure(measurer, some) == measure_events(list(map(read_event, some)), Scorer())


def test_each_request_is_packed_for_itself(measurer):
    requests = [json.dumps(told(*texts)).encode() for texts in (["one"], [], ["two", "three"])]
    packed = [unpack(each) for each in measurer.ask(requests)]
    assert [[m.event.text for m in each] for each in packed] == [["one"], [], ["two", "three"]]


def test_much_goes_through_at_once(measurer):
    assert len(measure(measurer, told(*["語" * 50_000] * 200))) == 200


def test_if_it_is_killed_another_takes_its_place(keeper, measurer):
    measure(measurer, told("First."))
    [before] = _children(keeper.process)
    os.kill(before, signal.SIGKILL)
    [measured] = measure(measurer, told("Still here."))
    assert measured.signals.values["insult"] == 0.011
    assert _children(keeper.process) != [before]


@pytest.mark.parametrize("text", ["die", "fail"])
def test_events_that_kill_it_take_nothing_along(measurer, text):
    with pytest.raises((EOFError, ConnectionResetError)):
        measure(measurer, told("before", text))
    [measured] = measure(measurer, told("after"))
    assert measured.signals.values["plain_text"] == "after"


def test_a_refusal_arrives_as_it_was_made():
    made = Problem(409, "twice", where="[1].id", hint="another", headers={"Retry-After": "1"})
    came = pickle.loads(pickle.dumps(made))
    assert (came.status, came.body, came.headers) == (made.status, made.body, made.headers)
    assert str(came) == str(made)


@pytest.mark.parametrize("work", ["measuring", "recording"])
def test_a_killed_companion_costs_no_event(tmp_path, work):
    server = Server(tmp_path / "data")
    server.key()
    same = {"author": "one", "time": datetime.now(UTC).isoformat(timespec="seconds")}
    answers = []
    enough = threading.Event()

    def send(lane: int) -> None:
        for batch in count():
            if enough.is_set():
                return
            brought = [event(f"{lane}-{batch}-{i}", **same) for i in range(100)]
            answers.append(server.decide(brought))

    lanes = [threading.Thread(target=send, args=(lane,)) for lane in range(4)]
    for thread in lanes:
        thread.start()
    for _ in range(2):
        until(partial(_longer, answers, len(answers) + 5))
        os.kill(_companion(server, work), signal.SIGKILL)
    until(partial(_longer, answers, len(answers) + 5))
    enough.set()
    for thread in lanes:
        thread.join()
    assert {answer.status for answer in answers} == {200}
    counts = [d["signals"]["author_posts_1h"] for answer in answers for d in answer.json]
    assert sorted(counts) == list(range(1, 100 * len(answers) + 1)), "each was counted once"
    assert server.run("ledger", "verify").returncode == 0
    lost = f'comity_companions_lost_total{{work="{work}"}} 2.0'
    assert lost in server.ask("GET", "/metrics").body.decode()
    assert server.log.read_text().count("another takes its place") == 2
    server.stop()


def test_without_its_keeper_the_server_ends_and_can_start_again(tmp_path):
    server = Server(tmp_path / "data")
    before = event("before")
    decision = server.decide(before).json
    os.kill(_keeper(server), signal.SIGKILL)
    assert server.process.wait(PATIENCE) == 1
    assert "the keeper of its companions ended" in server.log.read_text()
    server.start()
    assert server.decide(before).json == decision
    server.stop()


def test_killed_or_stopped_it_leaves_no_process_behind(tmp_path):
    server = Server(tmp_path / "data")
    _end(server, server.kill)
    server.start()
    _end(server, server.stop)


def _end(server: Server, end: Callable[[], None]) -> None:
    all_of_it = [_worker(server), _keeper(server), *_children(_keeper(server))]
    end()
    until(lambda: not any(map(_lives, all_of_it)))


def _longer(some: list[object], length: int) -> bool:
    return len(some) > length


def _worker(server: Server) -> int:
    return _children(server.process.pid)[0]


def _keeper(server: Server) -> int:
    return _children(_worker(server))[0]


def _companion(server: Server, work: str) -> int:
    [found] = [
        number
        for number in _children(_keeper(server))
        if Path(f"/proc/{number}/comm").read_text().strip() == work
    ]
    return found


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]


def _lives(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
