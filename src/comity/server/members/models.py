"""The tables of communities and the people in them."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class Community(models.Model):
    """A space with members and one charter in force."""

    slug = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """Someone who signs in, known by a pseudonym. There is no password: links sign people in."""

    password = None  # type: ignore[assignment]
    username = models.CharField(max_length=200, unique=True)
    display_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.display_name


class Role(models.TextChoices):
    """What a membership lets someone do, from the least to the most."""

    MEMBER = "member"
    AUDITOR = "auditor"
    REVIEWER = "reviewer"
    STEWARD = "steward"


class Membership(models.Model):
    """Someone's place in a community."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "role"], name="a_role_is_held_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.role}, {self.community})"


class SignInLink(models.Model):
    """A link that signs one person in, once. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.person}"
