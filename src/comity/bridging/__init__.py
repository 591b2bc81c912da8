"""What people who usually differ both value: a `Fit` of the model to `Ratings`, and the `status`
of each note that follows.

The model is that of Community Notes: a rating is explained by how generous its rater is, how
helpful the note is, and one axis along which raters and notes differ. What is left of a note when
that axis is taken out is what both ends of it value. The objective, the filters and the thresholds
are the reference's own; the solver is not, and finds the minimum that the reference stops short of.
"""

from comity.bridging.files import read_ratings
from comity.bridging.final import FinalScoring, Rating, Score
from comity.bridging.fit import Fit, fit
from comity.bridging.islands import islands
from comity.bridging.raters import place_raters
from comity.bridging.ratings import Ratings
from comity.bridging.status import Scores, Status, status

__all__ = [
    "FinalScoring",
    "Fit",
    "Rating",
    "Ratings",
    "Score",
    "Scores",
    "Status",
    "fit",
    "islands",
    "place_raters",
    "read_ratings",
    "status",
]
