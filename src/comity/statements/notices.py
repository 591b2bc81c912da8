"""Letters that give no grounds anew: what was lifted, what an appeal and a report came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from comity.charter import Article, Charter
from comity.charter.remedy import Remedy
from comity.statements.letter import Letter, Passage, Section, quoted
from comity.statements.statement import Decider, Occasion
from comity.statements.words import Language, Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an appeal came to: whether the decision stands, by how many votes, and why.

    `article` is that of the decision. A steward, who decides where no jury can, has no votes.
    """

    stands: bool
    article: Article | None
    uphold: int
    overturn: int
    reasons: tuple[str, ...]


def tell_lifted(
    charter: Charter, occasion: Occasion, language: Language, *, by_reviewer: str = ""
) -> Letter:
    """Tell the author that a reviewer has found nothing to restrict in their post."""
    words = Words(language)
    day = words.day(occasion.posted)
    who = [_say(words, "lifted_who_reviewer")]
    if by_reviewer:
        who += [_say(words, "own_words"), Passage(by_reviewer, "und", form="quoted")]
    return _letter(
        words,
        "title_lifted",
        occasion,
        what=(
            _say(words, "lifted", day=day, community=charter.title),
            _say(words, "lifted_sorry"),
        ),
        who=who,
    )


def tell_verdict(
    charter: Charter, occasion: Occasion, verdict: Verdict, language: Language
) -> Letter:
    """Tell the author what their appeal came to, with the words of those who decided it."""
    words = Words(language)
    day = words.day(occasion.posted)
    jury = occasion.decider is Decider.JURY
    outcome = "stands" if verdict.stands else "lifted"
    what = [_say(words, outcome, day=day, community=charter.title)]
    if not verdict.stands:
        what.append(_say(words, "lifted_sorry"))
    who = [_say(words, "verdict_who_jury" if jury else "verdict_who_steward")]
    if jury:
        votes = {"uphold": verdict.uphold, "overturn": verdict.overturn}
        who.append(_say(words, "verdict_votes", **votes))
    who.append(_say(words, "verdict_reasons" if jury else "own_words"))
    who += [Passage(reason, "und", form="quoted") for reason in verdict.reasons]
    return _letter(
        words,
        f"title_{outcome}",
        occasion,
        what=what,
        why=tuple(quoted([verdict.article], words)) if verdict.stands and verdict.article else (),
        who=who if verdict.reasons else who[:-1],
        objecting=(_say(words, "verdict_final"), _say(words, "objecting_elsewhere"))
        if verdict.stands
        else (),
    )


def tell_reporter(
    charter: Charter,
    occasion: Occasion,
    reported: datetime,
    remedy: Remedy,
    article: Article | None,
    language: Language,
    *,
    objection_until: datetime | None = None,
    final: bool = False,
) -> Letter:
    """Tell who reported a post what became of it: of the post, and of nothing about its author.

    `occasion` is that of the decision, `reported` when they reported the post. `objection_until`
    is the last time at which they can object, `final` whether nobody here looks at it again.
    """
    words = Words(language)
    thanks = "report_thanks_jury" if occasion.decider is Decider.JURY else "report_thanks"
    return _letter(
        words,
        "title_report",
        occasion,
        what=(
            _say(words, thanks, day=words.day(reported), community=charter.title),
            _say(words, f"report_{remedy.value}"),
            _say(words, "report_private"),
        ),
        why=_why(article, remedy, words),
        objecting=(
            *([_say(words, "verdict_final")] if final else ()),
            *_how_reporters_object(objection_until, words),
            _say(words, "objecting_elsewhere"),
        ),
    )


def _why(article: Article | None, remedy: Remedy, words: Words) -> Iterator[Passage]:
    if article is not None and remedy > Remedy.ALLOW:
        yield from quoted([article], words)


def _how_reporters_object(until: datetime | None, words: Words) -> Iterator[Passage]:
    if until is not None:
        yield _say(words, "report_objecting", day=words.day(until))


def _say(words: Words, phrase: str, **values: object) -> Passage:
    return Passage(words(phrase, **values), words.language)


def _letter(
    words: Words, title: str, occasion: Occasion, **sections: Sequence[Passage] | Iterator[Passage]
) -> Letter:
    told = ((name, tuple(passages)) for name, passages in sections.items())
    return Letter(
        words.language,
        words(title),
        tuple(Section(name, words(name), passages) for name, passages in told if passages),
        words("reference", reference=occasion.reference),
    )
