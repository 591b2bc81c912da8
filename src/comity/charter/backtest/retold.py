"""A table of texts, the file that most communities have: each row told as an event, and measured.

The verb is `measure_texts`. An event says more than such a table knows, so what had to be made up
is not believed: signals of the author, the thread and what is attached stay unknown. Counters count
posts where the table has the columns `time` and `author` or `thread`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from comity.charter import Charter
from comity.charter.backtest.columns import before, extra, quoted
from comity.charter.backtest.files import EventFile
from comity.charter.backtest.measured import BATCH, Told, measure_told
from comity.charter.backtest.needs import redefined_counters
from comity.charter.backtest.table import EventTable, read_table
from comity.charter.backtest.texts import shorten
from comity.event import Event, EventError, EventType, read_event
from comity.signals import CATALOGUE, Counter, Signal, Source, TextScorer

_READ: Final = {name: CATALOGUE[name] for name in ("text", "language")}
_ABOUT: Final = ("time", "author", "thread")
"""Columns that say what a counter needs to know."""

_UNTOLD: Final = frozenset({"media"}) | {
    signal.name for signal in CATALOGUE.values() if signal.source in (Source.AUTHOR, Source.THREAD)
}
_TIMES: Final = "BETWEEN '1970-01-01' AND '2999-12-31'"
_SOME_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


def texts_alone(table: EventTable, signals: Mapping[str, Signal]) -> bool:
    """Whether a table has texts, but of the signals asked for at most the language besides."""
    asked = signals.keys() - {"text"}
    known = {name for name in asked if table.has(name)}
    return table.has(extra("text")) and known <= {"language"} and known != asked


def measure_texts(
    file: EventFile,
    charter: Charter,
    against: Charter | None,
    scorer: TextScorer,
    extras: Sequence[str],
    *,
    threads: int = 1,
    advance: Callable[[int], object] = lambda _: None,
) -> EventTable:
    """Measure the texts of a table; `advance` is told how many rows are done.

    Raises EventFileError with the place of the first mistake.
    """
    counted = _Counted(charter, against)
    columns = tuple(dict.fromkeys((*extras, *(_ABOUT if counted else ()))))
    table = read_table(file, _READ, columns, threads=threads)
    told = _tell(file, table, columns, timed=bool(counted))
    believed = (one._replace(untold=counted.untold(one.says)) for one in told)
    table = measure_told(
        believed, file, charter, against, scorer, extras, threads=threads, advance=advance
    )
    return replace(table, texts_alone=True)


class _Counted:
    """Which of the charters' counters a row tells enough for."""

    def __init__(self, charter: Charter, against: Charter | None) -> None:
        theirs = {counter.name: counter for counter in (against.counters if against else ())}
        redefined = {before(name): theirs[name] for name in redefined_counters(charter, against)}
        ours = {counter.name: counter for counter in charter.counters}
        self._counters: dict[str, Counter] = theirs | ours | redefined
        self._untold = cache(self._without)

    def __bool__(self) -> bool:
        return bool(self._counters)

    def untold(self, says: Mapping[str, Any]) -> frozenset[str]:
        return self._untold(frozenset(name for name in _ABOUT if says.get(name) is not None))

    def _without(self, known: frozenset[str]) -> frozenset[str]:
        return _UNTOLD | {
            name
            for name, counter in self._counters.items()
            if counter.count is not EventType.POST_CREATED
            or not {"time", counter.by} <= known | {"community"}
        }


def _tell(
    file: EventFile, table: EventTable, columns: Sequence[str], *, timed: bool
) -> Iterator[Told]:
    """Each row as an event; `timed`: in the order of time, because counters look back."""
    time = f"try_cast({quoted(extra('time'))} AS TIMESTAMP)" if timed else "NULL::TIMESTAMP"
    chosen = ", ".join(quoted(extra(name)) for name in columns)
    rows = table.connection.execute(
        f"SELECT rowid, text, language, CASE WHEN {time} {_TIMES} THEN {time} END AS moment, "
        f"{chosen} FROM events ORDER BY moment NULLS FIRST, rowid"
    )
    while batch := rows.fetchmany(BATCH):
        for row, text, language, moment, *cells in batch:
            says = dict(zip(columns, cells, strict=True))
            if timed and moment is None and says["time"] is not None:
                raise file.error(
                    f"`time` is {shorten(says['time'], 40)!r}, but has to be a time",
                    "write it like 2026-11-23T10:00:00Z, or leave it empty if it is not known",
                    file.line(row),
                )
            yield Told(_event(file, row, text, language, moment, says), says, row)


def _event(
    file: EventFile,
    row: int,
    text: str | None,
    language: str | None,
    moment: datetime | None,
    says: Mapping[str, Any],
) -> Event:
    post = {
        "id": f"row {row}",
        "text": text or "",
        "language": language or None,
        "thread": says.get("thread"),
        # That it may answer a post that is not told.
        "parent": "unknown",
    }
    author = {"id": says.get("author") or f"of row {row}"}
    try:
        return read_event(
            {
                "id": f"row {row}",
                "source": "table",
                "type": EventType.POST_CREATED,
                "time": moment.replace(tzinfo=UTC) if moment else _SOME_TIME,
                "community": "table",
                "data": {"post": post, "author": author},
            }
        )
    except EventError as error:
        [wrong, *_] = error.diagnostics
        message = wrong.message.replace("data.post.", "").replace("data.", "")
        raise file.error(
            message, wrong.hint or "correct it, or leave it empty", file.line(row)
        ) from None
