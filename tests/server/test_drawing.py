"""Lifecycles as drawn in the docs."""

from xml.etree import ElementTree

import pytest

from comity.server.drawing import draw, reference_page
from comity.server.lifecycle import Lifecycle, Transition
from comity.server.review.lifecycles import CASE, LIFECYCLES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("cycle", LIFECYCLES, ids=lambda cycle: cycle.name)
def test_every_state_and_every_way_is_in_the_picture(cycle):
    drawn = ElementTree.fromstring(draw(cycle))
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    told = [*cycle.states, *(way.name for way in cycle.transitions)]
    assert sorted(words) == sorted(name.replace("_", " ") for name in told)
    dots = sum(len(way.sources) for way in cycle.transitions)
    assert len(list(drawn.iter(f"{SVG}circle"))) == dots


def test_names_cannot_break_the_picture():
    way = Transition("<b>&", ("a<",), "z", by=("member",))
    ElementTree.fromstring(draw(Lifecycle("thing", ("a<", "z"), "a<", ("z",), (way,))))


def test_the_page_says_who_may_take_each_step_and_what_it_leaves():
    page = reference_page()
    for way in CASE.transitions:
        assert f"| `{way.name}` |" in page
    assert "`ruling.made`" in page
