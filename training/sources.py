"""What each source says about a comment, and how far it is trusted.

The noun is `Comment`: a text and, for some attributes, the share of readers who would say so, with
a weight. A source that says nothing about an attribute leaves it open. The traps of each source
(sampled by slur, filtered by a classifier, positives only) are answered by the weights here.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpus import rows

ATTRIBUTES = (
    "toxicity",
    "severe_toxicity",
    "insult",
    "identity_attack",
    "threat",
    "profanity",
    "sexually_explicit",
    "spam",
    "gratitude",
    "curiosity",
    "compassion",
    "respect",
    "reasoning",
    "personal_story",
)
HARMS = ATTRIBUTES[:7]

Labels = dict[str, tuple[float, float]]
"""Attribute → (share of readers, weight)."""


@dataclass(slots=True)
class Comment:
    text: str
    language: str
    source: str
    labels: Labels
    part: str = ""
    """"train", "tune" or "test" where that is not left to the hash of the text."""


TRUST = {
    "davidson": 0.3,  # sampled by slur; over-labels African American English
    "jigsaw_sentences_weak": 0.4,  # labelled by a classifier
    "civil_toxic": 0.7,  # positives only
    "edos_sexist": 0.5,  # positives only
    "hatexplain": 0.7,
    "sbic_dev": 0.7,
}
TRUSTED = 0.5
"""Labels of at least this weight are what people said, and tested on; others are what lists say."""
KIN = {"civil_toxic": "civil_spans", "edos_sexist": "edos"}
"""Sources with one label throughout, and the source that they share a bias with: one of their own
would explain all their labels, and nothing would be learnt from them."""
_EVERYDAY = ("wiki", "jigsaw", "civil")
_IDENTITY_TARGETS = ("origin", "gender", "religion", "sexual_orientation", "disability")


def bias_of(source: str) -> str:
    """Which sources share a bias."""
    return KIN.get(source, source.partition(":")[0])


def comments(folder: Path) -> Iterator[Comment]:
    """Every labelled comment of every source; the same text may come more than once."""
    for read in (_english, _chinese, _others, _emotions, _spam):
        yield from read(folder)
    for read in (_jigsaw, _wiki, _hatexplain, _davidson, _sbic, _edos, _hatemoji):
        yield from read(folder)
    for read in (_mlma, _beep, _toldbr):
        yield from read(folder)


def clean(text: str) -> str:
    """Undo what the collectors did to the texts."""
    text = text.replace("NEWLINE_TOKEN", "\n").replace("TAB_TOKEN", "\t")
    text = text.replace("<user>", "@user").replace("<number>", "0").replace("<url>", "")
    return html.unescape(text).strip()


def obscene_words(folder: Path, language: str) -> frozenset[str]:
    path = folder / "civility" / "words" / language
    return frozenset(path.read_text("utf-8").lower().split("\n") if path.exists() else ()) - {""}


def _comment(text: str, language: str, source: str, weight: float, **shares: float) -> Comment:
    labels = {name: (share, weight) for name, share in shares.items()}
    return Comment(clean(text), language, source, labels)


def _english(folder: Path) -> Iterator[Comment]:
    obscene = obscene_words(folder, "en")
    for row in rows(folder, "en_toxicity"):
        source = row["src"]
        toxic = float(row["soft"] or row["toxic"])
        comment = _comment(row["text"], "en", source, TRUST.get(source, 1.0), toxicity=toxic)
        if source == "wiki_attacks":
            comment.labels["insult"] = (toxic, 1.0)
        if source.startswith(_EVERYDAY) and toxic <= 0.1:
            for name in HARMS[1:]:
                comment.labels.setdefault(name, (0.0, 0.3))
            comment.labels["spam"] = (0.0, 0.2)
        if source.startswith((*_EVERYDAY, "paradetox")):
            # Few labels say what is obscene; a list says something of every comment.
            hit = not obscene.isdisjoint(comment.text.lower().split())
            comment.labels["profanity"] = (0.8 if hit else 0.02, 0.2)
        yield comment


def _chinese(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "zh_toxicity"):
        toxic = float(row["toxic"])
        comment = _comment(
            row["text"], "zh", row["src"], 1.0, toxicity=toxic, identity_attack=toxic
        )
        if toxic == 0 and row["src"].startswith("cold"):
            for name in ("insult", "threat", "profanity"):
                comment.labels[name] = (0.0, 0.3)
        yield comment


def _others(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "multi_toxicity"):
        yield _comment(row["text"], row["lang"], row["src"], 1.0, toxicity=float(row["toxic"]))


def _emotions(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "en_goemotions"):
        felt = row["emotions"].split("|")
        comment = _comment(
            row["text"],
            "en",
            "goemotions",
            1.0,
            gratitude="gratitude" in felt,
            curiosity="curiosity" in felt,
            compassion="caring" in felt,
        )
        if {"gratitude", "caring", "admiration"} & set(felt) and len(felt) == 1:
            comment.labels["toxicity"] = (0.05, 0.2)
        yield comment


def _spam(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "en_spam"):
        yield _comment(row["text"], "en", row["src"], 1.0, spam=float(row["spam"]))


def _jigsaw(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_jigsaw_six_labels"):
        yield _comment(
            row["text"],
            "en",
            "jigsaw_six",
            2.0,
            toxicity=float(row["toxic"]),
            severe_toxicity=float(row["severe_toxic"]),
            profanity=float(row["obscene"]),
            threat=float(row["threat"]),
            insult=float(row["insult"]),
            identity_attack=float(row["identity_hate"]),
        )


def _wiki(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_wiki_in_context"):
        # Perspective's estimate of the share of readers. Merged with the one label that people gave
        # each of these, it tells apart the hundred of them that are toxic from what is merely curt.
        yield _comment(row["text"], "en", "wiki_cat", 1.0, toxicity=float(row["api"]))


def _hatexplain(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_hatexplain"):
        groups = ("gender", "religion", "race", "economic", "minority")
        aimed = any(row[f"label_{group}"] == "1" for group in groups)
        attack = {"0": 0.0, "1": 0.5 if aimed else 0.2, "2": 1.0}[row["label"]]
        comment = _comment(row["text"], "en", "hatexplain", 0.7, identity_attack=attack)
        # As in BEEP, what readers call hate and not only offensive is severe.
        comment.labels["severe_toxicity"] = (float(row["label"] == "2"), 0.5)
        yield comment


def _davidson(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_davidson"):
        hate = int(row["hate_votes"]) / int(row["raters"])
        yield _comment(row["text"], "en", "davidson", 0.3, identity_attack=hate)


def _sbic(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_sbic_dev"):
        offensive = float(row["offensiveYN"] or 0)
        aimed = row["targetMinority"] not in ("", "[]")
        comment = _comment(
            row["text"], "en", "sbic_dev", 0.7, identity_attack=offensive if aimed else 0.0
        )
        if row["sexYN"]:
            comment.labels["sexually_explicit"] = (float(row["sexYN"]), 1.0)
        yield comment


def _edos(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_edos"):
        threat = row["label_category"].startswith("1.")
        comment = _comment(row["text"], "en", "edos", 0.7, threat=threat)
        comment.labels["identity_attack"] = (float(row["label_sexist"] == "sexist"), 0.4)
        yield comment


def _hatemoji(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/en_hatemoji_build"):
        yield _comment(
            row["text"],
            "en",
            "hatemoji_build",
            1.0,
            identity_attack=float(row["label_gold"]),
            threat=row["type"] == "threateninglanguage",
        )


def _mlma(folder: Path) -> Iterator[Comment]:
    for language in ("en", "fr", "ar"):
        for row in rows(folder, f"detail/{language}_mlma"):
            tones = row["sentiment"].split("_")
            attack = "hateful" in tones and row["target"] in _IDENTITY_TARGETS
            personal = row["group"] == "individual" and bool({"offensive", "abusive"} & set(tones))
            yield _comment(
                row["text"], language, "mlma", 0.7, identity_attack=attack, insult=personal
            )


def _beep(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/ko_beep_train"):
        harsh = {"none": 0.0, "offensive": 0.6, "hate": 1.0}[row["hate"]]
        yield _comment(
            row["comments"],
            "ko",
            "beep",
            1.0,
            insult=harsh,
            severe_toxicity=float(row["hate"] == "hate"),
            identity_attack=float(row["bias"] != "none" and row["hate"] != "none"),
        )


def _toldbr(folder: Path) -> Iterator[Comment]:
    for row in rows(folder, "detail/pt_toldbr"):
        votes = {name: float(row[name]) / 3 for name in row if name != "text"}
        attack = max(votes[name] for name in ("homophobia", "racism", "misogyny", "xenophobia"))
        yield _comment(
            row["text"],
            "pt",
            "toldbr",
            1.0,
            insult=votes["insult"],
            profanity=votes["obscene"],
            identity_attack=attack,
        )


LICENCES = {
    "beep": "CC BY-SA 4.0",
    "civil_spans": "CC0",
    "civil_toxic": "CC0",
    "cold_dev": "Apache-2.0",
    "cold_train": "Apache-2.0",
    "contrast": "Apache-2.0, written for this project",
    "davidson": "MIT",
    "edos": "CC0",
    "edos_sexist": "CC0",
    "germeval18": "CC BY 4.0",
    "goemotions": "CC BY 4.0",
    "hatemoji_build": "CC BY 4.0",
    "hatexplain": "MIT",
    "jigsaw_282": "CC0, text CC BY-SA 3.0",
    "jigsaw_2k6": "CC0, text CC BY-SA 3.0",
    "jigsaw_5k": "CC0, text CC BY-SA 3.0",
    "jigsaw_multi": "CC0, text CC BY-SA 3.0",
    "jigsaw_sentences_weak": "CC0, text CC BY-SA 3.0",
    "jigsaw_six": "CC0, text CC BY-SA 3.0",
    "mlma": "MIT",
    "paradetox": "CC0",
    "sbic_dev": "CC BY 4.0",
    "swsr_sexist": "MIT",
    "toldbr": "CC BY-SA 4.0",
    "uci_sms": "free with citation",
    "uci_youtube": "CC BY 4.0",
    "wiki_attacks": "CC0, text CC BY-SA 3.0",
    "wiki_cat": "Apache-2.0, text CC BY-SA 3.0",
}
