from hypothesis import given, settings
from hypothesis import strategies as st

from comity.server.console.marks import Segment, segments
from comity.signals import Span


def marked(text: str, *spans: tuple[str, int, int]) -> list[tuple[str, ...]]:
    return [
        (piece.text, *piece.attributes)
        for piece in segments(text, [Span(name, begin, end) for name, begin, end in spans])
    ]


def test_a_text_without_spans_is_one_piece() -> None:
    assert marked("Thank you.") == [("Thank you.",)]


def test_no_text_is_no_piece() -> None:
    assert marked("", ("insult", 0, 3)) == []


def test_a_span_is_cut_out() -> None:
    assert marked("You fool, you.", ("insult", 4, 8)) == [
        ("You ",),
        ("fool", "insult"),
        (", you.",),
    ]


def test_overlapping_spans_share_a_piece() -> None:
    assert marked("abcdef", ("insult", 0, 4), ("toxicity", 2, 6)) == [
        ("ab", "insult"),
        ("cd", "insult", "toxicity"),
        ("ef", "toxicity"),
    ]


def test_spans_count_code_points_not_utf_16_units() -> None:
    assert marked("🙂🙂笨蛋", ("insult", 2, 4)) == [("🙂🙂",), ("笨蛋", "insult")]


def test_what_lies_outside_the_text_is_ignored() -> None:
    assert marked("abc", ("a", 2, 9), ("b", 7, 9), ("c", -4, 1), ("d", 2, 2)) == [
        ("a", "c"),
        ("b",),
        ("c", "a"),
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=30),
    st.lists(
        st.builds(Span, st.sampled_from("xyz"), st.integers(-5, 35), st.integers(-5, 35)),
        max_size=6,
    ),
)
def test_the_pieces_join_to_the_text_and_each_is_marked_by_what_covers_it(
    text: str, spans: list[Span]
) -> None:
    pieces: list[Segment] = list(segments(text, spans))
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            covering = {span.attribute for span in spans if span.begin <= place < span.end}
            assert set(piece.attributes) == covering
        at += len(piece.text)
