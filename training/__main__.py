"""`python -m training [views] [model] [--data FOLDER] [--out FOLDER]`."""

import argparse
import sys
from pathlib import Path

from training import corpus, pipeline, words
from training.alphabet import characters, join
from training.pack import write_arrays

PACKAGE = Path(__file__).parent.parent / "src" / "comity" / "signals"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("stages", nargs="*", choices=["views", "model"], default="model")
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
    if "model" in arguments.stages:
        pipeline.make_model(arguments.data, arguments.out / "models" / pipeline.VERSION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
