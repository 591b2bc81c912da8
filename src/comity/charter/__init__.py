"""What the community has agreed: a `Charter`, written for people, run by the machine.

`Charter.read` reads one or says what is wrong with it, `check` says what is hardly meant, and
`run_examples` runs the charter's own tests.
"""

from comity.charter.article import Article, Examples
from comity.charter.charter import Charter, Lesson
from comity.charter.checks import CHECKS, Check, check, check_file
from comity.charter.condition import Condition, ConditionError, compile_conditions
from comity.charter.document import CharterError
from comity.charter.examples import Outcome, Result, run_examples
from comity.charter.remedy import AccountRemedy, Remedy
from comity.charter.schema import json_schema
from comity.charter.template import starter

__all__ = [
    "CHECKS",
    "AccountRemedy",
    "Article",
    "Charter",
    "CharterError",
    "Check",
    "Condition",
    "ConditionError",
    "Examples",
    "Lesson",
    "Outcome",
    "Remedy",
    "Result",
    "check",
    "check_file",
    "compile_conditions",
    "json_schema",
    "run_examples",
    "starter",
]
