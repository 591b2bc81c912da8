"""Two rounds: who is kept, and what the second fit is made of."""

import numpy as np
import pytest

from comity.bridging import History, Ratings, Status, fit, status, two_rounds
from comity.bridging.rounds import VALID_WITHIN, keep_raters
from comity.errors import InputError
from tests.bridging.synthetic import columns, ratings

NEVER = np.iinfo(np.int64).max


def timed(times, **options):
    note, rater, values = columns(**options)
    return Ratings.of(note, rater, values, np.full(len(note), times, np.int64))


def history(given, authors=None, decided=NEVER):
    notes = len(given.notes)
    who = np.empty(notes, object)
    for note, author in (authors or {}).items():
        who[note] = author
    return History(
        np.zeros(notes, np.int64),
        np.full(notes, decided, np.int64),
        who,
        np.full(notes, Status.NEEDS_MORE_RATINGS, object),
        np.zeros(notes, np.bool_),
    )


def kept_by_hand(given, statuses):
    kept = []
    for u in range(len(given.raters)):
        part = slice(given.begin[u], given.begin[u + 1])
        outcomes = [
            (level == 2) == (statuses[note] == Status.HELPFUL)
            for note, level in zip(given.note[part], given.level[part], strict=True)
            if level != 1 and statuses[note] != Status.NEEDS_MORE_RATINGS
        ]
        kept.append(bool(outcomes) and sum(outcomes) / len(outcomes) >= 0.66)
    return kept


def test_who_agrees_with_the_outcome_is_kept():
    given = timed(1_000).filtered()
    scores = status(fit(given), given)
    kept = keep_raters(given, history(given), scores)
    assert kept.tolist() == kept_by_hand(given, scores.statuses)
    assert 0 < kept.sum() < len(kept)


@pytest.mark.parametrize(
    ("time", "decided"), [(VALID_WITHIN + 1, NEVER), (1_000, 1_000), (1_000, 500)]
)
def test_ratings_that_come_late_show_no_judgement(time, decided):
    given = timed(time).filtered()
    scores = status(fit(given), given)
    valid = VALID_WITHIN if decided == NEVER else decided - 1
    assert not keep_raters(given, history(given, decided=decided), scores).any()
    assert keep_raters(timed(valid).filtered(), history(given, decided=decided), scores).any()


def test_authors_of_notes_that_are_not_helpful_are_left_out():
    given = timed(1_000).filtered()
    scores = status(fit(given), given)
    good = keep_raters(given, history(given), scores)
    rejected = int(np.flatnonzero(scores.statuses == Status.NOT_HELPFUL)[0])
    helpful = int(np.flatnonzero(scores.statuses == Status.HELPFUL)[0])
    author = int(given.raters[np.flatnonzero(good)[0]])
    for note, expected in ((rejected, False), (helpful, True)):
        kept = keep_raters(given, history(given, {note: author}), scores)
        assert kept[given.raters == author].tolist() == [expected]


def test_the_second_fit_is_of_those_who_were_kept():
    given = timed(1_000)
    found = two_rounds(given, history(given))
    assert found.second.raters.tolist() == found.first.raters[found.kept].tolist()
    assert found.second.gradient < 1e-6
    assert 0 < found.second.ratings < found.first.ratings


def test_without_times_there_is_no_second_round():
    given = ratings()
    with pytest.raises(InputError, match="when each rating was made"):
        two_rounds(given, history(given))
