"""Members drawn by lot: the noun is `Draw`, the verb `draw`.

Whoever has the list of members and the seed can draw again and must find the same jury. The seed
is made of the ledger's checkpoint, which nobody knows before it is signed: see `seed_of`.
"""

from comity.juries.lot import Draw, draw, seed_of, ticket
from comity.juries.record import DrawError, DrawRecord

__all__ = ["Draw", "DrawError", "DrawRecord", "draw", "seed_of", "ticket"]
