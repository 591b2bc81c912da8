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
from comity.charter.markdown import render
from comity.charter.material import Material, read_material
from comity.charter.materials import Materials, read_materials
from comity.charter.quiz import Choice, Scenario
from comity.charter.remedy import AccountRemedy, Remedy
from comity.charter.schema import json_schema
from comity.charter.template import starter, starter_lessons

__all__ = [
    "CHECKS",
    "AccountRemedy",
    "Article",
    "Charter",
    "CharterError",
    "Check",
    "Choice",
    "Condition",
    "ConditionError",
    "Examples",
    "Lesson",
    "Material",
    "Materials",
    "Outcome",
    "Remedy",
    "Result",
    "Scenario",
    "check",
    "check_file",
    "compile_conditions",
    "json_schema",
    "read_material",
    "read_materials",
    "render",
    "run_examples",
    "starter",
    "starter_lessons",
]
