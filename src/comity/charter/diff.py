"""What changed from one charter to the next, in the words of the charter file.

The noun is `Diff`, the verb `diff`. Layout, comments and the order of keys are no change; neither
is another way of writing the same condition.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

from comity.charter.article import Article
from comity.charter.charter import Charter, Lesson
from comity.charter.procedures import Procedures
from comity.charter.terms import in_words
from comity.signals import Counter

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; `before` is None where it is new, `after` where it is gone."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """An article, value, list, counter or lesson with those of its fields that changed.

    `part` is the key of the file under which it stands; `name` is empty for the charter's own
    fields (its title, community and languages) and for its procedures.
    """

    kind: Kind
    part: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    old: Charter
    new: Charter
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints. Keys are only ever added."""
        return {
            "old": {"title": self.old.title, "sha256": self.old.sha256},
            "new": {"title": self.new.title, "sha256": self.new.sha256},
            "same": self.old.sha256 == self.new.sha256,
            "changes": [
                {
                    "kind": change.kind,
                    "part": change.part,
                    "name": change.name,
                    "fields": [
                        {"field": field.field, "before": field.before, "after": field.after}
                        for field in change.fields
                    ],
                }
                for change in self.changes
            ],
        }


def diff(old: Charter, new: Charter) -> Diff:
    """Compare two charters; changes come in the order of the file, what is gone at the end."""
    both = {article.id for article in old.articles} & {article.id for article in new.articles}
    before, after = _parts(old, both), _parts(new, both)
    changes = [_change(*key, before.get(key), after.get(key)) for key in {**after, **before}]
    told = [change for change in changes if change.fields]
    return Diff(old, new, tuple(sorted(told, key=lambda change: _PARTS.index(change.part))))


@dataclass(frozen=True, slots=True)
class _Text:
    """What a field says: `meaning` tells whether it changed, `shown` is how it was written."""

    meaning: str
    shown: str


_Key = tuple[str, str]
"""The field, and what tells several of its name apart."""
_Fields = Mapping[_Key, _Text]
_PARTS: Final = ("charter", "values", "lists", "counters", "lessons", "articles", "procedures")


def _change(part: str, name: str, before: _Fields | None, after: _Fields | None) -> Change:
    was, now = before or {}, after or {}
    fields = tuple(
        FieldChange(key[0], _shown(was.get(key)), _shown(now.get(key)))
        for key in {**now, **was}
        if _meaning(was.get(key)) != _meaning(now.get(key))
    )
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    return Change(kind, part, name, fields)


def _shown(text: _Text | None) -> str | None:
    return text.shown if text else None


def _meaning(text: _Text | None) -> str | None:
    return text.meaning if text else None


def _parts(charter: Charter, ordered: Set[str]) -> dict[tuple[str, str], _Fields]:
    """Everything that has fields, by part and name; of the articles in `ordered` the order too."""
    order = ", ".join(article.id for article in charter.articles if article.id in ordered)
    own = {
        "charter": charter.title,
        "community": charter.community,
        "languages": ", ".join(charter.languages),
        "order of articles": order,
    }
    return {
        ("charter", ""): _fields(own.items()),
        **{("values", name): _fields(texts.items()) for name, texts in charter.values.items()},
        **{("lists", name): _items("item", items) for name, items in charter.lists.items()},
        **{("counters", counter.name): _counter(counter) for counter in charter.counters},
        **{("lessons", name): _lesson(lesson) for name, lesson in charter.lessons.items()},
        **{("articles", article.id): _article(article) for article in charter.articles},
        ("procedures", ""): _procedures(charter.procedures),
    }


def _counter(counter: Counter) -> _Fields:
    return _fields(
        [("count", counter.count), ("by", counter.by), ("within", in_words(counter.within))]
    )


def _lesson(lesson: Lesson) -> _Fields:
    return _fields([*_translated("title", lesson.title), *_translated("text", lesson.text)])


def _article(article: Article) -> _Fields:
    account, duration = article.account, article.duration
    expected = article.expected_share
    plain = {
        "value": article.value,
        **dict(_translated("title", article.title)),
        **dict(_translated("text", article.text)),
        "then.remedy": article.remedy.value,
        "then.account": account.value if account else None,
        "then.for": in_words(duration) if duration else None,
        "lesson": article.lesson,
        "trial": "true" if article.trial else None,
        "expect": None if expected is None else f"{100 * expected:g}%",
    }
    condition = _Text(article.condition.canonical, article.condition.text)
    return {
        ("when", ""): condition,
        **_fields((field, text) for field, text in plain.items() if text is not None),
        **_items("examples.violates", article.examples.violates),
        **_items("examples.allows", article.examples.allows),
    }


def _procedures(procedures: Procedures) -> _Fields:
    return _fields(
        (name, in_words(value) if isinstance(value, timedelta) else f"{value:g}")
        for name, value in procedures.items()
    )


def _fields(texts: Iterable[tuple[str, str]]) -> _Fields:
    return {(field, ""): _Text(text, text) for field, text in texts}


def _items(field: str, items: Iterable[str]) -> _Fields:
    """Each item by itself: one is added or removed, never changed."""
    return {(field, item): _Text(item, item) for item in items}


def _translated(field: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for language, text in texts.items():
        yield f"{field}.{language}", text
