"""A backtest: a million events under twenty articles, beside the Common Expression Language.

    python -m benchmarks.backtest

One core, process time; reading the file is told apart. The peer answers the same conditions for a
sample of the same events, one Context an event, and its time is extrapolated; before anything is
measured, both have to count the same hits.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

import cel
import duckdb
import numpy as np

from benchmarks.conditions import CONDITIONS, LISTS
from comity.charter import Article, Charter, Condition, Remedy
from comity.charter.backtest import (
    EXTRAS,
    EventFile,
    EventTable,
    backtest,
    read_table,
    signals_of,
)
from comity.signals import CATALOGUE, Kind

EVENTS = 1_000_000
SAMPLE = 5_000
T = TypeVar("T")
WORDS = ["thanks", "for", "the", "free", "money", "idea", "first!", "谢谢", "maybe", "see"]


def charter(title: str, conditions: list[str]) -> Charter:
    remedies = [Remedy.HOLD, Remedy.NUDGE, Remedy.REMOVE, Remedy.LABEL]
    return Charter(
        title=title,
        community="town-square",
        languages=("en",),
        values={"respect": {"en": "Respect"}},
        articles=tuple(
            Article(
                id=f"article-{number}",
                value="respect",
                title={"en": text},
                text={"en": text},
                condition=Condition.parse(text, CATALOGUE, LISTS),
                remedy=remedies[number % len(remedies)],
            )
            for number, text in enumerate(conditions)
        ),
        lists=LISTS,
    )


def write_events(path: Path, count: int) -> None:
    """Events with every signal of the catalogue and, for some, what a reviewer ruled."""
    random = np.random.default_rng(20261123)
    texts = [" ".join(random.choice(WORDS, 20)) for _ in range(2_000)]

    def column(name: str, kind: Kind) -> np.ndarray:
        if name == "language":
            return random.choice(np.array(["en", "en", "en", "zh", "de", "fr"], object), count)
        match kind:
            case Kind.NUMBER if name == "author_age_days":
                return random.exponential(200, count)
            case Kind.NUMBER:
                return random.beta(0.5, 4, count)
            case Kind.INTEGER:
                return random.exponential(3, count).astype(np.int64)
            case Kind.BOOLEAN:
                return random.random(count) < 0.2
            case Kind.TEXT:
                return random.choice(np.array(texts, object), count)
            case Kind.TEXTS:
                values = ['["bit.example"]', '["news.example"]', '["newcomer"]', "[]"]
                return random.choice(np.array(values, object), count)

    table = {name: column(name, signal.kind) for name, signal in CATALOGUE.items()}
    table["id"] = np.char.add("e", np.arange(count).astype(str)).astype(object)
    table["ruling"] = random.choice(np.array(["uphold", "lift", *[None] * 18], object), count)
    connection = duckdb.connect()
    connection.register("made", table)
    lists = [name for name, signal in CATALOGUE.items() if signal.kind is Kind.TEXTS]
    parsed = ", ".join(f"{name}::JSON::VARCHAR[] AS {name}" for name in lists)
    connection.execute(f"COPY (SELECT * REPLACE ({parsed}) FROM made) TO '{path}'")


def hits_of_cel(path: Path) -> tuple[list[int], float]:
    """Count the hits of each condition, and the seconds it took."""
    programs = [cel.compile(theirs) for _, theirs in CONDITIONS]
    names = list(CATALOGUE)
    rows = duckdb.sql(f"SELECT {', '.join(names)} FROM '{path}'").fetchall()
    events = [dict(zip(names, row, strict=True)) for row in rows]
    hits = [0] * len(programs)
    started = process_time()
    for event in events:
        context = cel.Context(event)
        for place, program in enumerate(programs):
            hits[place] += program.execute(context) is True
    return hits, process_time() - started


def timed(what: str, work: Callable[[], T]) -> tuple[T, float]:
    started = process_time()
    done = work()
    seconds = process_time() - started
    print(f"  {what:<52} {seconds:>9.2f} s", flush=True)
    return done, seconds


def main() -> None:
    new = charter("New", [ours for ours, _ in CONDITIONS])
    old = charter("Old", [ours.replace("0.80", "0.90") for ours, _ in CONDITIONS])
    signals, extras = signals_of(new, old), (*EXTRAS, "language")

    def read(path: Path) -> EventTable:
        return read_table(EventFile.open(path), signals, extras, threads=1)

    with TemporaryDirectory() as folder:
        path, sample = Path(folder) / "events.parquet", Path(folder) / "sample.parquet"
        write_events(path, EVENTS)
        duckdb.execute(f"COPY (FROM '{path}' LIMIT {SAMPLE}) TO '{sample}'")
        theirs, sampled = hits_of_cel(sample)
        if theirs != [found.tally.hits for found in backtest(new, read(sample)).articles]:
            raise SystemExit("the two do not agree: this benchmark compares nothing")
        print(f"{EVENTS:,} events, {len(CONDITIONS)} articles, one core")
        table, _ = timed("read from Parquet", lambda: read(path))
        _, ours = timed("backtest", lambda: backtest(new, table))
        timed("…against an old charter", lambda: backtest(new, table, against=old))
        timed(
            "…and by language",
            lambda: backtest(new, table, against=old, by=("language",)),
        )
    extrapolated = sampled * EVENTS / SAMPLE
    print(f"  {f'common-expression-language, from {SAMPLE:,} events':<52} {extrapolated:>9.2f} s")
    print(f"  {'ratio':<52} {extrapolated / ours:>9,.0f}")


if __name__ == "__main__":
    main()
