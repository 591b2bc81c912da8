"""The providers that people may sign in through: `openid.yaml` of the data folder.

The operator writes it. It holds secrets, so nobody else may read it; they go nowhere but to the
provider, and neither into the database nor into a log.
"""

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
)

from comity.errors import Diagnostic, InputError
from comity.event import Id, Slug

_HINT: Final = "the guide “Sign-in and roles” shows a whole one"


def _is_safe(issuer: str) -> str:
    """Over plain HTTP anyone on the way could say who signs in; on loopback there is no way."""
    parts = urlsplit(issuer)
    if not (parts.hostname and (parts.scheme == "https" or _is_loopback(parts.hostname))):
        raise ValueError("an issuer begins with https://")
    return issuer.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Provider(BaseModel):
    """One provider. `sub` of its answers are the member ids of `source`, where that is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=60)]
    issuer: Annotated[str, AfterValidator(_is_safe)]
    client_id: Annotated[str, Field(min_length=1, max_length=500)]
    client_secret: SecretStr = SecretStr("")
    source: Id | None = None
    newcomers: bool = False
    """Whether someone whom nobody here knows yet becomes a member by signing in."""

    def as_app(self) -> dict[str, Any]:
        """As allauth wants it in its settings."""
        return {
            "provider_id": self.id,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret.get_secret_value(),
            "settings": {
                "server_url": self.issuer,
                "source": self.source,
                "newcomers": self.newcomers,
            },
        }


_PROVIDERS: Final = TypeAdapter(Annotated[list[Provider], Field(max_length=20)])


def read_providers(file: Path) -> Sequence[Provider]:
    """Read the file; without one there are no providers. Raises InputError with what is wrong."""
    if not file.exists():
        return ()
    if file.stat().st_mode & 0o077:
        message, hint = "others may read this file of secrets", f"run: chmod 600 {file}"
        raise InputError([Diagnostic(message, hint, file=str(file))])
    try:
        providers = _PROVIDERS.validate_python(yaml.safe_load(file.read_text("utf-8")) or [])
    except (yaml.YAMLError, UnicodeDecodeError):
        message = "this is not YAML"
        raise InputError([Diagnostic(message, _HINT, file=str(file))]) from None
    except ValidationError as error:
        # Without the input: it may be the secret.
        raise InputError(
            [
                Diagnostic(f"{_place(mistake['loc'])}: {mistake['msg']}", _HINT, file=str(file))
                for mistake in error.errors(include_url=False, include_input=False)
            ]
        ) from None
    if len({provider.id for provider in providers}) < len(providers):
        message = "two providers have the same `id`"
        raise InputError([Diagnostic(message, "give each its own", file=str(file))])
    return providers


def _place(location: tuple[int | str, ...]) -> str:
    first, *rest = location or ("the file",)
    where = f"provider {first + 1}" if isinstance(first, int) else str(first)
    return ", ".join((where, *(f"`{part}`" for part in rest)))
