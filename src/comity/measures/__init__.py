"""How well a community looks after its own: `Matter`s in, a `Summary` out, and what may be shown.

A matter is one case with what people said of it. Shares come with Wilson's intervals, agreement
is Krippendorff's alpha, times are told against the due times. `suppress` keeps counts so small
that they would tell of single people from being published, or computed back.
"""

from comity.measures.agreement import alpha
from comity.measures.matter import Matter, Outcome
from comity.measures.month import MonthlyReport, Restriction, Share, Table, Waiting, monthly
from comity.measures.summary import ArticleMeasure, LanguageMeasure, Summary, summarize
from comity.measures.suppression import SMALLEST, suppress
from comity.measures.times import Spread, spread
from comity.measures.volume import Day, volume

__all__ = [
    "SMALLEST",
    "ArticleMeasure",
    "Day",
    "LanguageMeasure",
    "Matter",
    "MonthlyReport",
    "Outcome",
    "Restriction",
    "Share",
    "Spread",
    "Summary",
    "Table",
    "Waiting",
    "alpha",
    "monthly",
    "spread",
    "summarize",
    "suppress",
    "volume",
]
