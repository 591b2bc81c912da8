"""Procedures: what holds where a charter is silent, and what it can set."""

from datetime import timedelta

from comity.charter import Charter, Remedy
from comity.charter.diff import FieldChange, diff
from comity.charter.procedures import Appeals, Ladder, Procedures, Review, Rung, Strikes
from tests.charter.charters import TOWN_SQUARE

OWN = """
procedures:
  review: {due: 4 hours, claim: 10 minutes, second_review: 0%}
  appeals: {window: 30 days, due: 3 days, jury: 7, answer: 12 hours}
  strikes:
    expire: 30 days
    weights: {label: 1, limit: 2, remove: 4}
    ladder: {warn: 2, mute: {at: 5, for: 2 hours}, suspend: {at: 12, for: 3 days}}
"""


def test_a_charter_without_procedures_has_the_usual_ones():
    assert Charter.parse(TOWN_SQUARE).procedures == Procedures()


def test_everything_can_be_set():
    assert Charter.parse(TOWN_SQUARE + OWN).procedures == Procedures(
        Review(timedelta(hours=4), timedelta(minutes=10), 0.0),
        Appeals(timedelta(days=30), timedelta(days=3), 7, timedelta(hours=12)),
        Strikes(
            timedelta(days=30),
            {Remedy.LABEL: 1, Remedy.LIMIT: 2, Remedy.REMOVE: 4},
            Ladder(2, Rung(5, timedelta(hours=2)), Rung(12, timedelta(days=3))),
        ),
    )


def test_what_is_left_out_is_as_usual():
    found = Charter.parse(TOWN_SQUARE + "procedures: {appeals: {jury: 9}}").procedures
    assert found.appeals == Appeals(jury=9)
    assert (found.review, found.strikes) == (Review(), Strikes())


def test_saying_what_is_usual_does_not_change_the_hash_and_anything_else_does():
    silent = Charter.parse(TOWN_SQUARE).sha256
    assert Charter.parse(TOWN_SQUARE + "procedures: {review: {due: 1 day}}").sha256 == silent
    for name, value in Procedures().items():
        *path, last = name.split(".")
        if "ladder" in name:
            continue  # its rungs are written together
        other = "2 hours" if isinstance(value, timedelta) else "7" if last == "jury" else "1"
        if last == "limit":
            other = "3"
        text = "".join(f"{{{part}: " for part in path) + f"{{{last}: {other}}}" + "}" * len(path)
        assert Charter.parse(f"{TOWN_SQUARE}procedures: {text}").sha256 != silent, name


def test_a_change_of_procedures_is_told():
    [change] = diff(Charter.parse(TOWN_SQUARE), Charter.parse(TOWN_SQUARE + OWN)).changes
    assert (change.part, change.kind) == ("procedures", "changed")
    assert FieldChange("appeals.jury", "5", "7") in change.fields
    assert FieldChange("strikes.ladder.mute.for", "1 day", "2 hours") in change.fields
    assert len(change.fields) == len(list(Procedures().items()))
