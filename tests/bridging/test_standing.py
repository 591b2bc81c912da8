"""What is shown over time: half an hour of stability, and a lock after two weeks."""

from datetime import UTC, datetime, timedelta

from comity.bridging import Standing, Status

START = datetime(2026, 11, 1, tzinfo=UTC)


def shown(*found):
    """What is shown after scorings, each a status and the minutes since the note was written."""
    standing = Standing(START)
    for status, minutes in found:
        standing = standing.after(status, START + timedelta(minutes=minutes))
    return standing.shown


def test_a_helpful_note_is_shown_after_half_an_hour():
    assert shown((Status.HELPFUL, 10), (Status.HELPFUL, 39)) == Status.NEEDS_MORE_RATINGS
    assert shown((Status.HELPFUL, 10), (Status.HELPFUL, 40)) == Status.HELPFUL


def test_wavering_begins_the_half_hour_anew():
    wavering = (Status.HELPFUL, 10), (Status.NEEDS_MORE_RATINGS, 30), (Status.HELPFUL, 35)
    assert shown(*wavering, (Status.HELPFUL, 60)) == Status.NEEDS_MORE_RATINGS
    assert shown(*wavering, (Status.HELPFUL, 65)) == Status.HELPFUL


def test_a_note_that_is_not_helpful_says_so_at_once():
    assert shown((Status.NOT_HELPFUL, 1)) == Status.NOT_HELPFUL
    assert shown((Status.HELPFUL, 0), (Status.HELPFUL, 30), (Status.NOT_HELPFUL, 31)) == (
        Status.NOT_HELPFUL
    )


def test_after_two_weeks_nothing_changes():
    fortnight = 14 * 24 * 60
    helpful = (Status.HELPFUL, 0), (Status.HELPFUL, 30)
    assert shown(*helpful, (Status.NOT_HELPFUL, fortnight)) == Status.HELPFUL
    assert shown(*helpful, (Status.NOT_HELPFUL, fortnight - 1)) == Status.NOT_HELPFUL
