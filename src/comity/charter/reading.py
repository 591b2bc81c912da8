"""From a file to a `Charter`, or to every mistake in the file."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from comity.charter.article import Article, Examples
from comity.charter.charter import Charter, Lesson
from comity.charter.condition import Condition, ConditionError, Problem
from comity.charter.document import (
    MAX_BYTES,
    MAX_DIAGNOSTICS,
    CharterError,
    Document,
    Items,
    Scalar,
    decode,
    plain,
    read_document,
)
from comity.charter.explain import explain
from comity.charter.names import catalogue_with
from comity.charter.references import loose_ends
from comity.charter.schema import ArticleForm, CharterForm
from comity.errors import Diagnostic, Severity
from comity.signals import Counter


def read_text(path: Path) -> str:
    """The text of a charter file; CharterError where it is too long or not UTF-8, or OSError."""
    with path.open("rb") as file:
        return decode(file.read(MAX_BYTES + 1), str(path))


def read_charter(source: str, file: str) -> Charter:
    """Put a charter together, or raise CharterError."""
    return read_with_document(source, file)[0]


def read_with_document(source: str, file: str) -> tuple[Charter, Document]:
    """The charter, and the document that knows where each part of it stands."""
    document = read_document(source, file)
    form, misshapen = _form(document)
    conditions, misworded = _conditions(document)
    loose = islice(loose_ends(document), MAX_DIAGNOSTICS)
    mistakes = [*document.mistakes, *misshapen, *misworded, *loose]
    if mistakes or form is None:
        raise CharterError(in_file_order(mistakes)[:MAX_DIAGNOSTICS])
    return _charter(form, conditions, document, source), document


def in_file_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors before warnings, each from the top of the file to its end."""
    return sorted(
        diagnostics, key=lambda found: (found.severity == "warning", found.line, found.column)
    )


def _form(document: Document) -> tuple[CharterForm | None, list[Diagnostic]]:
    try:
        return CharterForm.model_validate(plain(document.root)), []
    except ValidationError as error:
        mistakes = error.errors(include_url=False)[:MAX_DIAGNOSTICS]
        return None, [explain(mistake, document) for mistake in mistakes]


def _conditions(document: Document) -> tuple[list[Condition], list[Diagnostic]]:
    catalogue = catalogue_with(document.names("counters"))
    lists = _lists(document)
    conditions = []
    mistakes: list[Diagnostic] = []
    for _, written in document.texts("articles", ..., "when"):
        if len(mistakes) >= MAX_DIAGNOSTICS:
            break
        try:
            conditions.append(Condition.parse(written.text.strip(), catalogue, lists))
        except ConditionError as error:
            mistakes += [locate(problem, written, document) for problem in error.problems]
    return conditions, mistakes


def locate(
    problem: Problem, written: Scalar, document: Document, severity: Severity = "error"
) -> Diagnostic:
    """Say what is wrong with a condition where it stands in the file."""
    before = len(written.text) - len(written.text.lstrip())
    return document.diagnose_part(
        written,
        before + problem.begin,
        before + problem.end,
        problem.message,
        problem.hint,
        severity,
    )


def _lists(document: Document) -> Mapping[str, tuple[str, ...]]:
    return {
        str(name): tuple(item.text.strip() for item in node.items if isinstance(item, Scalar))
        for (_, name), node in document.scan("lists", ...)
        if isinstance(node, Items)
    }


def _charter(
    form: CharterForm, conditions: Sequence[Condition], document: Document, source: str
) -> Charter:
    lines = [document.line(node) for _, node in document.scan("articles", ...)]
    return Charter(
        title=form.charter,
        community=form.community,
        languages=tuple(form.languages),
        values=form.values,
        articles=tuple(
            _article(*parts) for parts in zip(form.articles, conditions, lines, strict=True)
        ),
        lists={name: tuple(texts) for name, texts in form.lists.items()},
        counters=tuple(
            Counter(name, counter.count, counter.by, counter.within)
            for name, counter in sorted(form.counters.items())
        ),
        lessons={name: Lesson(lesson.title, lesson.text) for name, lesson in form.lessons.items()},
        procedures=form.procedures.procedures(),
        source=source,
    )


def _article(form: ArticleForm, condition: Condition, line: int) -> Article:
    return Article(
        id=form.id,
        value=form.value,
        title=form.title,
        text=form.text,
        condition=condition,
        remedy=form.then.remedy,
        account=form.then.account,
        duration=form.then.duration,
        lesson=form.lesson,
        trial=form.trial,
        expected_share=form.expect,
        examples=Examples(tuple(form.examples.violates), tuple(form.examples.allows)),
        line=line,
    )
