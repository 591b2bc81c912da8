"""When an article applies: boolean SQL over signals, with one meaning in Python and in SQL.

The noun is `Condition`; `Condition.parse` reads one or says what is wrong with it, and
`compile_conditions` makes one function of all the conditions of a charter.
"""

from comity.charter.condition.condition import Condition
from comity.charter.condition.functions import FUNCTIONS, Function
from comity.charter.condition.problem import ConditionError, Problem
from comity.charter.condition.python import compile_conditions
from comity.charter.condition.sql import COLUMN_TYPES

__all__ = [
    "COLUMN_TYPES",
    "FUNCTIONS",
    "Condition",
    "ConditionError",
    "Function",
    "Problem",
    "compile_conditions",
]
