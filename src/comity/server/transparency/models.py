"""The tables of the public record."""

from django.db import models

from comity.server.members.models import Community


class CharterVersion(models.Model):
    """A charter as it stood, from when it was in force."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="charters")
    sha256 = models.CharField(max_length=71)
    source = models.TextField()
    in_force_from = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.community} {self.sha256[:15]}"


class Suspension(models.Model):
    """An article that the breaker set to trial, until a steward lifts it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="suspensions")
    article = models.CharField(max_length=64)
    charter = models.CharField(max_length=71)
    share = models.FloatField()
    """The share of recent posts that the article matched."""
    expected = models.FloatField()
    since = models.DateTimeField()
    lifted = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=200, default="")
    entry = models.BigIntegerField(null=True)
    """Its place in the ledger; None for those from before it was kept."""
    salt = models.BinaryField(max_length=16, default=b"")
    """What opens the ledger's commitment to who lifted it."""

    def __str__(self) -> str:
        return f"{self.article} since {self.since:%Y-%m-%d}"


class LedgerEntry(models.Model):
    """One entry of the record; never changed, never removed."""

    index = models.BigIntegerField(primary_key=True)
    body = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"entry {self.index}"


class LedgerTile(models.Model):
    """256 hashes of one level of the Merkle tree, or fewer at its growing edge."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class Checkpoint(models.Model):
    """The signed tree head: what the record was at one size. The newest is what it is now."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    frontier = models.BinaryField()
    """From which the tree grows on."""
    time = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class PublishedReport(models.Model):
    """A month's transparency report as it was published: never changed, or the difference of two
    editions could show what each keeps back."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="reports")
    month = models.CharField(max_length=7)
    """Like 2026-11."""
    body = models.TextField()
    """The report as JSON."""
    published = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "month"], name="a_month_has_one_report")
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.month}"
