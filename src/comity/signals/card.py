"""The model card as a page of the docs: what the model can do, how well, and where it fails.

Every figure comes from the card that lies beside the model.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Card = Mapping[str, Any]

_SIDE: Final = 120
"""The side of a reliability diagram, in pixels."""
_OFTEN: Final = 0.7
_SOME: Final = 20


def card_page(card: Card) -> str:
    """The page in Markdown, with drawings in SVG."""
    return (
        "\n\n".join(
            part
            for section in (
                _about,
                _faults,
                _attributes,
                _unseen,
                _second_look,
                _calibration,
                _contrast,
                _fairness,
            )
            for part in section(card)
        )
        + "\n\n"
        + "\n\n".join(_sources(card))
        + "\n"
    )


def _about(card: Card) -> Iterator[str]:
    yield "# The model card"
    yield (
        f"`{card['name']}` {card['version']}, sha256 `{card['sha256']}`. The same card is at "
        "`/v1/model` of a running server. A score is the share of readers who would say so of the "
        "comment, and can be wrong: people have the last word."
    )
    yield _table(("tier", "how"), [(f"`{name}`", card["method"][name]) for name in card["tiers"]])
    if card["not_shipped"]:
        names = ", ".join(f"`{name}`" for name in card["not_shipped"])
        yield (
            "Not shipped, because a word list or the length of a comment ranks as well, or because "
            f"only sentences of our own were there to learn and test it on: {names}."
        )


def _faults(card: Card) -> Iterator[str]:
    yield "## Where it fails"
    yield (
        "Kinds of sentences that it takes for the opposite more than three times in ten, the worst "
        "first, of those with at least 20 sentences held out of training:"
    )
    worst = sorted(
        (found["right"], kind, found)
        for kind, found in card["contrast"].items()
        if found["right"] < _OFTEN and found["sentences"] >= _SOME
    )
    yield (
        "\n".join(
            f"- {kind}: readers {found['readers']:.2f}, the model {found['mean']:.2f} on average; "
            f"{right:.0%} on their side"
            for right, kind, found in worst
        )
        or "None."
    )


def _attributes(card: Card) -> Iterator[str]:
    yield "## How well it ranks"
    yield (
        "Measured on comments it never saw (one in ten). AUC: of two comments, one labelled so by "
        "people and one not, how often the right one scores higher; in brackets the 95 % interval. "
        "An attribute is shipped in a language only if it beats both baselines. “Ours”: nobody has "
        "labelled enough comments, so it is measured on sentences written for this project alone, "
        "in patterns held out of training; trust these figures less."
    )
    rows = []
    for name, about in card["attributes"].items():
        for language, found in about["test"].items():
            low, high = found["interval"]
            fast = about["fast"].get(language)
            rows.append(
                (
                    f"`{name}`",
                    language,
                    f"{found['auc']:.3f} ({low:.3f}–{high:.3f})",
                    "–" if fast is None else f"{fast:.3f}",
                    f"{found['words_auc']:.3f}",
                    f"{found['length_auc']:.3f}",
                    f"{found['positives']:,} of {found['comments']:,}"
                    + (" (ours)" if found.get("ours") else ""),
                    "yes" if found["shipped"] else "no",
                )
            )
    head = (
        "attribute",
        "language",
        "AUC",
        "fast tier",
        "words",
        "length",
        "so labelled",
        "shipped",
    )
    yield _table(head, rows)


def _unseen(card: Card) -> Iterator[str]:
    if "unseen" not in card:
        return
    yield "## On a corpus it never saw"
    yield (
        "Comments of one corpus share authors, matters and the way they were picked. So the fast "
        "tier was learnt again without each corpus in turn, and measured on that corpus's held-out "
        "comments: toxicity's AUC, beside the one of what was learnt with the rest of the corpus. "
        "“Left out” is nearer to what a new community meets. `contrast` are the sentences "
        "written for this project."
    )
    yield _table(
        ("corpus", "language", "toxic", "learnt from", "left out", "loss"),
        [
            (
                f"`{each['corpus']}`",
                each["language"],
                f"{each['positives']:,} of {each['comments']:,}",
                f"{each['seen']:.3f}",
                f"{each['unseen']:.3f}",
                f"{each['seen'] - each['unseen']:.3f}",
            )
            for each in card["unseen"]
        ],
    )


def _second_look(card: Card) -> Iterator[str]:
    if "second_look" not in card:
        return
    look = card["second_look"]
    yield "## The second look"
    yield (
        f"The encoder is asked about {look['everyday_comments_opened']:.0%} of everyday comments: "
        "those for which a fast score leaves something open. What that costs in toxicity's AUC:"
    )
    yield _table(
        ("language", "fast", "as shipped", "encoder on everything"),
        [
            (language, *(f"{found[name]:.4f}" for name in ("fast", "cascade", "encoder")))
            for language, found in look["auc"].items()
        ],
    )


def _calibration(card: Card) -> Iterator[str]:
    yield "## What a score means"
    yield (
        "Of the comments with a score near x, a share of about x should be what the score says. "
        "Each dot is a tenth of the scale, at its mean score (across) and the share of readers "
        "(up); its size tells how many comments it stands for. On the line they agree."
    )
    for name, languages in card["reliability"].items():
        drawings = "".join(_diagram(f"{name}, {tag}", dots) for tag, dots in languages.items())
        if drawings:
            yield f"**{name}**"
            yield f'<div class="reliability">{drawings}</div>'
    yield (
        "How many of the comments near a score are so depends on how many are so at all. The "
        "curves take comments to be as they are where people ask for moderation, so many of them "
        "what the attribute says:"
    )
    yield _table(
        ("attribute", "share of comments"),
        [(f"`{name}`", f"{each['base_rate']:.0%}") for name, each in card["attributes"].items()],
    )
    yield (
        "Where it is rarer, fewer of the comments at a score are so than it says. [Where to draw "
        "the line](../guides/thresholds.md) tells why these shares, and what to do on a calmer "
        "site."
    )
    yield "### Thresholds"
    yield (
        "Where to draw a line depends on how common the matter is. For each base rate, the "
        "threshold with the best balance of precision (of those it catches, how many are so) and "
        "recall (of those that are so, how many it catches). They rest on the comments counted "
        "above; where those are few, so that hardly any harmless one could be caught, trust the "
        "precision less."
    )
    served = {
        name: each["languages"][card["tiers"][-1]] for name, each in card["attributes"].items()
    }
    yield _table(
        ("attribute", "language", "base rate", "threshold", "precision", "recall"),
        [
            (
                f"`{each['attribute']}`",
                each["language"],
                f"{each['base_rate']:.0%}",
                f"{each['threshold']:.2f}",
                f"{each['precision']:.0%}",
                f"{each['recall']:.0%}",
            )
            for each in card["thresholds"]
            if each["language"] in served[each["attribute"]]
        ],
    )


def _contrast(card: Card) -> Iterator[str]:
    yield "## Sentences that mislead models"
    yield (
        "Written for this project, in patterns of which a part was held out of training; these "
        "figures are on the held-out ones. “On their side”: the score is on the same side of 0.5 "
        "as the readers."
    )
    yield _table(
        ("kind", "sentences", "readers", "mean score", "on their side"),
        [
            (
                kind,
                str(found["sentences"]),
                f"{found['readers']:.2f}",
                f"{found['mean']:.2f}",
                f"{found['right']:.0%}",
            )
            for kind, found in card["contrast"].items()
        ],
    )


def _fairness(card: Card) -> Iterator[str]:
    yield "## Identity terms"
    yield (
        "The same sentences with each of some fifty identity terms. The gap is between the term "
        "whose harmless sentences are most often flagged and the one where they are least often; "
        "the areas are those of the worst term."
    )
    yield _table(
        ("language", "terms", "gap", "most flagged", "subgroup AUC", "BPSN AUC", "BNSP AUC"),
        [
            (
                language,
                str(found["terms"]),
                f"{found['false_positive_gap']:.2f}",
                found["most_false_positives"],
                *(f"{found[name]:.3f}" for name in ("subgroup_auc", "bpsn_auc", "bnsp_auc")),
            )
            for language, found in card["fairness"].items()
        ],
    )
    if spans := card.get("spans"):
        yield "## Explanation"
        yield (
            f"The words that a score names as its reason agree with those that people marked in "
            f"{spans['comments']:,} toxic comments to a character F1 of "
            f"{spans['character_f1']:.2f}."
        )


def _sources(card: Card) -> Iterator[str]:
    yield "## What it learnt from"
    yield _table(
        ("source", "comments", "licence"),
        [(each["name"], f"{each['comments']:,}", each["licence"]) for each in card["sources"]],
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _diagram(title: str, dots: Sequence[Mapping[str, float]]) -> str:
    heaviest = max(dot["weight"] for dot in dots)
    circles = "".join(
        f'<circle cx="{_SIDE * dot["score"]:.1f}" cy="{_SIDE * (1 - dot["readers"]):.1f}" '
        f'r="{2 + 4 * (dot["weight"] / heaviest) ** 0.5:.1f}"/>'
        for dot in dots
    )
    told = "; ".join(f"{dot['score']:.2f}: {dot['readers']:.2f}" for dot in dots)
    return (
        f'<figure><svg viewBox="-8 -8 {_SIDE + 16} {_SIDE + 16}" role="img" '
        f'aria-label="{title}. {told}" fill="currentColor">'
        f'<path d="M0 {_SIDE}V0M0 {_SIDE}H{_SIDE}M0 {_SIDE}L{_SIDE} 0" fill="none" '
        f'stroke="currentColor" opacity="0.4"/>{circles}</svg>'
        f"<figcaption>{title}</figcaption></figure>"
    )
