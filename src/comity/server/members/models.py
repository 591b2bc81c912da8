"""The tables of communities and the people in them."""

from secrets import token_hex

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils.crypto import salted_hmac


def new_salt() -> str:
    return token_hex(16)


class Community(models.Model):
    """A space with members and one charter in force."""

    slug = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """Someone who signs in, known by a pseudonym: by link, by password or through a provider."""

    password = models.CharField(max_length=128, default=UNUSABLE_PASSWORD_PREFIX)
    username = models.CharField(max_length=401, unique=True)
    """The name to sign in with; of a member of a platform `MEMBER@SOURCE`."""
    display_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    session_salt = models.CharField(max_length=32, default=new_salt)
    """Goes into every session of theirs: a new one ends them all."""

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.display_name

    def get_session_auth_hash(self) -> str:
        secret = self.password + self.session_salt
        return salted_hmac("comity.members.session", secret, algorithm="sha256").hexdigest()


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


class RoleChange(models.Model):
    """A role that was given or taken: who did it, and when. Nothing changes or removes it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="role_changes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="role_changes")
    role = models.CharField(max_length=16, choices=Role.choices)
    given = models.BooleanField()
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    time = models.DateTimeField()
    entry = models.BigIntegerField(null=True)
    """Its place in the ledger; None for those from before it was entered."""
    salt = models.BinaryField(max_length=16, default=b"")
    """What opens the ledger's commitment to who and by whom; empty once the person was erased."""

    def __str__(self) -> str:
        return f"{self.role} {'given to' if self.given else 'taken from'} {self.person}"


class MemberIdentity(models.Model):
    """Whom a person is on a platform: the author id that it tells events with."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identities")
    community = models.ForeignKey(Community, models.CASCADE, related_name="identities")
    source = models.CharField(max_length=200)
    member = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "member identities"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "source", "member"], name="a_member_is_one_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}@{self.source}"


class SignInLink(models.Model):
    """A link that signs one person in, once. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    from_platform = models.BooleanField(default=False)
    """Handed out by a platform, which can speak for its members but not for those who govern."""

    def __str__(self) -> str:
        return f"link for {self.person}"
