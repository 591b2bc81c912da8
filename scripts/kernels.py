"""Compile the kernels, once and side by side, so that nobody who starts Comity waits for it."""

import sys
from datetime import UTC, datetime
from multiprocessing import Process

from comity import Event, Scorer, measure
from comity.bridging import Ratings, fit, islands, status


def measuring() -> None:
    data = {"post": {"id": "p", "text": "Good morning."}, "author": {"id": "a"}}
    told = {"id": "e", "source": "s", "type": "post.created", "community": "c", "data": data}
    measure(Event.model_validate({**told, "time": datetime.now(UTC)}), Scorer.load())


def bridging() -> None:
    ratings = Ratings.of([1], [1], [1])
    ratings.filtered()
    status(fit(ratings), ratings)
    islands(ratings)


if __name__ == "__main__":
    compiling = [Process(target=each) for each in (measuring, bridging)]
    for process in compiling:
        process.start()
    for process in compiling:
        process.join()
    sys.exit(any(process.exitcode for process in compiling))
