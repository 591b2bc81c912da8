"""What reviewers want to be spared, and what they have looked at."""

from django.db import models

from comity.server.members.models import Person
from comity.server.review.models.cases import Case


class Pictures(models.TextChoices):
    """How the pictures of a post are shown once they were asked for."""

    VEILED = "veiled"
    GREY = "grey"
    PLAIN = "plain"


class Comfort(models.Model):
    """What a reviewer wants to be spared, and how much they take on in a day."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="comfort")
    blur_from = models.PositiveSmallIntegerField(default=60)
    """Texts of at least this severity are blurred until they are uncovered; 101: none."""
    break_after = models.PositiveSmallIntegerField(default=45)
    """Minutes of work after which a break is proposed; 0: never."""
    most_a_day = models.PositiveSmallIntegerField(default=150)
    """Hard cases that may be opened in a day."""
    pictures = models.CharField(max_length=8, choices=Pictures.choices, default=Pictures.VEILED)
    """Grey and blurred until they are uncovered, grey, or as they are."""

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
