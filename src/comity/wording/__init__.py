"""The same thing said more kindly: `suggest` gives up to three `Suggestion`s for a rude draft.

Nothing is invented. Words are left out, replaced from a table that was learnt from people's
rewritings (English) or written by hand (Chinese), or an attack that says nothing else becomes a
fixed sentence. What comes of it is shown only if the scorer finds nothing left to object to.
"""

from comity.wording.suggest import suggest
from comity.wording.suggestion import Suggestion

__all__ = ["Suggestion", "suggest"]
