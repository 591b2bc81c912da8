"""Lessons as members take them: read, answered, completed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.safestring import SafeString

from comity.charter import Article, Charter, Choice, Material, Materials, read_material, render
from comity.server.console.words import Localised, in_language
from comity.server.learning.models import Completion, LessonText
from comity.server.members.identities import identities_of
from comity.server.members.models import Community, Person
from comity.server.review.lifecycles import StrikeState
from comity.server.review.models import Strike
from comity.server.review.services.strikes import redeem


@dataclass(frozen=True, slots=True)
class LessonCompleted:
    """Someone completed a lesson for the first time: it lifts one strike under its `articles`."""

    person: Person
    community: Community
    lesson: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A scenario as it is shown: with the choice that was made, if one was."""

    number: int
    story: str
    choices: tuple[Choice, ...]
    chosen: int | None

    @property
    def answer(self) -> Choice | None:
        return None if self.chosen is None else self.choices[self.chosen]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One lesson in one language; what stands beside the charter has the body and the quiz."""

    id: str
    title: Localised
    summary: Localised
    body: SafeString
    language: str
    quiz: tuple[Asked, ...]
    articles: tuple[Localised, ...]

    @property
    def answered(self) -> bool:
        """Whether anything was chosen."""
        return any(asked.chosen is not None for asked in self.quiz)

    @property
    def passed(self) -> bool:
        """Whether every scenario was answered with a choice that helps."""
        return bool(self.quiz) and all(asked.answer and asked.answer.good for asked in self.quiz)


@transaction.atomic
def keep(community: Community, materials: Materials) -> None:
    """Keep what stands beside the charter, so that the server has it when the files are gone."""
    LessonText.objects.filter(community=community).delete()
    LessonText.objects.bulk_create(
        LessonText(community=community, lesson=lesson, language=language, source=material.source)
        for (lesson, language), material in materials.items()
    )


def kept(community: Community) -> Materials:
    """What was kept last."""
    texts = LessonText.objects.filter(community=community).order_by("lesson", "language")
    return {(each.lesson, each.language): read_material(each.source, str(each)) for each in texts}


def page(
    charter: Charter,
    materials: Materials,
    lesson: str,
    language: str,
    answers: Mapping[str, str] | None = None,
) -> LessonPage:
    """A lesson of the charter for a reader; `answers` by the number of the scenario, from 0."""
    told = charter.lessons[lesson]
    taught = {tag: material for (name, tag), material in materials.items() if name == lesson}
    tag = in_language({each: each for each in taught}, language).text if taught else language
    material = taught.get(tag)
    return LessonPage(
        id=lesson,
        title=in_language(told.title, language),
        summary=in_language(told.text, language),
        # Made by our renderer, which lets no HTML of the author's through.
        body=SafeString(render(material.text) if material else ""),
        language=tag,
        quiz=_asked(material, answers or {}) if material else (),
        articles=tuple(in_language(a.title, language) for a in articles_of(charter, lesson)),
    )


def pages(charter: Charter, materials: Materials, language: str) -> list[LessonPage]:
    """All lessons that the charter names."""
    return [page(charter, materials, lesson, language) for lesson in charter.lessons]


def articles_of(charter: Charter, lesson: str) -> Sequence[Article]:
    """The articles that send their authors to the lesson."""
    return [article for article in charter.articles if article.lesson == lesson]


@transaction.atomic
def complete(
    person: Person, community: Community, charter: Charter, lesson: str, now: datetime
) -> bool:
    """Remember that the person completed the lesson, and return whether that lifted a strike.

    Doing it again changes nothing: a lesson is learnt once.
    """
    _, first = Completion.objects.get_or_create(
        person=person, community=community, lesson=lesson, defaults={"completed": now.date()}
    )
    if not first:
        return False
    named = tuple(article.id for article in articles_of(charter, lesson))
    return _lift_a_strike(LessonCompleted(person, community, lesson, named), now)


def _lift_a_strike(effect: LessonCompleted, now: datetime) -> bool:
    """End the newest strike that the lesson is about, if the person has one."""
    own = Q()
    for source, member in identities_of(effect.person, effect.community):
        own |= Q(source=source, member=member)
    if not own:
        return False
    counting = Strike.objects.filter(
        own,
        community=effect.community,
        article__in=effect.articles,
        state=StrikeState.COUNTING,
        expires__gt=now,
    )
    strike = counting.order_by("-pk").first()
    if strike is None:
        return False
    redeem(strike, now)
    return True


def completed(person: Person, community: Community) -> frozenset[str]:
    """The lessons that the person has completed."""
    done = Completion.objects.filter(person=person, community=community)
    return frozenset(done.values_list("lesson", flat=True))


def _asked(material: Material, answers: Mapping[str, str]) -> tuple[Asked, ...]:
    return tuple(
        Asked(number, each.story, each.choices, _chosen(answers.get(str(number)), each.choices))
        for number, each in enumerate(material.quiz)
    )


def _chosen(answer: str | None, choices: Sequence[Choice]) -> int | None:
    """The place of a choice as a form has it; None for anything else."""
    places = {str(place): place for place in range(len(choices))}
    return places.get(answer or "")
