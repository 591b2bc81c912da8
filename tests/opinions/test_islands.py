"""Voters without a common statement are told apart, on the page and in the document as well."""

import json

import pytest

from comity.opinions import Conversation, Moderation
from comity.opinions.report import render


def votes(names, statements):
    return [(name, s, 1 if (n + s) % 2 else -1) for n, name in enumerate(names) for s in statements]


MAIN = votes([f"a{n}" for n in range(20)], range(10))
APART = votes([f"b{n}" for n in range(12)], range(20, 30))


def test_voters_without_a_common_statement_are_islands():
    found = Conversation.from_votes([*APART, *MAIN])
    assert found.island_sizes == [20, 12]
    on = dict(zip(found.votes.participants, found.islands.tolist(), strict=True))
    assert {on[f"a{n}"] for n in range(20)} == {0}
    assert {on[f"b{n}"] for n in range(12)} == {1}


def test_one_common_statement_connects_them():
    assert Conversation.from_votes([*MAIN, *APART, ("b3", 0, 0)]).island_sizes == [32]


def test_a_chain_connects_whatever_the_order_of_the_people():
    rows = [(f"p{n}", s, 1) for n in (5, 0, 3, 1, 4, 2) for s in (n, n + 1)]
    assert Conversation.from_votes(rows).island_sizes == [6]


def test_what_is_moderated_out_connects_nobody():
    rows = [*MAIN, *APART, ("b3", 0, 0), ("c", 0, 1)]
    found = Conversation.from_votes(rows, Moderation(out=frozenset({0})))
    assert found.island_sizes == [20, 12]
    assert found.islands[found.votes.participants.index("c")] == -1


def test_a_passer_by_with_a_statement_of_their_own_is_no_island_that_matters():
    found = Conversation.from_votes([*MAIN, ("passer-by", 99, 1)])
    assert found.islands.max() == 1
    assert found.island_sizes == [20]


def test_nobody_is_no_island():
    assert Conversation.from_votes([]).island_sizes == []


def test_islands_stand_in_the_document():
    assert Conversation.from_votes([*MAIN, *APART]).as_json()["islands"] == [20, 12]
    assert json.loads(json.dumps(Conversation.from_votes(MAIN).as_json()))["islands"] == [20]


@pytest.mark.parametrize(("language", "said"), [("en", "2 parts"), ("zh-Hans", "2 个没有共同")])
def test_the_page_says_so(language, said):
    assert said in render(Conversation.from_votes([*MAIN, *APART]), {}, language)
    assert said not in render(Conversation.from_votes(MAIN), {}, language)
