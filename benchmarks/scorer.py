"""The civility scorer: comments a second on one core, one call, loading, memory.

Measured on comments cut to 100 characters or, without the labelled data, on sentences put together
here. Times are CPU time of this process.
"""

import json
import random
import resource
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from training.corpus import DEFAULT, rows

COUNT, LENGTH = 20_000, 100
ROUNDS = 5
WORDS = """
the a of you that this people think really would never please thank idea wrong stupid liar why
because read again source edit page number report nobody right good morning reply agree fool
"""


def main() -> None:
    texts = _texts(DEFAULT)
    begin = time.process_time()
    from comity.signals.scorer import Scorer

    scorer = Scorer.load()
    loading = time.process_time() - begin
    told = ["en"] * len(texts)
    batch = _fastest(lambda: scorer.score(texts, told))
    untold = _fastest(lambda: scorer.score(texts[:4000]))
    single = _fastest(lambda: [scorer.score(texts[k : k + 1], ["en"]) for k in range(2000)])
    figures = {
        "texts_per_second": round(len(texts) / batch),
        "texts_per_second_with_language_identification": round(4000 / untold),
        "single_call_microseconds": round(single / 2000 * 1e6, 1),
        "loading_seconds": round(loading, 2),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=1))


def _texts(data: Path) -> list[str]:
    real = (row["text"] for row in rows(data, "en_toxicity") if len(row["text"]) >= LENGTH)
    texts = [text[:LENGTH] for text in islice(real, COUNT)]
    pick = random.Random(1)
    while len(texts) < COUNT:
        texts.append(" ".join(pick.choices(WORDS.split(), k=30))[:LENGTH])
    return texts


def _fastest(work: Callable[[], object]) -> float:
    """The CPU seconds of the best of some rounds: other programs only ever slow it down."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


if __name__ == "__main__":
    main()
