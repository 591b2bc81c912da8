"""What a charter would have done to a year of events: `backtest` gives a `Backtest`.

A file of events becomes a typed table, every condition is answered over it in one pass, and the
counts become shares with intervals, a comparison with the old charter, and differences by group.
"""

from comity.charter.backtest.backtest import backtest
from comity.charter.backtest.files import EventFile, EventFileError
from comity.charter.backtest.form import as_json
from comity.charter.backtest.measured import measure_table
from comity.charter.backtest.needs import EXTRAS, signals_of
from comity.charter.backtest.report import render
from comity.charter.backtest.result import Backtest
from comity.charter.backtest.retold import measure_texts, texts_alone
from comity.charter.backtest.table import EventTable, read_table
from comity.charter.backtest.words import Words

__all__ = [
    "EXTRAS",
    "Backtest",
    "EventFile",
    "EventFileError",
    "EventTable",
    "Words",
    "as_json",
    "backtest",
    "measure_table",
    "measure_texts",
    "read_table",
    "render",
    "signals_of",
    "texts_alone",
]
