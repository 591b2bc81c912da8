"""The bridging model fitted to synthetic ratings, from a table or a file to the notes' statuses.

One thread. Times are those of the process. `python -m benchmarks bridging`; the largest set is
measured where there is memory for it.
"""

import os
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import duckdb
import numpy as np
from numpy.typing import NDArray

from comity.bridging import Ratings, Scores, fit, read_ratings, status

SIZES = {500_000: (2_000, 20_000), 5_000_000: (20_000, 150_000), 50_000_000: (150_000, 1_000_000)}
"""Ratings, and the notes and raters among them."""

REFERENCE = {500_000: 25.8, 5_000_000: 358.0}
"""Seconds that the reference took for sets of this size on a machine alike, in another run."""

MEMORY_NEEDED = 7 << 30

Table = dict[str, NDArray[np.generic]]


def made(count: int) -> Table:
    """Ratings by two camps; few raters give many of them, few notes get many."""
    rng = np.random.default_rng(count)
    notes, raters = SIZES[count]
    quality, slant = rng.normal(0, 0.25, notes), rng.normal(0, 0.5, notes)
    camp = rng.choice([-0.6, 0.6], raters) + rng.normal(0, 0.2, raters)
    rater = (raters * rng.random(count, dtype=np.float32) ** 2.2).astype(np.int32)
    note = (notes * rng.random(count, dtype=np.float32) ** 1.5).astype(np.int32)
    told = rng.normal(0.45, 0.3, count).astype(np.float32)
    told += quality[note]
    told += slant[note] * camp[rater]
    return {"note": note, "rater": rater, "value": np.clip(np.round(2 * told), 0, 2) / 2}


def main() -> None:
    warm()
    for count in SIZES:
        if count > 10_000_000 and memory() < MEMORY_NEEDED:
            print(f"  {count:>11,} ratings: left out, for lack of memory")
            continue
        measure(count)


def warm() -> None:
    """Compile the kernels, or load them."""
    small = made(500_000)
    bridged(Ratings.of(*(column[:50_000] for column in small.values())))


def bridged(ratings: Ratings) -> tuple[int, Scores]:
    found = fit(ratings.filtered())
    return found.iterations, status(found, ratings)


def measure(count: int) -> None:
    table = made(count)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ratings.parquet"
        with duckdb.connect() as connection:
            connection.register("ratings", table)
            connection.execute(f"COPY ratings TO '{path}'")
        started = process_time()
        iterations, scores = bridged(Ratings.of(*table.values()))
        from_table = process_time() - started
        del table
        started = process_time()
        _, again = bridged(read_ratings(path))
        from_file = process_time() - started
    if scores.intercepts.tobytes() != again.intercepts.tobytes():
        sys.exit("the file and the table give different results")
    beside = f"; reference {REFERENCE[count]:,.0f} s" if count in REFERENCE else ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    print(
        f"  {count:>11,} ratings: {from_table:6.2f} s from a table, {from_file:6.2f} s from "
        f"Parquet, {iterations} iterations, peak {peak:.1f} GiB{beside}",
        flush=True,
    )


def memory() -> int:
    """What memory is free, in bytes."""
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
