"""How `procedures` are written in a charter file. The defaults are those of `Procedures`."""

from typing import Self

from pydantic import model_validator

from comity.charter.form import Form, in_chinese, key
from comity.charter.procedures import Appeals, Ladder, Procedures, Review, Rung, Strikes
from comity.charter.remedy import Remedy
from comity.charter.terms import Duration, JurySize, PartOfCases, Standing, Weight, wrong

_REVIEW, _APPEALS, _STRIKES = Review(), Appeals(), Strikes()


class ReviewForm(Form):
    """How cases are decided."""

    model_config = in_chinese("案件如何裁定。")

    due: Duration = key(
        "From when a case is opened until it is to be decided. A queue may ask for less.",
        "案件自建立起应在多久之内裁定。队列可以规定更短的期限。",
        "24 hours",
        default=_REVIEW.due,
    )
    claim: Duration = key(
        "How long a reviewer who claims a case has it to themselves.",
        "审核员认领案件后可独占多久。",
        "30 minutes",
        default=_REVIEW.claim,
    )
    second_review: PartOfCases = key(
        "The share of cases that a second reviewer decides too, without seeing the first ruling.",
        "随机交由另一名审核员独立复核的案件比例。",
        default=_REVIEW.second_review,
    )


class AppealsForm(Form):
    """How decisions are challenged."""

    model_config = in_chinese("如何对决定提出申诉。")

    window: Duration = key(
        "For how long a decision can be appealed.",
        "决定作出后多久之内可以申诉。",
        "183 days",
        default=_APPEALS.window,
    )
    due: Duration = key(
        "From when an appeal is filed until its jury has to have decided.",
        "自提出申诉起，评审团应在多久之内裁决。",
        "7 days",
        default=_APPEALS.due,
    )
    jury: JurySize = key(
        "How many members are on a jury; an odd number.",
        "评审团人数，须为奇数。",
        5,
        default=_APPEALS.jury,
    )
    answer: Duration = key(
        "How long a juror may take to vote before another is drawn.",
        "成员被抽中后应在多久之内投票，逾期另抽他人。",
        "2 days",
        default=_APPEALS.answer,
    )


class WeightsForm(Form):
    """What a ruling weighs by its remedy."""

    model_config = in_chinese("各种措施的裁定计多少分。")

    label: Weight = key("Where the post is labelled.", "帖子被加标注。", 0, default=0)
    limit: Weight = key(
        "Where the post is limited.", "帖子被限流。", 1, default=_STRIKES.weights[Remedy.LIMIT]
    )
    remove: Weight = key(
        "Where the post is removed.", "帖子被移除。", 2, default=_STRIKES.weights[Remedy.REMOVE]
    )


class RungForm(Form):
    """A rung of the ladder, and for how long it holds."""

    model_config = in_chinese("阶梯的一级及其持续时间。")

    at: Standing = key("The standing from which it holds.", "累计达到多少分时适用。", 4)
    duration: Duration = key("For how long.", "持续多久。", "1 day", alias="for")


def _rung(rung: Rung) -> RungForm:
    return RungForm.model_construct(None, at=rung.at, duration=rung.duration)


class LadderForm(Form):
    """What follows for the account when strikes add up."""

    model_config = in_chinese("记过累计后对账号采取的措施。")

    warn: Standing = key(
        "The standing from which the member is warned.",
        "累计达到多少分时予以警告。",
        1,
        default=_STRIKES.ladder.warn,
    )
    mute: RungForm = key(
        "From which standing the member cannot post, and for how long.",
        "累计达到多少分时禁言，禁言多久。",
        default=_rung(_STRIKES.ladder.mute),
    )
    suspend: RungForm = key(
        "From which standing the account is suspended, and for how long.",
        "累计达到多少分时停用账号，停用多久。",
        default=_rung(_STRIKES.ladder.suspend),
    )

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        if not self.warn < self.mute.at < self.suspend.at:
            rungs = f"warn {self.warn}, mute {self.mute.at}, suspend {self.suspend.at}"
            hint = "let each rung need more than the one before: warn, mute, suspend"
            raise wrong(f"this ladder does not climb: {rungs}", hint)
        return self


class StrikesForm(Form):
    """What a ruling against a member counts, for how long, and what it adds up to."""

    model_config = in_chinese("对成员的不利裁定计多少分、计多久、累计后如何处理。")

    expire: Duration = key(
        "For how long a strike counts.", "记过多久之后失效。", "90 days", default=_STRIKES.expire
    )
    weights: WeightsForm = key(
        "How heavy a ruling is, remedy by remedy.", "各种措施各计多少分。", default=WeightsForm()
    )
    ladder: LadderForm = key(
        "From which standing the member is warned, muted, suspended.",
        "累计达到多少分时警告、禁言、停用账号。",
        default=LadderForm(),
    )


class ProceduresForm(Form):
    """How people decide."""

    model_config = in_chinese("人如何裁定。")

    review: ReviewForm = key(
        "Due times and second looks.", "裁定期限与复核。", default=ReviewForm()
    )
    appeals: AppealsForm = key(
        "Appeals and the juries that hear them.", "申诉与评审团。", default=AppealsForm()
    )
    strikes: StrikesForm = key(
        "What counts against a member, and what it adds up to.",
        "对成员的记过及其累计后果。",
        default=StrikesForm(),
    )

    def procedures(self) -> Procedures:
        ladder, weights = self.strikes.ladder, self.strikes.weights
        return Procedures(
            Review(self.review.due, self.review.claim, self.review.second_review),
            Appeals(self.appeals.window, self.appeals.due, self.appeals.jury, self.appeals.answer),
            Strikes(
                self.strikes.expire,
                {
                    Remedy.LABEL: weights.label,
                    Remedy.LIMIT: weights.limit,
                    Remedy.REMOVE: weights.remove,
                },
                Ladder(
                    ladder.warn,
                    Rung(ladder.mute.at, ladder.mute.duration),
                    Rung(ladder.suspend.at, ladder.suspend.duration),
                ),
            ),
        )
