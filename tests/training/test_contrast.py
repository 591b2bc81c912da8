"""The contrast sets: how patterns become labelled sentences, and that what is written holds."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from training.contrast.disguise import WAYS, disguised
from training.contrast.patterns import PatternError, read_books
from training.contrast.sentences import FOLDER, contrast
from training.sources import HARMS, Comment

BEGIN = """
language: en
lists:
  things: {words: [printer, oven], held_out: [lift]}
kinds:
  attack: {toxicity: 0.9, insult: 0.8}
  harmless: {toxicity: 0.05}
patterns:
"""


@pytest.fixture(scope="module")
def written() -> list[Comment]:
    """Every sentence that is written in the files."""
    return list(contrast())


def read(folder: Path, patterns: str, begin: str = BEGIN) -> list[Comment]:
    (folder / "en_test.yaml").write_text(begin + patterns, "utf-8")
    return list(contrast(folder))


def test_a_slot_takes_the_words_of_its_list_and_harms_that_are_not_named_are_0(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, "- {name: a, kind: attack, templates: ['Mend the {things}!']}")
    assert {each.text.lower() for each in found} == {"mend the printer!", "mend the oven!"}
    assert {each.part for each in found} == {"train"}
    shares = {name: share for name, (share, _) in found[0].labels.items()}
    assert shares == dict.fromkeys(HARMS, 0.0) | {"toxicity": 0.9, "insult": 0.8}


def test_a_pattern_that_is_held_out_is_filled_with_all_words_and_only_tested_on(
    tmp_path: Path,
) -> None:
    pattern = "- {name: a, kind: attack, held_out: true, templates: ['Mend the {things}!']}"
    found = read(tmp_path, pattern)
    assert {each.text.lower().split()[-1] for each in found} == {"printer!", "oven!", "lift!"}
    assert {each.part for each in found} in ({"test"}, {"tune"})


def test_the_two_of_a_pair_differ_in_their_brackets_alone_and_in_their_labels(
    tmp_path: Path,
) -> None:
    template = "'{things} and {things2}: [you are no better | they are no better].'"
    pattern = f"- {{name: a, kind: attack, twin: harmless, templates: [{template}]}}"
    harm, twin, *_ = read(tmp_path, pattern)
    assert harm.text.replace("you are", "they are") == twin.text
    assert (harm.source, twin.source) == ("contrast:attack", "contrast:harmless")
    assert harm.labels["toxicity"][0] == 0.9
    assert twin.labels["toxicity"][0] == 0.05


def test_a_template_yields_no_more_sentences_than_it_may(tmp_path: Path) -> None:
    found = read(tmp_path, "- {name: a, kind: attack, most: 1, templates: ['The {things}']}")
    assert len(found) == 1


def test_the_article_suits_the_word(tmp_path: Path) -> None:
    begin = BEGIN.replace("printer, oven", "oven")
    found = read(tmp_path, "- {name: a, kind: attack, templates: ['It is a(n) {things}!']}", begin)
    assert found[0].text.lower() == "it is an oven!"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{name: a, kind: attack, templates: ['{tings}']}", "a slot {tings}"),
        ("{name: a, kind: atack, templates: ['x']}", "“atack”, which no file defines"),
        ("{name: a, kind: attack, shares: {insolt: 1}, templates: ['x']}", "“insolt”"),
        ("{name: a, kind: attack, shares: {insult: 2}, templates: ['x']}", "between 0 and 1"),
        ("{name: a, kind: attack, templates: ['[x']}", "a bracket is left over"),
        ("{name: a, kind: attack, templates: ['[x | y]']}", "the pattern no twin"),
        ("{name: a, kind: attack, twin: harmless, templates: ['x']}", "no [harm | twin]"),
        ("{name: a, kind: attack, template: ['x']}", "en_test.yaml"),
        ("{name: a, kind: attack, templates: ['x', 'x']}", "more than one template"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path: Path, pattern: str, told: str) -> None:
    with pytest.raises(PatternError, match=re.escape(told)):
        read(tmp_path, f"- {pattern}")


def test_a_list_whose_name_no_slot_could_tell_from_a_number_is_named(tmp_path: Path) -> None:
    begin = BEGIN.replace("things:", "things2:")
    with pytest.raises(PatternError, match="“things2” ends in a digit"):
        read(tmp_path, "- {name: a, kind: attack, templates: ['x']}", begin)


def test_every_disguise_changes_the_word() -> None:
    hidden = {disguised("stupid fool", number) for number in range(4 * len(WAYS))}
    assert "stupid fool" not in hidden
    assert len(hidden) > 2 * len(WAYS)


def test_the_sentences_are_the_same_each_time(written: list[Comment]) -> None:
    assert list(contrast()) == written


def test_words_that_are_held_out_are_never_trained_on(written: list[Comment]) -> None:
    for book in read_books(FOLDER):
        held_out = {word.lower() for words in book.lists.values() for word in words.held_out}
        edge = r"\b" if book.language == "en" else ""
        pattern = re.compile(f"{edge}(?:{'|'.join(map(re.escape, sorted(held_out)))}){edge}")
        for each in written:
            if each.part == "train" and each.language == book.language:
                assert not pattern.search(each.text.lower()), each.text


def test_no_sentence_is_both_trained_and_tested_on_or_labelled_twice(
    written: list[Comment],
) -> None:
    parts = defaultdict(set)
    labels = defaultdict(set)
    for each in written:
        parts[each.text.lower()].add(each.part)
        labels[each.text.lower()].add(each.labels["toxicity"])
    assert not [text for text, found in parts.items() if len(found) > 1]
    assert not [text for text, found in labels.items() if len(found) > 1]


def test_every_kind_has_patterns_held_out() -> None:
    for book in read_books(FOLDER):
        counts: Counter[tuple[str, bool]] = Counter()
        for pattern in book.patterns:
            for kind in filter(None, (pattern.kind, pattern.twin)):
                counts[kind, pattern.held_out] += 1
        for kind in book.kinds:
            assert counts[kind, True], kind
            assert counts[kind, False], kind


def test_in_english_length_does_not_give_a_quality_away(written: list[Comment]) -> None:
    from sklearn.metrics import roc_auc_score

    lengths: dict[str, list[tuple[bool, int]]] = defaultdict(list)
    for each in written:
        for name in set(each.labels) - set(HARMS) if each.language == "en" else ():
            lengths[name].append((each.labels[name][0] >= 0.5, len(each.text)))
    for quality, found in lengths.items():
        there, length = zip(*found, strict=True)
        assert 0.4 < roc_auc_score(there, length) < 0.6, quality
