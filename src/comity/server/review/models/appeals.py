"""Appeals, the juries that hear them, and what they come to."""

from django.db import models

from comity.server.intake.models import StoredDecision
from comity.server.members.models import Community, Person
from comity.server.review.lifecycles import (
    AppealState,
    JuryState,
    RemedyState,
    SeatState,
)
from comity.server.review.models.cases import Case
from comity.server.review.models.rulings import Ruling

APPEAL_ENDED = (AppealState.GRANTED.value, AppealState.REJECTED.value, AppealState.WITHDRAWN.value)
"""The states of an appeal that nobody has to decide any more."""


class Appeal(models.Model):
    """A member's challenge of what was decided about their post or account."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="appeals", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(
        StoredDecision, models.PROTECT, null=True, related_name="appeal"
    )
    """What software had decided, where no person had ruled on it yet."""
    ruling = models.OneToOneField(Ruling, models.PROTECT, null=True, related_name="appeal")
    """What a jury is to decide on; None as long as no person has ruled."""
    source = models.CharField(max_length=200)
    member = models.CharField(max_length=200, null=True)  # noqa: DJ001  None once erased
    words = models.TextField()
    """Why, in the member's own words; empty once erased."""
    state = models.CharField(max_length=16, default=AppealState.IN_REVIEW.value)
    filed = models.DateTimeField()
    due = models.DateTimeField()
    """By when it is to be decided; what the member is told."""
    closed = models.DateTimeField(null=True)
    entry = models.BigIntegerField(unique=True)
    """Its place in the ledger."""
    salt = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=~models.Q(state__in=APPEAL_ENDED),
                name="one_open_appeal_per_case",
            )
        ]
        indexes = [
            models.Index(fields=["community", "source", "member"]),
            models.Index(
                fields=["state", "due"],
                condition=~models.Q(state__in=APPEAL_ENDED),
                name="appeals_by_due",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk} in {self.case}"


class Volunteer(models.Model):
    """A member who is willing to serve on juries."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="volunteers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="volunteering")
    lot = models.CharField(max_length=32, unique=True)
    """The random name under which the lot knows them. It stays the same from draw to draw, also
    for whoever stands down and comes back: choosing it would be choosing the jury."""
    languages = models.JSONField(default=list)
    """Language tags as the signal `language` has them."""
    willing = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], name="one_volunteers_once_per_community"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} of {self.community}"


class Jury(models.Model):
    """Members drawn by lot to hear one appeal, and what anyone needs to draw them again."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="jury")
    state = models.CharField(max_length=16, default=JuryState.SITTING.value)
    size = models.PositiveSmallIntegerField()
    members = models.JSONField()
    """The lots of all who could be drawn."""
    groups = models.JSONField(default=dict)
    """{lot: opinion group}, where the community has such groups."""
    replaced = models.JSONField(default=list)
    """The lots of those who did not serve, in the order in which others took their seats."""
    checkpoint = models.TextField()
    """The signed tree head that the draw was seeded by: that of the entry with the members."""
    drawn = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    entry = models.BigIntegerField(unique=True)
    salt = models.BinaryField(max_length=16)

    class Meta:
        verbose_name_plural = "juries"

    def __str__(self) -> str:
        return f"jury of {self.appeal}"


class Choice(models.TextChoices):
    """What a juror can say of a ruling."""

    UPHOLD = "uphold"
    OVERTURN = "overturn"


class Seat(models.Model):
    """A member's place on a jury, with their vote."""

    jury = models.ForeignKey(Jury, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    lot = models.CharField(max_length=32)
    state = models.CharField(max_length=16, default=SeatState.SUMMONED.value)
    summoned = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    choice = models.CharField(max_length=16, choices=Choice.choices, default="")
    reason = models.TextField(default="")
    """Why they vote so, or decline; in their own words."""
    salt = models.BinaryField(max_length=16, default=b"")
    """What opens the ledger's commitment to the vote."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jury", "person"], name="one_sits_on_a_jury_once")
        ]
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=models.Q(state=SeatState.SUMMONED.value),
                name="seats_to_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lot} on {self.jury}"

    @property
    def message(self) -> str:
        """The `webhook-id` under which the platform hears that the member is summoned."""
        return f"summons-{self.pk}"


class Verdict(models.Model):
    """What a jury decides on an appeal; or a steward, where no jury could."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="verdict")
    steward = models.ForeignKey(Person, models.PROTECT, null=True, related_name="verdicts")
    outcome = models.CharField(max_length=16, choices=Choice.choices)
    uphold = models.PositiveSmallIntegerField(default=0)
    overturn = models.PositiveSmallIntegerField(default=0)
    """How many jurors voted so."""
    reason = models.TextField(default="")
    """A steward's words; the jurors' stand with their seats."""
    before = models.CharField(max_length=16)
    remedy = models.CharField(max_length=16)
    """What held for the post before, and what holds from now on."""
    time = models.DateTimeField()
    entry = models.BigIntegerField(unique=True)
    salt = models.BinaryField(max_length=16)
    remedy_state = models.CharField(max_length=16, null=True)  # noqa: DJ001  null: nothing to do
    remedy_time = models.DateTimeField(null=True)
    remedy_note = models.CharField(max_length=300, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["remedy_state"],
                condition=models.Q(
                    remedy_state__in=[RemedyState.PENDING.value, RemedyState.FAILED.value]
                ),
                name="verdicts_outstanding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.appeal}"

    @property
    def message(self) -> str:
        """The `webhook-id` under which the platform hears of it."""
        return f"verdict-{self.pk}"
