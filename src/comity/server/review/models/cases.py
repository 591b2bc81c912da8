"""Queues and the cases in them: what people look at, and why."""

from django.db import models

from comity.server.intake.models import StoredEvent
from comity.server.members.models import Community, Person
from comity.server.perspective.models import Suggestion
from comity.server.review.lifecycles import CaseState

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
    OBJECTION = "objection"


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


class Objection(models.Model):
    """That a reporter does not agree with what became of their report: others look again."""

    report = models.OneToOneField(CaseOrigin, models.CASCADE, related_name="objection")
    origin = models.OneToOneField(CaseOrigin, models.CASCADE, related_name="objecting")
    """What it brought before people, in the reporter's words."""
    entry = models.BigIntegerField(unique=True)
    """Its place in the ledger."""
    salt = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        return f"objection in {self.origin.case}"
