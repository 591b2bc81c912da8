"""The committer gathers requests, answers all of them, and lets none suffer from another."""

import threading
from collections.abc import Iterator

import pytest

from comity.server.intake.committer import GROUP, MAX_WAITING, Committer
from comity.server.problems import Problem
from tests.server.support import PATIENCE, until


class Recorder:
    """Records nothing; shows what it was given."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.open = threading.Event()
        self.open.set()
        self.asked = threading.Event()
        self.poison = self.immeasurable = -1
        self.measured: list[int] = []

    def measure(self, requests):
        sizes = [int(request) for request in requests]
        if self.immeasurable in sizes:
            raise RuntimeError("immeasurable")
        self.measured.append(sum(sizes))
        return requests

    def record(self, requests):
        self.asked.set()
        self.open.wait(PATIENCE)
        sizes = [int(request) for request in requests]
        self.groups.append(sizes)
        if self.poison in sizes:
            raise RuntimeError("poison")
        return requests


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def committer(recorder: Recorder) -> Iterator[Committer]:
    made = Committer(recorder.measure, recorder.record)
    made.start()
    yield made
    recorder.open.set()
    made.stop()


def at_once(committer: Committer, recorder: Recorder, *sizes: int) -> list[object]:
    """Bring requests of these sizes while the recorder is held up by another, then let it go on."""
    recorder.open.clear()
    answers: list[object] = [None] * len(sizes)
    busy = threading.Thread(target=committer.commit, args=(b"0", 0))
    busy.start()
    assert recorder.asked.wait(PATIENCE)

    def bring(place: int, size: int) -> None:
        try:
            answers[place] = int(committer.commit(b"%d" % size, size))
        except Problem as problem:
            answers[place] = problem.status

    def all_are_there() -> bool:
        refused = sum(size for size, answer in zip(sizes, answers, strict=True) if answer == 503)
        return committer._count + refused == sum(sizes)

    threads = [threading.Thread(target=bring, args=each) for each in enumerate(sizes)]
    for thread in threads:
        thread.start()
    until(all_are_there)
    recorder.open.set()
    for thread in (busy, *threads):
        thread.join(PATIENCE)
    return answers


def test_what_comes_during_a_commit_shares_the_next(committer, recorder):
    assert at_once(committer, recorder, *[1] * 50) == [1] * 50
    assert len(recorder.groups) < 10
    assert sum(map(sum, recorder.groups)) == 50


def test_a_group_has_an_end_but_a_request_is_never_split(committer, recorder):
    sizes = [300, 300, 300, 1000]
    assert at_once(committer, recorder, *sizes) == sizes
    assert all(sum(group) <= GROUP or len(group) == 1 for group in recorder.groups)


def test_a_request_that_fails_fails_alone(committer, recorder):
    recorder.poison = 7
    assert at_once(committer, recorder, 1, 7, 2) == [1, 500, 2]
    assert committer.alive


def test_what_cannot_be_measured_fails_alone(committer, recorder):
    recorder.immeasurable = 7
    assert at_once(committer, recorder, 1, 7, 2) == [1, 500, 2]
    assert committer.alive


def test_the_next_group_is_measured_while_one_is_recorded(committer, recorder):
    recorder.open.clear()
    busy = [threading.Thread(target=committer.commit, args=(b"%d" % n, n)) for n in (600, 700)]
    for thread in busy:
        thread.start()
    until(lambda: len(recorder.measured) == 2)
    assert sorted(recorder.measured) == [600, 700]
    assert recorder.groups == []
    recorder.open.set()
    for thread in busy:
        thread.join(PATIENCE)
    assert len(recorder.groups) == 2


def test_what_is_too_much_is_told_to_come_again(committer, recorder):
    answers = at_once(committer, recorder, *[1000] * (MAX_WAITING // 1000 + 1))
    assert answers.count(503) == 1
    assert answers.count(1000) == MAX_WAITING // 1000


def test_once_stopped_it_takes_nothing_more(recorder):
    committer = Committer(recorder.measure, recorder.record)
    committer.start()
    committer.stop()
    with pytest.raises(Problem):
        committer.commit(b"1", 1)
