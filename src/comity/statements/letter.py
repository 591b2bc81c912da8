"""The statement as a letter: plain, short and exact, in the language of whoever receives it.

`comity.statements.notices` writes the letters that give no reasons, in the same form.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from comity.charter import Article
from comity.charter.remedy import AccountRemedy, Remedy
from comity.decisions import WHOLE_TEXTS, Evidence
from comity.signals import Source, Value
from comity.statements.statement import Decider, Ground, StatementOfReasons
from comity.statements.words import Language, Words

_SHOWN: Final = 12
"""Measurements in a letter: the strongest reasons come first, and a list is to be read."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. What is `quoted` was written by the charter or a reviewer, not by us."""

    text: str
    language: str
    form: Literal["plain", "quoted", "item"] = "plain"

    @property
    def lines(self) -> list[str]:
        """Of an article: its title, then its text."""
        return self.text.splitlines()


@dataclass(frozen=True, slots=True)
class Section:
    """`name` is `what`, `why`, `facts`, `who`, `long` or `objecting`."""

    name: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    language: Language
    title: str
    sections: tuple[Section, ...]
    reference: str

    @property
    def text(self) -> str:
        """The letter for a message without markup."""
        blocks = [self.title]
        for section in self.sections:
            paragraphs = [_plain(passage) for passage in section.passages]
            blocks.append("\n".join((section.title, *paragraphs)))
        return "\n\n".join((*blocks, self.reference))


def tell(statement: StatementOfReasons, language: Language) -> Letter:
    """Write the letter. What the charter says in no such language is quoted in its own, and so
    marked."""
    writer = _Writer(statement, Words(language))
    sections = {
        "what": writer.what(),
        "why": writer.why(),
        "facts": writer.facts(),
        "who": writer.who(),
        "long": writer.long(),
        "objecting": writer.objecting(),
    }
    words = writer.words
    return Letter(
        language,
        words(f"title_{_named(statement)}"),
        tuple(Section(name, words(name), tuple(told)) for name, told in sections.items()),
        words("reference", reference=statement.occasion.reference),
    )


def in_language(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """A text of the charter and the language it is in: the asked one, or else the first."""
    base = language.partition("-")[0]
    alike = (tag for tag in texts if tag.partition("-")[0] == base)
    tag = language if language in texts else next(alike, next(iter(texts)))
    return texts[tag], tag


def quoted(articles: Sequence[Article], words: Words) -> Iterator[Passage]:
    """Articles in the charter's own words."""
    language = words.language
    phrase = "why_one" if len(articles) == 1 else "why_many"
    yield Passage(words(phrase, n=len(articles)), language)
    for article in articles:
        title, _ = in_language(article.title, language)
        text, tag = in_language(article.text, language)
        yield Passage(f"{title}\n{text}", tag, form="quoted")
        if tag.partition("-")[0] != language.partition("-")[0]:
            yield Passage(words("only_in", language=words.language_name(tag)), language)


@dataclass(frozen=True, slots=True)
class _Writer:
    statement: StatementOfReasons
    words: Words

    def say(self, phrase: str, **values: object) -> Passage:
        return Passage(self.words(phrase, **values), self.words.language)

    def what(self) -> Iterator[Passage]:
        statement = self.statement
        shown = statement.remedy.value if statement.restricts_post else "allow"
        day = self.words.day(statement.occasion.posted)
        yield self.say(f"what_{shown}", day=day, community=statement.charter.title)
        if statement.account:
            yield self.say(f"account_{statement.account.value}")
        if self.waits:
            yield self.say("not_guilt")

    def why(self) -> Iterator[Passage]:
        articles = [ground.article for ground in self.statement.grounds]
        yield from quoted(articles, self.words)

    def facts(self) -> Iterator[Passage]:
        measured = list(_distinct(self.statement.grounds))[:_SHOWN]
        if measured:
            catalogue = self.statement.charter.catalogue
            sources = {catalogue[e.signal].source for e in measured if e.signal in catalogue}
            yield self.say("facts_scored" if Source.MODEL in sources else "facts_measured")
            for evidence in measured:
                yield Passage(self.fact(evidence), self.words.language, form="item")
        else:
            yield self.say("facts_read")
        if self.statement.occasion.reported:
            yield self.say("reported")
        if self.statement.words:
            yield self.say("own_words")
            # Whoever wrote it chose the language; nothing tells which it was.
            yield Passage(self.statement.words, "und", form="quoted")

    def who(self) -> Iterator[Passage]:
        occasion = self.statement.occasion
        phrase = f"who_{occasion.decider.value}"
        if occasion.decider is Decider.SOFTWARE:
            yield self.say(phrase if occasion.detected else f"{phrase}_reported")
        else:
            yield self.say(f"{phrase}_detected" if occasion.detected else phrase)

    def long(self) -> Iterator[Passage]:
        statement, words = self.statement, self.words
        if self.waits:
            yield self.say("long_hold")
        elif statement.restricts_post and statement.post_lasts and statement.post_ends:
            length, end = words.length(statement.post_lasts), words.moment(statement.post_ends)
            yield self.say("long_ends", length=length, end=end)
        elif statement.restricts_post:
            yield self.say("long_open")
        if statement.account is None or statement.account is AccountRemedy.WARN:
            return
        if statement.account_lasts and statement.account_ends:
            length = words.length(statement.account_lasts)
            yield self.say(
                "long_account_ends", length=length, end=words.moment(statement.account_ends)
            )
        else:
            yield self.say("long_account_open")

    def objecting(self) -> Iterator[Passage]:
        yield self.say("objecting_how", day=self.words.day(self.statement.objection_until))
        yield self.say("objecting_elsewhere")

    @property
    def waits(self) -> bool:
        """Whether the post waits for a person, and has met none yet."""
        statement = self.statement
        return statement.remedy is Remedy.HOLD and statement.occasion.decider is Decider.SOFTWARE

    def fact(self, evidence: Evidence) -> str:
        if evidence.signal in WHOLE_TEXTS:
            return self.words("fact_text")
        signal = self.statement.charter.catalogue.get(evidence.signal)
        meaning = in_language(signal.meaning, self.words.language)[0] if signal else evidence.signal
        if evidence.value is None:
            return self.words("fact_unknown", meaning=meaning)
        shown = self.value(evidence.value)
        return self.words("fact", meaning=meaning, value=shown) if shown else meaning

    def value(self, value: Value) -> str:
        match value:
            case ():
                return ""
            case bool():
                return self.words("yes" if value else "no")
            case float():
                return f"{value:.2f}"
            case tuple():
                return self.words("comma").join(value)
            case _:
                return str(value)


def _named(statement: StatementOfReasons) -> str:
    """What the title speaks of: the account where that is what is restricted most."""
    account = statement.account
    if account and account >= AccountRemedy.MUTE and statement.remedy < Remedy.REMOVE:
        return account.value
    return statement.remedy.value


def _distinct(grounds: tuple[Ground, ...]) -> Iterator[Evidence]:
    """The measurements of all grounds, each once."""
    seen: set[str] = set()
    for ground in grounds:
        for evidence in ground.facts:
            if evidence.signal not in seen:
                seen.add(evidence.signal)
                yield evidence


def _plain(passage: Passage) -> str:
    match passage.form:
        case "quoted":
            return "\n".join(f"> {line}" for line in passage.lines)
        case "item":
            return f"- {passage.text}"
        case "plain":
            return passage.text
