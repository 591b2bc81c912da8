"""The scorer says the same of the same text everywhere, undoes disguise, and survives anything."""

import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.signals.model import PIECES, ModelError, Tier
from comity.signals.scorer import EXPLAINED, LONGEST, Scorer

texts = st.text(st.characters(codec=None), max_size=80)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer.load()


def score(scorer: Scorer, text: str, language: str = "en") -> dict[str, float]:
    return dict(scorer.score([text], [language])[0].attributes)


@pytest.mark.parametrize(
    "disguised",
    [
        "you stupid 1d10t",
        "you $tupid idiot",
        "you ｓｔｕｐｉｄ i.d.i.o.t",
        "you stupid idi\u200bot",
    ],
)
def test_a_disguise_scores_like_the_plain_spelling(scorer: Scorer, disguised: str) -> None:
    plain = score(scorer, "you stupid idiot")
    assert plain["toxicity"] > 0.8
    assert score(scorer, disguised)["toxicity"] == pytest.approx(plain["toxicity"], abs=0.15)


def test_a_batch_scores_like_one_text_at_a_time(scorer: Scorer) -> None:
    batch = ["You idiot.", "", "谢谢你的帮助", "thank you!", "x" * 3000, "😀"] * 3
    for text, together in zip(batch, scorer.score(batch), strict=True):
        (alone,) = scorer.score([text])
        # The encoder's sums are floats, whose order depends on the length of the batch.
        assert alone.attributes == pytest.approx(together.attributes, abs=1e-6)
        assert (alone.language, alone.spans) == (together.language, together.spans)


def test_another_process_gives_the_same_scores(scorer: Scorer) -> None:
    text = "What a load of rubbish, you liar."
    code = f"from comity.signals import Scorer; print(Scorer.load().score([{text!r}], ['en']))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(scorer.score([text], ["en"]))


@given(st.lists(texts, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_text_has_scores_between_0_and_1_and_spans_inside(batch: list[str]) -> None:
    scorer = Scorer.load()
    for language in ("en", "zh", "und"):
        for text, scores in zip(batch, scorer.score(batch, [language] * len(batch)), strict=True):
            assert all(0 <= value <= 1 for value in scores.attributes.values())
            assert all(0 <= span.begin < span.end <= len(text) for span in scores.spans)
            assert all(scores.attributes[span.attribute] >= EXPLAINED for span in scores.spans)


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "\u202e" * 9, "😀" * 10_000, "a" * 1_000_000, "ﷺ" * 60_000]
)
def test_hostile_texts_are_only_texts(scorer: Scorer, text: str) -> None:
    assert scorer.score([text], ["en"])[0].attributes["toxicity"] <= 1


@pytest.mark.parametrize("text", ["你是傻逼", "you are an idiot, "])
def test_a_text_four_times_as_long_takes_about_four_times_as_long(
    scorer: Scorer, text: str
) -> None:
    def seconds(length: int) -> float:
        begin = process_time()
        scorer.score([(text * length)[:length]])
        return process_time() - begin

    short, long = (min(seconds(LONGEST // part) for _ in range(3)) for part in (4, 1))
    assert long < 10 * short  # what goes with the square of the length takes sixteen times as long


def test_a_longer_text_is_judged_by_its_beginning(scorer: Scorer) -> None:
    text = "word " * (LONGEST // 5)
    assert score(scorer, text + "idiot " * 9999) == score(scorer, text)


def test_the_words_that_weighed_are_found_in_the_original(scorer: Scorer) -> None:
    text = "Honestly, you are a $tupid i.d.i.o.t"
    (scores,) = scorer.score([text], ["en"])
    said = {text[span.begin : span.end] for span in scores.spans if span.attribute == "toxicity"}
    assert any("i.d.i.o.t" in part for part in said)


def test_an_attribute_is_absent_where_it_was_not_tested(scorer: Scorer) -> None:
    (scores,) = scorer.score(["du bist ein netter Mensch"], ["de"])
    assert "toxicity" in scores.attributes
    assert "spam" not in scores.attributes


def test_a_language_the_model_does_not_know_has_no_scores(scorer: Scorer) -> None:
    (scores,) = scorer.score(["สวัสดีครับ"], ["th"])
    assert (dict(scores.attributes), scores.spans) == ({}, ())


def test_a_word_too_short_to_tell_its_language_scores_by_its_script(scorer: Scorer) -> None:
    assert score(scorer, "idiot", "und") == score(scorer, "idiot", "en")
    assert score(scorer, "白痴", "und") == score(scorer, "白痴", "zh")
    assert score(scorer, "123 !", "und") == {}


def test_the_model_says_which_it_is(scorer: Scorer) -> None:
    assert scorer.model.version == scorer.card["version"] == "2026.11"
    assert scorer.model.sha256 == scorer.card["sha256"]


def test_the_tiers_of_a_model_are_told_apart_by_hash(scorer: Scorer) -> None:
    fast = Scorer.load(tier=Tier.FAST)
    assert fast.model.version == scorer.model.version
    assert fast.model.sha256 != scorer.model.sha256


def test_the_encoder_sees_who_is_meant_where_the_letters_do_not_tell() -> None:
    texts = ["I can't stand women drivers.", "I can't stand rush-hour drivers."]
    full, fast = (
        [each.attributes["identity_attack"] for each in Scorer.load(tier=tier).score(texts)]
        for tier in (Tier.FULL, Tier.FAST)
    )
    assert full[0] - full[1] > fast[0] - fast[1]


@pytest.mark.parametrize(
    ("text", "language", "asked"),
    [
        ("The article was moved to the new title on 3 May.", "en", False),
        ("La voce è stata spostata al nuovo titolo il 3 maggio.", "it", True),
    ],
)
def test_the_encoder_is_asked_where_something_is_open_or_little_is_known_of_a_language(
    text: str, language: str, asked: bool
) -> None:
    full, fast = (
        Scorer.load(tier=tier).score([text], [language])[0].attributes["toxicity"]
        for tier in (Tier.FULL, Tier.FAST)
    )
    assert (full != fast) is asked


def test_a_model_in_a_folder_of_ones_own_scores_as_it_did(scorer: Scorer, tmp_path: Path) -> None:
    shipped = files("comity.signals") / "models" / scorer.model.version
    with as_file(shipped) as folder:
        copytree(folder, tmp_path / "old")
    again = Scorer.load(str(tmp_path / "old"))
    assert again.model == scorer.model
    assert again.score(["You liar."], ["en"]) == scorer.score(["You liar."], ["en"])


def test_a_model_whose_file_was_changed_is_refused(scorer: Scorer, tmp_path: Path) -> None:
    shipped = files("comity.signals") / "models" / scorer.model.version
    with as_file(shipped) as folder:
        copytree(folder, tmp_path / "new")
    with (tmp_path / "new" / PIECES).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match=r"pieces\.model of model 2026\.11 is not the file"):
        Scorer.load(str(tmp_path / "new"))


def test_an_unknown_version_is_answered_with_those_there_are() -> None:
    with pytest.raises(ModelError, match=r'no model "1999\.1"(.|\n)*2026\.11'):
        Scorer.load("1999.1")


def test_importing_comity_loads_no_compiler() -> None:
    code = "import comity, sys; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
