"""The same fit where the ratings are more than one machine holds: a table of Spark's.

The noun is `Block`, the ratings of some raters; the verb is `fit`. Ratings are brought together by
rater once. After that a sweep moves none of them: each block hears where the notes are, fits its
raters, and answers with four sums a note. Needs the extra `spark`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pyspark import RDD, Broadcast, StorageLevel
from pyspark.sql import Column, DataFrame, Row
from pyspark.sql import functions as sql

from comity.bridging.descent import Watch, beginning, descend, ridge
from comity.bridging.fit import Fit, nothing, placed
from comity.bridging.ids import Codes, coded
from comity.bridging.ratings import HELPFUL, MIN_RATERS_OF_NOTE, MIN_RATINGS_OF_RATER, Levels
from comity.bridging.sweep import Array, Counts, cells_of, solve_raters
from comity.errors import InputError

SUMS: Final = slice(2, 6)
"""Where the sums stand in a note's cells."""

Place = Broadcast[tuple[Array, float]]
"""The notes' parameters (N, 2) and μ, on every machine."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The ratings of some raters, as in `Ratings`, in one place."""

    raters: list[Any]
    begin: Counts
    note: Codes
    level: Levels

    def kept(self, notes: NDArray[np.bool_]) -> "Block":
        """Only the ratings of some notes (N,), which are counted anew."""
        kept = notes[self.note]
        before = np.concatenate([[0], np.cumsum(kept)])
        place = (np.cumsum(notes) - 1).astype(np.int32)
        return Block(self.raters, before[self.begin], place[self.note[kept]], self.level[kept])


def fit(ratings: DataFrame, watch: Watch | None = None) -> Fit:
    """Filter and fit a table with columns `note`, `rater` and `value` (0, 0.5 or 1).

    It is what `fit(Ratings.of(...).filtered())` gives, to the rounding of sums. Of two ratings of a
    note by one rater the one with the later `time`, a column that may be missing, counts, and the
    more helpful where that does not tell: a table has no order. The driver holds the notes, the
    raters, and four numbers a note from each block at once. Raises InputError for a value that
    cannot be.
    """
    pairs = _last(ratings)
    rated = pairs.groupBy("note").count().where(sql.col("count") >= MIN_RATERS_OF_NOTE)
    notes, _ = coded(_ids([row.note for row in rated.select("note").collect()]))
    if not len(notes):
        return nothing(notes, notes)
    first = _blocks(pairs, notes).persist(StorageLevel.MEMORY_AND_DISK)
    try:
        enough = _counts(first, len(notes)) >= MIN_RATERS_OF_NOTE
        blocks = first.map(partial(Block.kept, notes=enough))
        blocks.persist(StorageLevel.MEMORY_AND_DISK)
        try:
            return _fitted(blocks, notes[enough], watch)
        finally:
            blocks.unpersist()
    finally:
        first.unpersist()


def _fitted(blocks: "RDD[Block]", notes: NDArray[Any], watch: Watch | None) -> Fit:
    count = _counts(blocks, len(notes))
    if not count.size:
        return nothing(notes, notes)
    total, raters = int(count.sum()), sum(blocks.map(lambda block: len(block.raters)).collect())
    pull = ridge(total, raters)

    def turn(cells: Array, mu: float) -> float:
        place = blocks.context.broadcast((cells[:, :2].copy(), mu))
        # Added up in the order of the blocks, so that the sum stays the same sum.
        parts = blocks.map(partial(_turn, place=place, pull=pull)).collect()
        place.destroy()
        cells[:, SUMS] = 0.0
        for _, sums in parts:
            cells[:, SUMS] += sums
        return sum(least for least, _ in parts)

    found = descend(turn, count, beginning(len(notes)), watch=watch)
    place = blocks.context.broadcast((found.point[:-1].reshape(-1, 2), float(found.point[-1])))
    parts = blocks.map(partial(_raters, place=place, pull=pull)).collect()
    place.destroy()
    names, order = coded(_ids([name for block, _ in parts for name in block]))
    fitted = np.empty((len(names), 2))
    fitted[order] = np.concatenate([solved for _, solved in parts])
    return placed(found, notes, names, fitted, total)


def _turn(block: Block, place: Place, pull: tuple[float, float]) -> tuple[float, Array]:
    """A block's part of a sweep: the errors it is left with, and its sums (N, 4)."""
    least, cells, _ = _solved(block, place, pull)
    return least, cells[:, SUMS].copy()


def _raters(block: Block, place: Place, pull: tuple[float, float]) -> tuple[list[Any], Array]:
    """The raters of a block, and their parameters (U, 2)."""
    _, _, fitted = _solved(block, place, pull)
    return block.raters, fitted


def _solved(block: Block, place: Place, pull: tuple[float, float]) -> tuple[float, Array, Array]:
    notes, mu = place.value
    cells, fitted = cells_of(len(notes)), np.empty((len(block.raters), 2))
    cells[:, :2] = notes
    least = solve_raters(block.begin, block.note, block.level, cells, mu, pull, fitted)
    return least, cells, fitted


def _last(ratings: DataFrame) -> DataFrame:
    """One level for each pair of note and rater."""
    value = sql.col("value").cast("double")
    level = sql.when(value.isin(0.0, 0.5, 1.0), (value * HELPFUL).cast("int"))
    told = ratings.withColumn("level", level)
    named = sql.col("note").isNotNull() & sql.col("rater").isNotNull()
    if wrong := told.where(sql.col("level").isNull() | ~named).head():
        raise InputError(
            f"rater {wrong.rater!r} gives note {wrong.note!r} the rating {wrong.value!r}; name "
            "both, and give 0, 0.5 or 1"
        )
    last = sql.max(_when(ratings)).getField("level")
    return told.groupBy("note", "rater").agg(last.alias("level"))


def _when(ratings: DataFrame) -> Column:
    time = [sql.col("time")] if "time" in ratings.columns else []
    return sql.struct(*time, sql.col("level"))


def _blocks(pairs: DataFrame, notes: NDArray[Any]) -> "RDD[Block]":
    """The ratings of these notes by raters who gave enough of them, brought together by rater."""
    kind = pairs.schema["note"].dataType.simpleString()
    rows = list(zip(notes.tolist(), range(len(notes)), strict=True))
    codes = pairs.sparkSession.createDataFrame(rows, f"note {kind}, code bigint")
    cargo = sql.collect_list(sql.col("code") * 4 + sql.col("level")).alias("cargo")
    by_rater = pairs.join(sql.broadcast(codes), "note").groupBy("rater").agg(cargo)
    enough = by_rater.where(sql.size("cargo") >= MIN_RATINGS_OF_RATER)
    return enough.rdd.mapPartitions(_packed)


def _packed(rows: Iterable[Row]) -> Iterator[Block]:
    given = sorted((row.rater, sorted(row.cargo)) for row in rows)
    begin = np.cumsum([0, *(len(cargo) for _, cargo in given)])
    cargo = np.array([number for _, numbers in given for number in numbers], np.int64)
    note, level = (cargo >> 2).astype(np.int32), (cargo & 3).astype(np.uint8)
    yield Block([rater for rater, _ in given], begin, note, level)


def _counts(blocks: "RDD[Block]", notes: int) -> Counts:
    """How many ratings each note has (N,)."""
    count = np.zeros(notes, np.int64)
    for part in blocks.map(partial(_counted, notes=notes)).collect():
        count += part
    return count


def _counted(block: Block, notes: int) -> Counts:
    return np.bincount(block.note, minlength=notes)


def _ids(values: list[Any]) -> NDArray[Any]:
    """Ids as an array of whole numbers where they are that, else of whatever they are."""
    plain = np.array(values)
    if plain.dtype.kind in "iu":
        return plain
    ids = np.empty(len(values), object)
    ids[:] = values
    return ids
