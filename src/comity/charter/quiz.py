"""The quiz of a lesson: scenarios to decide, each choice with the reason why it helps or does not.

The nouns are `Scenario` and `Choice`; `QuizForm` is how they are written above a lesson's text.
"""

from dataclasses import dataclass
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from comity.charter.form import Form, in_chinese, key
from comity.charter.terms import wrong

MAX_SCENARIOS: Final = 10
MAX_CHOICES: Final = 6

Said = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer, and what comes of it."""

    answer: str
    because: str
    good: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation as members meet it. At least one choice is good, and at least one is not."""

    story: str
    choices: tuple[Choice, ...]


class ChoiceForm(Form):
    """One way to answer."""

    model_config = in_chinese("一种回应。")

    answer: Said = key("What one could do or say.", "可以怎样做、怎样说。")
    good: bool = key("Whether it helps.", "是否是好的选择。", default=False)
    because: Said = key("Why it helps, or why it does not.", "为什么好，或者为什么不好。")


class ScenarioForm(Form):
    """A situation, and what one could do in it."""

    model_config = in_chinese("一个情境，以及可以怎样回应。")

    scenario: Said = key("The situation, told in a few sentences.", "用几句话讲述的情境。")
    choices: Annotated[list[ChoiceForm], Field(min_length=2, max_length=MAX_CHOICES)] = key(
        "What one could do.", "可以选择的回应。"
    )

    @model_validator(mode="after")
    def _can_be_decided(self) -> Self:
        good = sum(choice.good for choice in self.choices)
        if not good:
            raise wrong("no choice of this scenario is good", "add `good: true` to one that helps")
        if good == len(self.choices):
            raise wrong("every choice of this scenario is good", "add one that does not help")
        return self


class QuizForm(Form):
    """What stands above the text of a lesson, between two lines of `---`."""

    model_config = in_chinese("写在课程正文之上、两行 `---` 之间的内容。")

    quiz: Annotated[list[ScenarioForm], Field(min_length=1, max_length=MAX_SCENARIOS)] = key(
        "The scenarios to decide.", "需要作答的情境。"
    )

    def scenarios(self) -> tuple[Scenario, ...]:
        return tuple(
            Scenario(
                each.scenario,
                tuple(Choice(one.answer, one.because, one.good) for one in each.choices),
            )
            for each in self.quiz
        )
