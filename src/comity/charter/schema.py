"""What a charter file may hold: the one description that the reader, the JSON Schema for editors
and the reference page share.

The noun is `CharterForm`: what has been written, checked piece by piece but not yet put together.
Each key tells its meaning in English and in Chinese.
"""

from datetime import timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema

from comity.charter.form import CHINESE, Form, in_chinese, key
from comity.charter.procedures_form import ProceduresForm
from comity.charter.remedy import AccountRemedy, Remedy
from comity.charter.terms import Duration, Language, Name, Share, Slug, in_words, wrong
from comity.event import EventType

MAX_ARTICLES: Final = 200

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]
Post = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]


class CounterForm(Form):
    """Something counted over time, for conditions to use by its name."""

    model_config = in_chinese("按时间窗口计数的量，供条件按名称使用。")

    count: EventType = key("What is counted.", "计数的事件。", "post.created")
    by: Literal["author", "thread", "post", "community"] = key(
        "Whose count it is: each author's, thread's or post's own, or the whole community's.",
        "按谁计数：每位作者、每个讨论、每个帖子，或整个社区。",
        "author",
    )
    within: Duration = key(
        "How far back it counts, up to the event at hand and with it.",
        "向前统计多长时间，包括当前事件。",
        "1 hour",
    )


class LessonForm(Form):
    """Something worth learning, which an article can point a member to."""

    model_config = in_chinese("值得学习的内容，条款可以推荐给成员。")

    title: dict[Language, Line] = key("What it is called.", "名称。")
    text: dict[Language, Prose] = key("What it teaches.", "内容。")


class ThenForm(Form):
    """What follows. `then: hold` is short for `then: {remedy: hold}`."""

    model_config = in_chinese("采取的措施。`then: hold` 是 `then: {remedy: hold}` 的简写。")

    remedy: Remedy = key(
        "What happens to the post, from nothing to the most there is.",
        "对帖子采取的措施，由轻到重。",
        "hold",
        default=Remedy.ALLOW,
    )
    account: AccountRemedy | None = key(
        "What happens to the account besides; `mute` and `suspend` need `for`.",
        "对账号采取的措施；`mute` 与 `suspend` 须写明 `for`。",
        "mute",
        default=None,
    )
    duration: Duration | None = key(
        "How long a label, a limit, a mute or a suspension lasts.",
        "标注、限流、禁言或停用持续多久。",
        "1 hour",
        default=None,
        alias="for",
    )

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, written: Any) -> Any:
        return {"remedy": written} if isinstance(written, str) else written

    @model_validator(mode="after")
    def _time_fits(self) -> Self:
        ends = self.remedy in (Remedy.LABEL, Remedy.LIMIT)
        silences = self.account in (AccountRemedy.MUTE, AccountRemedy.SUSPEND)
        if self.account and silences and not self.duration:
            hint = "add how long, as in `for: 1 day`; for good is for people to say"
            raise wrong(f"`{self.account.value}` needs a `for`", hint)
        if self.duration and not ends and not silences:
            hint = "leave `for` out; it is for label, limit, mute and suspend"
            raise wrong(f"`{(self.account or self.remedy).value}` takes no `for`", hint)
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        table = handler(core)
        short = {"type": "string", "enum": [remedy.value for remedy in Remedy]}
        return {"anyOf": [short, table]}


class ExamplesForm(Form):
    """An article's tests: `comity charter test` runs them."""

    model_config = in_chinese("条款的测试：由 `comity charter test` 运行。")

    violates: list[Post] = key(
        "Posts that the article has to match.",
        "本条应当命中的帖子。",
        "Nobody wants you here.",
        default=[],
        max_length=50,
    )
    allows: list[Post] = key(
        "Posts that it must leave alone, best those that look alike.",
        "本条不得命中的帖子，最好是看起来相似的。",
        "Nobody wants rain here.",
        default=[],
        max_length=50,
    )


class ArticleForm(Form):
    """One norm: what it asks, why, when it applies, what follows."""

    model_config = in_chinese("一条规范：要求什么、为何、何时适用、采取什么措施。")

    id: Slug = key(
        "Its name for ever: decisions and the ledger refer to it.",
        "永久标识：决定与公开记录都引用它。",
        "no-personal-attacks",
    )
    value: Slug = key(
        "The value it stands for, one of `values`.", "它所维护的价值，取自 `values`。"
    )
    title: dict[Language, Line] = key(
        "What members call it, in each language.",
        "成员如何称呼它，每种语言各一。",
        {"en": "No personal attacks", "zh-Hans": "不作人身攻击"},
    )
    text: dict[Language, Prose] = key(
        "What it asks of members, in each language.",
        "它对成员的要求，每种语言各一。",
        {"en": "Criticise what was said, not who said it.", "zh-Hans": "批评观点，不攻击人。"},
    )
    when: Annotated[str, StringConstraints(min_length=1)] = key(
        "The condition: a boolean SQL expression over signals, lists and counters.",
        "适用条件：由信号、列表和计数器组成的布尔 SQL 表达式。",
        "insult >= 0.80",
    )
    then: ThenForm = key("What follows when it applies.", "适用时采取的措施。", "hold")
    lesson: Slug | None = key(
        "What the author is offered to learn; one of `lessons`, where the charter has any.",
        "向作者推荐的学习内容；公约中有 `lessons` 时须取自其中。",
        "disagree-well",
        default=None,
    )
    trial: bool = key(
        "Whether it only records what it would have done.",
        "是否试行：只记录本应采取的措施，不实际执行。",
        default=False,
    )
    expect: Share | None = key(
        "The share of posts it is expected to match. Far above it, the article is set to trial "
        "and the stewards are told.",
        "预计命中的帖子比例。远超此值时，本条自动转为试行并通知管理员。",
        default=None,
    )
    examples: ExamplesForm = key(
        "Its tests: posts that violate it and posts that it allows.",
        "示例即测试：违反本条的帖子与本条允许的帖子。",
        default=ExamplesForm(),
    )


class CharterForm(Form):
    """What a community has agreed."""

    model_config = in_chinese("社区的约定。")

    charter: Line = key("What the charter is called.", "公约的名称。", "Town Square")
    community: Slug = key("The id of the community.", "社区标识。", "town-square")
    languages: list[Language] = key(
        "The languages it is written in. The first is the one that every text has to have.",
        "公约所用的语言。每段文字都必须有第一种语言的版本。",
        ["en", "zh-Hans"],
        min_length=1,
        max_length=20,
    )
    values: dict[Slug, dict[Language, Prose]] = key(
        "What the community cares for, each with a sentence in each language.",
        "社区珍视的价值，每项用每种语言写一句话。",
        {"respect": {"en": "We argue with ideas, never against people."}},
        max_length=50,
    )
    lists: dict[Name, Annotated[list[Line], Field(max_length=10_000)]] = key(
        "Texts for conditions to look things up in, by name.",
        "供条件按名称查找的文本列表。",
        {"shorteners": ["bit.example", "tiny.example"]},
        default={},
        max_length=100,
    )
    counters: dict[Name, CounterForm] = key(
        "What is counted over time, for conditions to use by name.",
        "按时间窗口计数的量，供条件按名称使用。",
        {"author_posts_1h": {"count": "post.created", "by": "author", "within": "1 hour"}},
        default={},
        max_length=50,
    )
    lessons: dict[Slug, LessonForm] = key(
        "What articles can point members to.",
        "条款可以向成员推荐的学习内容。",
        default={},
        max_length=100,
    )
    articles: list[ArticleForm] = key(
        "What is asked of members.", "对成员的要求。", max_length=MAX_ARTICLES
    )
    procedures: ProceduresForm = key(
        "How people decide: review, appeals, strikes.",
        "人如何裁定：审核、申诉、记过。",
        default=ProceduresForm(),
    )


class _AsWritten(GenerateJsonSchema):
    """Defaults as a charter writes them: editors offer to fill them in."""

    def encode_default(self, dft: Any) -> Any:
        return in_words(dft) if isinstance(dft, timedelta) else super().encode_default(dft)


def json_schema(language: str = "en") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a charter file, its descriptions in one language."""
    schema = CharterForm.model_json_schema(schema_generator=_AsWritten)
    described: dict[str, Any] = _in_language(schema, language)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def _in_language(part: Any, language: str) -> Any:
    if isinstance(part, list):
        return [_in_language(item, language) for item in part]
    if not isinstance(part, dict):
        return part
    told = {
        key: _in_language(value, language)
        for key, value in part.items()
        # Pydantic's titles are the names of our classes; a property called title is a table.
        if key != CHINESE and not (key == "title" and isinstance(value, str))
    }
    return (
        {**told, "description": part[CHINESE]}
        if language == "zh-Hans" and CHINESE in part
        else told
    )
