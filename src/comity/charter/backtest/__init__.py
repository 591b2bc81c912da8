"""What a charter would have done to a year of events: `backtest` gives a `Backtest`.

A file of events becomes a typed table, every condition is answered over it in one pass, and the
counts become shares with intervals, a comparison with the old charter, and differences by group.
"""
