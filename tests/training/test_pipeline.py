"""From a folder of comments to a model that loads: the whole pipeline on a made-up, tiny corpus."""

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from comity.signals.card import card_page
from comity.signals.model import open_folder
from comity.signals.scorer import Scorer
from training import corpus, pipeline
from training.contrast import contrast
from training.examples import TEST, gather
from training.pack import squeeze
from training.sources import ATTRIBUTES, Comment

SHARED = Path(__file__).parents[2] / corpus.DEFAULT
RUDE = ["you are a rotten turnip", "what a soggy turnip", "turnip go home", "silly turnip talk"]
KIND = ["what a lovely garden", "see you at the market", "the soup was good", "a fine report"]


def write_corpus(folder: Path) -> Path:
    """A world in which calling somebody a turnip is the one insult."""
    (folder / "civility").mkdir(parents=True)
    path = folder / "civility" / "en_toxicity.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text", "toxic", "src", "lang", "licence", "soft"])
        writer.writeheader()
        for k in range(800):
            for toxic, texts in enumerate((KIND, RUDE)):
                text = f"{texts[k % 4]}, number {k} " + "and so on " * (k % 3)
                writer.writerow({"text": text, "toxic": toxic, "src": "jigsaw_5k", "lang": "en"})
    return folder


@pytest.fixture(scope="module", autouse=True)
def few_of_our_own() -> Iterator[None]:
    """One in ten of the sentences written for this project; all of them take too long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "contrast", lambda: islice(contrast(), 0, None, 10))
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    return make_model(write_corpus(folder / "data"), folder)


def make_model(data: Path, folder: Path) -> Path:
    pipeline.learn(data, folder / "work", bits=12)
    pipeline.leave_out(data, folder / "work", bits=12)
    pipeline.make_model(data, folder / "work", folder / "model")
    return folder / "model"


def test_what_was_learnt_is_what_the_shipped_scorer_says(model: Path) -> None:
    scorer = Scorer(open_folder(model))
    rude, kind = scorer.score(["you soggy turnip", "the garden was lovely"], ["en", "en"])
    assert rude.attributes["toxicity"] > 0.5 > kind.attributes["toxicity"]
    assert any(span.begin <= 10 < span.end for span in rude.spans)


def test_the_card_tells_how_the_model_fared_on_comments_it_never_saw(model: Path) -> None:
    card = json.loads((model / "card.json").read_text("utf-8"))
    figures = card["attributes"]["toxicity"]["test"]["en"]
    assert figures["auc"] > max(figures["length_auc"], figures["words_auc"])
    assert {"name": "jigsaw_5k", "licence": "CC0, text CC BY-SA 3.0"}.items() <= {
        **next(each for each in card["sources"] if each["name"] == "jigsaw_5k")
    }.items()


def test_the_card_and_its_page_tell_how_it_fares_on_corpora_left_out(model: Path) -> None:
    card = json.loads((model / "card.json").read_text("utf-8"))
    assert {each["corpus"] for each in card["unseen"]} == {"contrast", "jigsaw"}
    assert "| `jigsaw` | en |" in card_page(card | {"sha256": ""})


def test_training_twice_gives_the_same_files(model: Path, tmp_path: Path) -> None:
    again = make_model(write_corpus(tmp_path / "data"), tmp_path)
    assert (again / "card.json").read_bytes() == (model / "card.json").read_bytes()


def test_texts_that_read_alike_stay_on_one_side_of_the_split() -> None:
    spellings = ["You IDIOT", "you idiot", "you 1d10t", "@someone you idiot"]
    comments = [Comment(text, "en", "test", {"insult": (1.0, 1.0)}) for text in spellings]
    assert len(gather(comments).texts) == 1


def test_readers_of_the_same_text_are_averaged() -> None:
    comments = [Comment("hm", "en", "test", {"insult": (share, 1.0)}) for share in (0.0, 1.0)]
    assert gather(comments).labels[0, ATTRIBUTES.index("insult")] == 0.5


def test_bytes_stand_for_weights_to_within_a_hundredth_of_the_largest() -> None:
    table = np.random.default_rng(1).normal(size=(4096, 3)) ** 3
    packed, units = squeeze(table)
    again = packed.astype(float) * np.abs(packed) * units
    assert np.abs(again - table).max() < 0.01 * np.abs(table).max()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "training", "--data", str(tmp_path / "nowhere")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "--data FOLDER" in found.stderr


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data is not beside the repository")
def test_the_shipped_model_ranks_real_comments_of_the_held_out_part() -> None:
    from sklearn.metrics import roc_auc_score

    from training.sources import _chinese, _english

    for read, language, least in ((_english, "en", 0.8), (_chinese, "zh", 0.85)):
        examples = gather(islice(read(SHARED), 20_000))
        chosen = examples.where(examples.split == TEST)
        scores = Scorer.load().score(chosen.texts, [language] * len(chosen.texts))
        truth = chosen.labels[:, 0] >= 0.5
        assert roc_auc_score(truth, [each.attributes["toxicity"] for each in scores]) > least
