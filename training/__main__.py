"""`python -m training [views] [language] [model] [--data FOLDER] [--out FOLDER]`."""

import argparse
import sys
from pathlib import Path

from training import corpus, language, pipeline, words
from training.alphabet import characters, join
from training.pack import write_arrays

PACKAGE = Path(__file__).parent.parent / "src" / "comity" / "signals"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    stages = ["views", "language", "model"]
    parser.add_argument("stages", nargs="*", choices=stages, default="model")
    parser.add_argument("--data", type=Path, default=corpus.DEFAULT)
    parser.add_argument("--out", type=Path, default=PACKAGE)
    arguments = parser.parse_args()
    try:
        corpus.check(arguments.data)
    except corpus.MissingDataError as error:
        print(error, file=sys.stderr)
        return 1
    if "views" in arguments.stages:
        sections = characters()
        table = join(
            [
                *sections,
                *words.word_list(corpus.texts(arguments.data), join([*sections, *words.NONE])),
            ]
        )
        write_arrays(arguments.out / "views.npz", {"table": table})
    if "language" in arguments.stages:
        language.make_language_model(arguments.out / "language.npz")
    if "model" in arguments.stages:
        pipeline.make_model(arguments.data, arguments.out / "models" / pipeline.VERSION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
