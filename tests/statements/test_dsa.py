"""What leaves for the EU's transparency database, and what does not."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.charter.remedy import Remedy
from comity.decisions import Evidence
from comity.statements import Content, Decider, of_ruling
from comity.statements.dsa import MAX_BATCH, batches, check, check_file, record, screened
from comity.statements.dsa.fields import FIELDS
from tests.statements.statements import CHARTER, OCCASION, statement, statements

Record = dict[str, Any]


def valid(**more: Any) -> Record:
    return record(statement()) | more


@settings(max_examples=150, deadline=None)
@given(statements())
def test_all_that_we_produce_passes(made):
    assert check(record(made)) == []


def test_a_record_says_what_the_decision_was():
    made = record(statement("limit", for_seconds=3_600))
    assert made == {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DEMOTED"],
        "end_date_visibility_restriction": "2026-11-23",
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": "Charter of the community, article: No personal attacks",
        "incompatible_content_explanation": "Criticise what was said, not who said it.",
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_language": "EN",
        "content_date": "2026-11-22",
        "category": "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        "application_date": "2026-11-23",
        "decision_facts": "Nobody had reported the post. Software found it. "
        "Software applied the charter to it. Measured: toxicity 0.934.",
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_FULLY",
        "puid": "s-1",
    }


@pytest.mark.parametrize(
    ("remedy", "account", "field", "value"),
    [
        ("label", None, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_LABELLED"]),
        ("hold", None, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_DISABLED"]),
        ("remove", None, "decision_visibility", ["DECISION_VISIBILITY_CONTENT_REMOVED"]),
        ("allow", "mute", "decision_provision", "DECISION_PROVISION_PARTIAL_SUSPENSION"),
        ("nudge", "suspend", "decision_account", "DECISION_ACCOUNT_SUSPENDED"),
    ],
)
def test_each_remedy_has_its_word(remedy, account, field, value):
    more = {"account": account} if account else {}
    made = record(statement(remedy, **more))
    assert made[field] == value
    assert ("decision_visibility" in made) == (account is None)


@pytest.mark.parametrize(
    ("detected", "decider", "word"),
    [
        (True, Decider.SOFTWARE, "AUTOMATED_DECISION_FULLY"),
        (True, Decider.REVIEWER, "AUTOMATED_DECISION_PARTIALLY"),
        (True, Decider.JURY, "AUTOMATED_DECISION_PARTIALLY"),
        (False, Decider.REVIEWER, "AUTOMATED_DECISION_NOT_AUTOMATED"),
    ],
)
def test_the_part_of_software_is_told(detected, decider, word):
    made = record(statement(occasion=replace(OCCASION, detected=detected, decider=decider)))
    assert made["automated_decision"] == word
    assert made["automated_detection"] == ("Yes" if detected else "No")


def test_a_report_is_the_source_and_its_author_stays_unnamed():
    made = record(statement(occasion=replace(OCCASION, reported=True)))
    assert made["source_type"] == "SOURCE_TYPE_OTHER_NOTIFICATION"
    assert made["decision_facts"].startswith("A member reported the post.")


def test_an_attachment_that_nobody_knows_gets_its_text():
    made = record(statement(occasion=replace(OCCASION, content=(Content.OTHER, Content.TEXT))))
    assert made["content_type"] == ["CONTENT_TYPE_TEXT", "CONTENT_TYPE_OTHER"]
    assert made["content_type_other"]


def test_nothing_that_people_wrote_gets_into_the_facts():
    [article, _] = CHARTER.articles
    facts = (
        Evidence("link_domains", ("anna.example",)),
        Evidence("text", "Anna Smith lives in Mill Lane"),
        Evidence("author_roles", ("treasurer-anna",)),
        Evidence("toxicity", 0.9),
    )
    words = "Anna (anna@forum.example) did it again, see https://forum.example/u/anna"
    made = of_ruling(
        CHARTER, OCCASION, Remedy.REMOVE, None, [article], facts={article.id: facts}, words=words
    )
    written = json.dumps(record(made)).lower()
    assert "anna" not in written
    assert "mill lane" not in written
    assert "measured: toxicity 0.9." in written


@pytest.mark.parametrize(
    "word",
    [
        "anna@forum.example",
        "@anna",
        "＠anna",
        "https://forum.example/u/anna",
        "www.forum.example",
        "ｗｗｗ．forum.example",
        "u/12345678",
    ],
)
def test_what_may_tell_who_somebody_is_gets_left_out_and_refused(word):
    assert screened(f"Write to {word} please") == "Write to […] please"
    [fault] = check(valid(decision_facts=f"Write to {word} please"))
    assert "`decision_facts` may tell who somebody is" in fault.message


def without(*names: str) -> Callable[[Record], Record]:
    return lambda made: {name: value for name, value in made.items() if name not in names}


REQUIRED = [
    "decision_ground",
    "content_type",
    "category",
    "content_date",
    "application_date",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
    "puid",
    "decision_visibility",
    "incompatible_content_ground",
    "incompatible_content_explanation",
]


@settings(max_examples=60, deadline=None)
@given(statements(), st.sampled_from(REQUIRED))
def test_a_field_that_is_needed_is_missed(made, name):
    whole = record(made)
    if name == "decision_visibility":
        spoilt = {field: value for field, value in whole.items() if not field.startswith(RESTRICTS)}
    else:
        spoilt = without(name)(whole)
    assert any(name in fault.message + fault.hint for fault in check(spoilt))


RESTRICTS = ("decision_visibility", "decision_provision", "decision_account", "end_date")


@settings(max_examples=100, deadline=None)
@given(statements(), st.data())
def test_a_value_that_no_field_takes_is_refused(made, data):
    whole = record(made)
    name = data.draw(st.sampled_from(sorted(whole)))
    wrong = data.draw(
        st.sampled_from([7, "", "SOMETHING ELSE", [], ["NONE"], {}, True, "x" * 5_001])
    )
    text_field = hasattr(FIELDS[name], "most") and wrong == "SOMETHING ELSE" and name != "puid"
    if not text_field:
        assert any(f"`{name}`" in fault.message for fault in check(whole | {name: wrong}))


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"content_date": "2026-13-01"}, "`content_date` is not a date"),
        ({"content_date": "20261122"}, "`content_date` is not a date"),
        ({"content_date": "1999-12-31"}, "`content_date` lies before 2000-01-01"),
        ({"application_date": "2019-12-31"}, "`application_date` lies before 2020-01-01"),
        ({"puid": "s 1"}, "`puid` is no reference"),
        ({"puid": "s/1\n"}, "`puid` is no reference"),
        ({"puid": "a" * 501}, "`puid` has 501 characters, of 500"),
        ({"decision_facts": "a" * 5_001}, "`decision_facts` has 5,001 characters, of 5,000"),
        ({"incompatible_content_ground": "a" * 501}, "has 501 characters, of 500"),
        ({"incompatible_content_explanation": "a" * 2_001}, "has 2,001 characters, of 2,000"),
        ({"content_type": "CONTENT_TYPE_TEXT"}, "`content_type` has to be a list"),
        ({"content_type": ["CONTENT_TYPE_TEXT"] * 2}, "`content_type` says the same twice"),
        ({"content_type": ["CONTENT_TYPE_OTHER"]}, "`content_type_other` is missing"),
        (
            {"decision_visibility": ["DECISION_VISIBILITY_OTHER"]},
            "`decision_visibility_other` is missing",
        ),
        ({"decision_monetary": "DECISION_MONETARY_OTHER"}, "`decision_monetary_other` is missing"),
        (
            {"category_specification": ["KEYWORD_OTHER"]},
            "`category_specification_other` is missing",
        ),
        (
            {"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"},
            "`illegal_content_legal_ground` is missing",
        ),
        ({"end_date_visibility_restriction": "2026-11-01"}, "lies before `application_date`"),
        ({"end_date_account_restriction": "2026-12-01"}, "ends what is not said"),
        ({"content_language": "en"}, "`content_language` is no language"),
        ({"catgory": "x"}, "there is no field `catgory`"),
        ({"automated_detection": "yes"}, "`automated_detection` cannot be `yes`"),
    ],
)
def test_each_rule_is_said_with_its_field(spoilt, said):
    faults = check(valid(**spoilt))
    assert any(said in fault.message for fault in faults), faults
    assert all(fault.hint for fault in faults)


def test_a_slip_gets_the_right_word():
    [fault] = check(valid(source_type="SOURCE_VOLUNTRY"))
    assert fault.hint == "did you mean `SOURCE_VOLUNTARY`?"
    [fault] = check(valid(catgory="x"))
    assert fault.hint == "did you mean `category`?"


@pytest.mark.parametrize("thing", [None, [], "text", 7])
def test_what_is_no_record_is_said_to_be_none(thing):
    assert check(thing)[0].message == "a statement has to be a JSON object"


def test_batches_have_a_hundred_at_most_and_lose_none():
    made = [valid(puid=f"s-{number}") for number in range(2 * MAX_BATCH + 1)]
    bodies = list(batches(made))
    assert [len(body["statements"]) for body in bodies] == [100, 100, 1]
    assert [each for body in bodies for each in body["statements"]] == made


def lines(*documents: Any) -> list[bytes]:
    return [json.dumps(document).encode() for document in documents]


def test_a_file_of_batches_is_checked_line_by_line():
    good = [valid(puid=f"s-{number}") for number in range(150)]
    assert check_file(lines(*batches(good))) == (150, [])
    count, faults = check_file(
        [*lines(*batches(good)), b"", *lines(valid(puid="s-149"))], "f.jsonl"
    )
    assert count == 151
    assert str(faults[0]).startswith("f.jsonl:4: error: `puid` was used in line 2 already: `s-149`")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "this line is not JSON"),
        (b"[" * 100_000, "this line is not JSON"),
        (b"\xff", "this line is not JSON"),
        (b'{"statements": {}}', "`statements` has to be a list"),
        (json.dumps({"statements": [{}] * 101}).encode(), "a batch of 101 statements"),
        (b"7", "a statement has to be a JSON object"),
    ],
)
def test_a_line_that_is_no_batch_is_said_to_be_none(line, said):
    _, faults = check_file([line])
    assert any(said in fault.message for fault in faults)
