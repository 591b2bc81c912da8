"""The civility scorer: comments a second on one core, one call, loading, memory.

Measured on comments cut to 100 characters: everyday ones (1 % abusive) and a mix of which more than
half is abusive and has to be explained. Without the labelled data both are sentences put together
here. Times are CPU time of this process.
"""

import json
import random
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import islice

from comity.signals.scorer import Scorer
from training.corpus import DEFAULT, rows

COUNT, LENGTH, BATCH, ROUNDS = 4_000, 100, 1_000, 7
WORDS = """
the a of you that this people think really would never please thank idea wrong stupid liar why
because read again source edit page number report nobody right good morning reply agree fool
"""


def main() -> None:
    begin = time.process_time()
    scorer = Scorer.load()
    loading = time.process_time() - begin
    everyday, abusive = _texts(lambda row: row["src"] == "wiki_cat"), _texts(_is_abusive)
    single = _fastest(lambda: [scorer.score([text], ["en"]) for text in everyday[:1000]])
    figures = {
        "everyday_texts_per_second": _per_second(scorer, everyday, "en"),
        "abusive_texts_per_second": _per_second(scorer, abusive, "en"),
        "everyday_texts_per_second_language_not_told": _per_second(scorer, everyday, None),
        "single_call_microseconds": round(single / 1000 * 1e6, 1),
        "loading_seconds": round(loading, 2),
        "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=1))


def _is_abusive(row: dict[str, str]) -> bool:
    return row["src"] in ("davidson", "hatexplain", "civil_toxic")


def _texts(wanted: Callable[[dict[str, str]], bool]) -> list[str]:
    real = (row["text"] for row in rows(DEFAULT, "en_toxicity") if wanted(row))
    texts = [
        text[:LENGTH] for text in islice((each for each in real if len(each) >= LENGTH), COUNT)
    ]
    pick = random.Random(1)
    while len(texts) < COUNT:
        texts.append(" ".join(pick.choices(WORDS.split(), k=30))[:LENGTH])
    return texts


def _per_second(scorer: Scorer, texts: list[str], language: str | None) -> int:
    told = None if language is None else [language] * BATCH
    batches = [texts[k : k + BATCH] for k in range(0, COUNT, BATCH)]
    return round(
        BATCH / statistics.median(_fastest(partial(scorer.score, part, told)) for part in batches)
    )


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
