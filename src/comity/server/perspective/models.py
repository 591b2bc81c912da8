"""The table of what people thought the scores should have been."""

from django.db import models

from comity.server.members.models import Community


class Suggestion(models.Model):
    """Human feedback on a score: a matter to look at, and evidence about the model."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="suggestions")
    received = models.DateTimeField(db_index=True)
    text = models.TextField()
    language = models.CharField(max_length=35)
    scores = models.JSONField()
    """As suggested: {attribute: {summaryScore, spanScores}}."""
    client_token = models.CharField(max_length=1_000, blank=True)
    community_token = models.CharField(max_length=1_000, blank=True)
    """What the client calls its community (`communityId`), which need not be our name for it."""
    model = models.CharField(max_length=71)
    """The model in force, by hash, so that feedback is never held against another one."""

    def __str__(self) -> str:
        return f"suggestion {self.pk}"
