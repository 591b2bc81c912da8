"""The provider as allauth finds it: OpenID Connect, of which we keep an id and a name alone."""

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider


class Provider(OpenIDConnectProvider):
    def get_default_scope(self) -> list[str]:
        return ["openid", "profile"]

    def extract_email_addresses(self, data: Any) -> list[Any]:
        return []

    def extract_extra_data(self, data: Any) -> dict[str, str]:
        fields = self.extract_common_fields(data)
        return {"name": str(fields["name"] or fields["username"] or "")}


provider_classes = [Provider]
