"""`python -m training [STAGE ...]`: by default `fit`, `unseen`, `encoder` and `model`."""

import argparse
import sys
from pathlib import Path

from training import corpus, language, pipeline, wording, wordplay, words
from training.alphabet import characters, join
from training.pack import write_arrays

STAGES = {
    "views": "the table of characters and words that undoes disguise",
    "language": "the model that tells languages",
    "fit": "learn the weights of the fast tier",
    "unseen": "learn without each corpus in turn, and measure on it",
    "encoder": "teach the full tier's encoder, about an hour (needs the extra `training`)",
    "model": "calibrate both, evaluate and pack them",
    "wording": "learn kinder wordings, and measure them",
}
DEFAULT = ["fit", "unseen", "encoder", "model"]
PACKAGE = Path(__file__).parent.parent / "src" / "comity" / "signals"


def main() -> int:
    meanings = "; ".join(f"{stage}: {meaning}" for stage, meaning in STAGES.items())
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("stages", nargs="*", default=DEFAULT, help=meanings)
    parser.add_argument("--data", type=Path, default=corpus.DEFAULT, help="the labelled comments")
    parser.add_argument("--out", type=Path, default=PACKAGE, help="where the shipped files go")
    parser.add_argument("--work", type=Path, default=Path(".comity/training"), help="what is kept")
    arguments = parser.parse_args()
    if unknown := set(arguments.stages) - set(STAGES):
        parser.error(f"no stage {', '.join(unknown)}; there are {', '.join(STAGES)}")
    try:
        corpus.check(arguments.data)
    except corpus.MissingDataError as error:
        print(error, file=sys.stderr)
        return 1
    for stage in arguments.stages:
        _run(stage, arguments.data, arguments.work, arguments.out)
    return 0


def _run(stage: str, data: Path, work: Path, out: Path) -> None:
    match stage:
        case "views":
            plain = characters()
            bare = join([*plain, *words.NONE, *wordplay.NONE])
            listed = words.word_list(corpus.texts(data), bare)
            table = join([*plain, *listed, *wordplay.wordplay(bare)])
            write_arrays(out / "views.npz", {"table": table})
        case "language":
            language.make_language_model(out / "language.npz")
        case "fit":
            pipeline.learn(data, work)
        case "unseen":
            pipeline.leave_out(data, work)
        case "encoder":
            from training.encoder.stage import make_encoder  # PyTorch is not for everyone

            make_encoder(pipeline.examples_of(data), work)
        case "model":
            pipeline.make_model(data, work, out / "models" / pipeline.VERSION)
        case "wording":
            wording.learn(data, out.parent / "wording")
            for figure, value in wording.measure(data).items():
                print(f"{figure}: {value:.4g}")


if __name__ == "__main__":
    sys.exit(main())
