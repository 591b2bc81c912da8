"""The tables of what came in, what was decided, and what is to be told to others."""

from django.db import models

from comity.server.members.models import Community


class ApiKey(models.Model):
    """What a platform shows to be let in. Only the hash of its secret is kept."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    """The first letters of the secret, by which people tell keys apart."""
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    rate = models.PositiveIntegerField()
    """Events (or other calls) a minute."""
    created = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)
    """A day, not a time: enough to find keys that nobody uses."""

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class StoredEvent(models.Model):
    """Something that happened, as it was told. `(source, event_id)` names it."""

    id = models.BigIntegerField(primary_key=True)
    """The place of its decision in the ledger."""
    community = models.ForeignKey(Community, models.PROTECT, related_name="events", db_index=False)
    source = models.CharField(max_length=200)
    event_id = models.CharField(max_length=200)
    type = models.CharField(max_length=32)
    time = models.DateTimeField()
    received = models.DateTimeField()
    author = models.CharField(max_length=200, null=True)  # noqa: DJ001  an event may have none
    post = models.CharField(max_length=200, null=True)  # noqa: DJ001  who joins brings none
    thread = models.CharField(max_length=200, null=True)  # noqa: DJ001  a post may have none
    body = models.TextField()
    """The event as JSON; empty once its author was erased."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "source", "event_id"], name="an_event_happens_once"
            )
        ]
        indexes = [
            models.Index(fields=["community", "time"]),
            models.Index(fields=["author"]),
            models.Index(fields=["post"]),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.event_id}"


class StoredDecision(models.Model):
    """What the charter said of an event."""

    id = models.CharField(max_length=64, primary_key=True)
    event = models.OneToOneField(StoredEvent, models.PROTECT, related_name="decision")
    remedy = models.CharField(max_length=16)
    account = models.CharField(max_length=16, null=True)  # noqa: DJ001  most touch no account
    articles = models.TextField()
    """The ids of those that apply, on trial or not, with spaces between."""
    body = models.TextField()
    """The decision as JSON, the very bytes that were answered."""
    charter = models.CharField(max_length=71)
    model = models.CharField(max_length=71)
    """The charter and the model by hash: `sha256:…`."""
    time = models.DateTimeField()
    salts = models.BinaryField(max_length=32)
    """What opens the two commitments of the ledger entry, to the event and to the decision;
    empty once the author was erased."""

    class Meta:
        indexes = [models.Index(fields=["remedy", "time"])]

    def __str__(self) -> str:
        return f"{self.remedy} {self.id}"

    @property
    def ledger_index(self) -> int:
        return self.event_id


class Webhook(models.Model):
    """Where decisions are told. Its secret derives from the server's key, so none is stored."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=2048)
    active = models.BooleanField(default=True)
    allow_private = models.BooleanField(default=False)
    """Whether it may lie in a private network; the operator says so when adding it."""
    created = models.DateTimeField()

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One message in the outbox: written with the decision, kept until it is delivered."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=80)
    """The `webhook-id`, the same at each attempt, by which a receiver drops repetitions."""
    body = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    """None: delivered, or given up."""
    delivered = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try"],
                condition=models.Q(next_try__isnull=False),
                name="deliveries_due",
            )
        ]

    def __str__(self) -> str:
        return self.message
