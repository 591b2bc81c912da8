"""What reviewers decide in cases, and what counts against a member by it."""

from django.db import models

from comity.server.intake.models import StoredEvent
from comity.server.members.models import Community, Person
from comity.server.review.lifecycles import RemedyState, StrikeState
from comity.server.review.models.cases import Case


class RulingKind(models.TextChoices):
    """What a reviewer can say of a decision."""

    UPHOLD = "uphold"
    CHANGE = "change"
    LIFT = "lift"


class Ruling(models.Model):
    """A person's decision in a case, with its article and reason."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="rulings")
    transition = models.CharField(max_length=16)
    """The step of the case that it was: rule, rule_and_check, agree, differ, settle."""
    effective = models.BooleanField(default=True)
    """Whether it changed what holds. A second look does not, nor does saying the same again."""
    kind = models.CharField(max_length=16, choices=RulingKind.choices)
    event = models.ForeignKey(StoredEvent, models.PROTECT, null=True, related_name="rulings")
    """What it speaks of: the case may have a newer text by now."""
    before = models.CharField(max_length=16)
    remedy = models.CharField(max_length=16)
    """What held for the post before, and what holds from now on."""
    account = models.CharField(max_length=16, null=True)  # noqa: DJ001  most touch no account
    duration = models.DurationField(null=True)
    account_duration = models.DurationField(null=True)
    """How long the remedies of post and account last; None: until a person ends it."""
    article = models.CharField(max_length=64, default="")
    charter = models.CharField(max_length=71)
    """The charter that was in force at the decision, by hash: the article's words are its."""
    reason = models.TextField(default="")
    """The reviewer's own words."""
    time = models.DateTimeField()
    entry = models.BigIntegerField(unique=True)
    """Its place in the ledger."""
    salt = models.BinaryField(max_length=16)
    """What opens the ledger's commitment to this ruling."""
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
                name="remedies_outstanding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case}"

    @property
    def message(self) -> str:
        """The `webhook-id` under which the platform hears of it."""
        return f"ruling-{self.pk}"


class Draw(models.Model):
    """Whether a case went to a second reviewer, and what anyone needs to draw it again."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="draw")
    seed = models.BinaryField(max_length=32)
    share = models.FloatField()
    chosen = models.BooleanField()
    time = models.DateTimeField()

    def __str__(self) -> str:
        return f"draw of {self.case}"


class Recusal(models.Model):
    """A reviewer who leaves a case to others."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Person, models.CASCADE, related_name="recusals")
    reason = models.CharField(max_length=500, default="")
    time = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="one_recuses_oneself_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.case}"


class Strike(models.Model):
    """What counts against a member, until it expires or is taken back."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="strikes", db_index=False)
    source = models.CharField(max_length=200)
    member = models.CharField(max_length=200, null=True)  # noqa: DJ001  None once erased
    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="strike")
    article = models.CharField(max_length=64)
    weight = models.PositiveSmallIntegerField()
    issued = models.DateTimeField()
    expires = models.DateTimeField()
    state = models.CharField(max_length=16, default=StrikeState.COUNTING.value)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "source", "member"]),
            models.Index(
                fields=["expires"],
                condition=models.Q(state=StrikeState.COUNTING.value),
                name="strikes_to_lapse",
            ),
        ]

    def __str__(self) -> str:
        return f"strike of {self.weight} for {self.article}"


class Template(models.Model):
    """Words that reviewers give as a reason again and again, in each language."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="templates")
    name = models.CharField(max_length=100)
    article = models.CharField(max_length=64, default="")
    """The article it is for; empty: any."""
    texts = models.JSONField()
    """{language tag: text}"""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="a_template_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name
