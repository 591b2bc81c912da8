"""The tables of learning: lessons as they are taught, who completed which, and what advice did."""

from django.db import models

from comity.server.members.models import Community, Person


class LessonText(models.Model):
    """A lesson in one language, as its file was written when the server last saw it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="lesson_texts")
    lesson = models.CharField(max_length=64)
    language = models.CharField(max_length=64)
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "lesson", "language"], name="a_lesson_is_taught_one_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson} ({self.language})"


class Completion(models.Model):
    """Someone answered the quiz of a lesson. Not how often they tried, nor what they chose."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="completions")
    community = models.ForeignKey(Community, models.CASCADE, related_name="completions")
    lesson = models.CharField(max_length=64)
    completed = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "lesson"], name="a_lesson_is_completed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson} by {self.person}"


class Holdout(models.Model):
    """A measurement: from `begun` on, advice is kept back from a random `share` of drafts."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="holdouts")
    share = models.FloatField()
    salt = models.BinaryField(max_length=32)
    """With the random id that a draft brings, it says which arm the draft is in."""
    begun = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.share:.0%} since {self.begun:%Y-%m-%d}"


class DraftOutcome(models.Model):
    """What became of one draft that there was advice on. Nothing of the draft, nor whose it was."""

    holdout = models.ForeignKey(Holdout, models.CASCADE, related_name="outcomes", db_index=False)
    arm = models.CharField(max_length=8)
    outcome = models.CharField(max_length=8)
    remedy = models.CharField(max_length=8)
    """What the charter would have asked for."""
    language = models.CharField(max_length=35)
    articles = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["holdout", "arm", "outcome"], name="outcomes_by_arm")]

    def __str__(self) -> str:
        return f"{self.arm}: {self.outcome}"
