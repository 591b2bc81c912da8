"""What a restricted member is told: `StatementOfReasons`, and `tell`, which puts it into words.

It says what the EU's Digital Services Act asks for in art. 17: what follows, from which article
of the charter, on what facts, what part software had in it, for how long, and how to object.
`dsa` writes it for the EU's transparency database, without anything about a person.
"""

from comity.statements.letter import Letter, Passage, Section, tell
from comity.statements.notices import Verdict, tell_lifted, tell_reporter, tell_verdict
from comity.statements.reasons import of_decision, of_ruling
from comity.statements.statement import (
    Content,
    Decider,
    Ground,
    Occasion,
    StatementOfReasons,
    restricts,
)
from comity.statements.words import LANGUAGES, Language, language_for

__all__ = [
    "LANGUAGES",
    "Content",
    "Decider",
    "Ground",
    "Language",
    "Letter",
    "Occasion",
    "Passage",
    "Section",
    "StatementOfReasons",
    "Verdict",
    "language_for",
    "of_decision",
    "of_ruling",
    "restricts",
    "tell",
    "tell_lifted",
    "tell_reporter",
    "tell_verdict",
]
