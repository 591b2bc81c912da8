"""What the ratings say as one page: the axis, the notes on it, and why the foremost are shown.

The verb is `render`. The page needs nothing else, runs no script, and forbids both to itself.
"""

from comity.bridging.report.page import render
from comity.bridging.report.words import Language

__all__ = ["Language", "render"]
