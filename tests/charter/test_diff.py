"""What changed from one charter to the next."""

import json

from comity.charter import Charter
from comity.charter.diff import FieldChange, diff

OLD = """
charter: Town Square
community: town-square
languages: [en, zh-Hans]
values:
  respect: {en: We argue with ideas., zh-Hans: 对事不对人。}
lists:
  shorteners: [bit.example, tiny.example]
counters:
  posts: {count: post.created, by: author, within: 60 minutes}
lessons:
  disagree-well: {title: {en: Disagree well}, text: {en: Say why.}}
articles:
  - id: no-attacks
    value: respect
    title: {en: No personal attacks, zh-Hans: 不作人身攻击}
    text: {en: Criticise what was said.}
    when: insult >= 0.90
    then: hold
    lesson: disagree-well
    expect: 2%
    examples: {violates: [You are an idiot.], allows: [That is idiotic.]}
  - id: no-flooding
    value: respect
    title: {en: Leave room}
    text: {en: No more than twenty posts an hour.}
    when: posts > 20
    then: {remedy: limit, for: 1 hour}
    examples: {violates: [], allows: []}
"""


def changes(*edits, old=OLD):
    """The changes after replacing texts in the charter, by part and name."""
    new = old
    for text, by in edits:
        assert text in new
        new = new.replace(text, by)
    return {
        (change.part, change.name): (change.kind, change.fields)
        for change in diff(Charter.parse(old), Charter.parse(new)).changes
    }


def test_layout_comments_and_spelling_of_conditions_are_no_change():
    assert changes(("insult >= 0.90", "( (insult>=0.9) ) # sure"), ("60 minutes", "1 hour")) == {}


def test_tells_each_field_of_an_article_that_changed():
    found = changes(
        ("insult >= 0.90", "insult >= 0.80 or threat > 0.5"),
        ("then: hold", "then: {remedy: hold, account: mute, for: 90 minutes}"),
        ("zh-Hans: 不作人身攻击", "zh-Hans: 不攻击人"),
        ("expect: 2%", "trial: true"),
        ("[You are an idiot.]", "[You fool.]"),
    )
    kind, fields = found.pop(("articles", "no-attacks"))
    assert (found, kind) == ({}, "changed")
    assert set(fields) == {
        FieldChange("when", "insult >= 0.90", "insult >= 0.80 or threat > 0.5"),
        FieldChange("then.account", None, "mute"),
        FieldChange("then.for", None, "90 minutes"),
        FieldChange("title.zh-Hans", "不作人身攻击", "不攻击人"),
        FieldChange("expect", "2%", None),
        FieldChange("trial", None, "true"),
        FieldChange("examples.violates", None, "You fool."),
        FieldChange("examples.violates", "You are an idiot.", None),
    }


def test_tells_what_was_added_and_removed_whole():
    found = changes(("id: no-flooding", "id: leave-room"))
    kind, fields = found.pop(("articles", "leave-room"))
    assert kind == "added"
    assert FieldChange("when", None, "posts > 20") in fields
    kind, fields = found.pop(("articles", "no-flooding"))
    assert kind == "removed"
    assert FieldChange("then.for", "1 hour", None) in fields
    assert found == {}


def test_tells_changes_of_lists_counters_values_lessons_and_the_charter_itself():
    assert changes(
        ("[bit.example, tiny.example]", "[tiny.example, wee.example]"),
        ("within: 60 minutes", "within: 2 days"),
        ("We argue with ideas.", "We argue about ideas."),
        ("Say why.", "Say what you saw."),
        ("charter: Town Square", "charter: Village Green"),
        ("languages: [en, zh-Hans]", "languages: [en, zh-Hans, fr]"),
    ) == {
        ("charter", ""): (
            "changed",
            (
                FieldChange("charter", "Town Square", "Village Green"),
                FieldChange("languages", "en, zh-Hans", "en, zh-Hans, fr"),
            ),
        ),
        ("values", "respect"): (
            "changed",
            (FieldChange("en", "We argue with ideas.", "We argue about ideas."),),
        ),
        ("lists", "shorteners"): (
            "changed",
            (
                FieldChange("item", None, "wee.example"),
                FieldChange("item", "bit.example", None),
            ),
        ),
        ("counters", "posts"): ("changed", (FieldChange("within", "1 hour", "2 days"),)),
        ("lessons", "disagree-well"): (
            "changed",
            (FieldChange("text.en", "Say why.", "Say what you saw."),),
        ),
    }


def test_tells_that_articles_stand_in_another_order():
    first, second = OLD.index("  - id: no-attacks"), OLD.index("  - id: no-flooding")
    turned = OLD[:first] + OLD[second:] + OLD[first:second]
    [change] = diff(Charter.parse(OLD), Charter.parse(turned)).changes
    assert change.fields == (
        FieldChange("order of articles", "no-attacks, no-flooding", "no-flooding, no-attacks"),
    )


def test_a_charter_with_another_hash_has_changes_and_one_with_the_same_has_none():
    old, new = Charter.parse(OLD), Charter.parse(OLD.replace("then: hold", "then: remove"))
    for a, b in ((old, new), (old, old), (new, old)):
        assert (a.sha256 == b.sha256) == (not diff(a, b).changes)


def test_its_json_form_is_json():
    new = Charter.parse(OLD.replace("then: hold", "then: remove"))
    form = json.loads(json.dumps(diff(Charter.parse(OLD), new).as_json()))
    assert form["same"] is False
    assert form["changes"] == [
        {
            "kind": "changed",
            "part": "articles",
            "name": "no-attacks",
            "fields": [{"field": "then.remedy", "before": "hold", "after": "remove"}],
        }
    ]
