"""What the votes say as one page: the map, what each group stands for, what all share.

The verb is `render`. The page needs nothing else, runs no script, and forbids both to itself.
"""

from comity.opinions.report.page import render
from comity.opinions.report.words import Language

__all__ = ["Language", "render"]
