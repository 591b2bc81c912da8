"""What people who usually differ both value: a `Fit` of the model to `Ratings`, and the `status`
of each note that follows.

The model is that of Community Notes: a rating is explained by how generous its rater is, how
helpful the note is, and one axis along which raters and notes differ. What is left of a note when
that axis is taken out is what both ends of it value. The objective, the filters and the thresholds
are the reference's own; the solver is not, and finds the minimum that the reference stops short of.
"""

from comity.bridging.bounds import bounds
from comity.bridging.explain import Explanation, Support, Threshold, explain
from comity.bridging.files import read_ratings
from comity.bridging.final import FinalScoring, Rating, Score
from comity.bridging.fit import Fit, fit
from comity.bridging.gaussian import Curves, curves
from comity.bridging.islands import islands
from comity.bridging.official import read_core, read_history
from comity.bridging.pairwise import bridging_score
from comity.bridging.pressure import Pressure, pressure
from comity.bridging.rank import Post, Ranked, Ranking, Side, Weights, rank
from comity.bridging.raters import place_raters
from comity.bridging.ratings import Ratings
from comity.bridging.rounds import History, Rounds, settle, two_rounds
from comity.bridging.standing import Standing
from comity.bridging.status import Scores, Status, status

__all__ = [
    "Curves",
    "Explanation",
    "FinalScoring",
    "Fit",
    "History",
    "Post",
    "Pressure",
    "Ranked",
    "Ranking",
    "Rating",
    "Ratings",
    "Rounds",
    "Score",
    "Scores",
    "Side",
    "Standing",
    "Status",
    "Support",
    "Threshold",
    "Weights",
    "bounds",
    "bridging_score",
    "curves",
    "explain",
    "fit",
    "islands",
    "place_raters",
    "pressure",
    "rank",
    "read_core",
    "read_history",
    "read_ratings",
    "settle",
    "status",
    "two_rounds",
]
