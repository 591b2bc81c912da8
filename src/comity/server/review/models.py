"""The tables of what people look at, what they decide, and what counts against a member."""

from django.db import models

from comity.server.intake.models import StoredEvent
from comity.server.members.models import Community, Person
from comity.server.perspective.models import Suggestion
from comity.server.review.lifecycles import CaseState, RemedyState, StrikeState

ENDED = (CaseState.CLOSED.value, CaseState.WITHDRAWN.value)
"""The states of a case that nobody has to look at any more."""


class Queue(models.Model):
    """A pile of cases that some reviewers work through, and which cases go to it.

    A case goes to the first queue, by position, that takes it; an empty rule takes every case.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="queues")
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    articles = models.JSONField(default=list)
    """Ids of articles; a case of any of them fits."""
    languages = models.JSONField(default=list)
    """Language tags as the signal `language` has them."""
    severity = models.PositiveSmallIntegerField(default=0)
    """The least severity, 0 to 100."""
    age = models.DurationField(null=True)
    """Only cases that have been open for this long: they move here by themselves."""
    due = models.DurationField(null=True)
    """How soon its cases are to be decided; None: as the charter says."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="a_queue_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """A matter that people look at: a post with its decisions, reports and history."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="cases", db_index=False)
    source = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    """`(source, post)` names the post; of a text without one, the text's hash."""
    thread = models.CharField(max_length=200, null=True)  # noqa: DJ001  a post may have none
    author = models.CharField(max_length=200, null=True)  # noqa: DJ001  not always told
    event = models.ForeignKey(StoredEvent, models.PROTECT, null=True, related_name="cases")
    """The newest that brought the text, with the decision on it; None where only a text is known:
    it stands with the suggestion then."""
    article = models.CharField(max_length=64, default="")
    """The article that goes furthest; empty where none applies."""
    remedy = models.CharField(max_length=16)
    """What holds for the post now."""
    language = models.CharField(max_length=35, default="")
    score = models.PositiveSmallIntegerField(default=0)
    """The highest score for harm, in percent: what texts are blurred by."""
    reports = models.PositiveIntegerField(default=0)
    """Members who reported the post."""
    severity = models.PositiveSmallIntegerField(default=0)
    """How pressing it is, 0 to 100: see `comity.server.review.severity`."""
    campaign = models.CharField(max_length=64, default="")
    """What posts of one campaign of spam share: a digest of the words without numbers and links."""
    domain = models.CharField(max_length=253, default="")
    """The host that the post links to first."""
    state = models.CharField(max_length=16, default=CaseState.OPEN.value)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="cases", db_index=False)
    opened = models.DateTimeField()
    due = models.DateTimeField()
    first_look = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="claims")
    claimed_until = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="assignments")
    version = models.PositiveIntegerField(default=1)
    """Counts up with whatever a reviewer has to know before ruling; see `services.conflict`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "source", "post"],
                condition=~models.Q(state__in=ENDED),
                name="one_open_case_per_post",
            ),
        ]
        indexes = [
            # What a queue shows, in its order; closed cases are not in it.
            models.Index(
                fields=["queue", "due", "id"],
                condition=~models.Q(state__in=ENDED),
                name="cases_by_due",
            ),
            models.Index(
                fields=["queue", "-severity", "due", "id"],
                condition=~models.Q(state__in=ENDED),
                name="cases_by_severity",
            ),
            models.Index(
                fields=["campaign", "opened"],
                condition=~models.Q(state__in=ENDED) & ~models.Q(campaign=""),
                name="cases_of_a_campaign",
            ),
            models.Index(
                fields=["domain", "opened"],
                condition=~models.Q(state__in=ENDED) & ~models.Q(domain=""),
                name="cases_of_a_domain",
            ),
            models.Index(fields=["community", "source", "author"]),
            models.Index(fields=["community", "source", "post"]),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def of(self) -> tuple[str, str]:
        """The post, by its source and id."""
        return self.source, self.post


class OriginKind(models.TextChoices):
    """What can open a case or join one."""

    DECISION = "decision"
    REPORT = "report"
    SUGGESTION = "suggestion"
    BREAKER = "breaker"
    APPEAL = "appeal"


class CaseOrigin(models.Model):
    """Why people look at a case: one of the things that opened it or joined it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="origins")
    kind = models.CharField(max_length=16, choices=OriginKind.choices)
    time = models.DateTimeField()
    event = models.ForeignKey(StoredEvent, models.PROTECT, null=True, related_name="origins")
    suggestion = models.ForeignKey(Suggestion, models.SET_NULL, null=True, related_name="origins")
    reporter = models.CharField(max_length=200, null=True)  # noqa: DJ001  only reports have one
    article = models.CharField(max_length=200, default="")
    """What was suspended, or what the reporter says was broken: their words, not always an id."""
    reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"],
                condition=models.Q(reporter__isnull=False),
                name="a_member_reports_a_case_once",
            ),
        ]
        indexes = [models.Index(fields=["reporter", "time"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case}"


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


class Comfort(models.Model):
    """What a reviewer wants to be spared, and how much they take on in a day."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="comfort")
    blur_from = models.PositiveSmallIntegerField(default=60)
    """Texts of at least this severity are blurred until they are uncovered; 101: none."""
    break_after = models.PositiveSmallIntegerField(default=45)
    """Minutes of work after which a break is proposed; 0: never."""
    most_a_day = models.PositiveSmallIntegerField(default=150)
    """Hard cases that may be opened in a day."""

    def __str__(self) -> str:
        return f"comfort of {self.person}"


class Exposure(models.Model):
    """A case that a reviewer has looked at: what a day's limit and a break go by."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="exposures", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="exposures")
    severity = models.PositiveSmallIntegerField()
    first = models.DateTimeField()
    last = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "case"], name="a_case_counts_once")
        ]
        indexes = [models.Index(fields=["person", "last"])]

    def __str__(self) -> str:
        return f"{self.person} saw {self.case}"
