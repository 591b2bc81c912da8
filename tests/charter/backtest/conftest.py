import json

import pytest

from comity.charter.backtest import EXTRAS, EventFile, backtest, read_table, signals_of


@pytest.fixture
def run(tmp_path):
    """Backtest a charter over rows, each a dictionary that becomes a line of JSON."""

    def run_(new, rows, *, against=None, by=(), threads=1):
        path = tmp_path / "events.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        signals = signals_of(new, against)
        table = read_table(EventFile.open(path), signals, (*EXTRAS, *by), threads=threads)
        return backtest(new, table, against=against, by=by)

    return run_
