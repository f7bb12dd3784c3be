"""Clients of the authorization server, in Authlib's interface: the speaker's service, and assistants."""

import secrets
from dataclasses import dataclass

from authlib.oauth2.rfc6749 import ClientMixin

from podcaster.listener.digests import secret_digest
from podcaster.listener.oauth_tokens import SCOPE, SpeakerClient
from podcaster.web.speakers.registered_clients import RegisteredClient


class OAuthClient(ClientMixin):  # type: ignore[misc]
    """A client in Authlib's interface."""

    def get_default_redirect_uri(self) -> None:
        """None: requests must name a redirect URI."""

    def get_allowed_scope(self, scope: str | None) -> str:
        """The only scope there is."""
        return SCOPE

    def check_response_type(self, response_type: str) -> bool:
        """Whether a code is asked for, as OAuth 2.1 has it."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Whether a code or a refresh token is exchanged."""
        return grant_type in {"authorization_code", "refresh_token"}

    def digest(self, secret: str) -> str:
        """The stored form of a code or refresh token."""
        return secret_digest(secret)


@dataclass(frozen=True, slots=True)
class SpeakersService(OAuthClient):
    """The speaker's service, which authenticates by its secret."""

    kept: SpeakerClient

    def get_client_id(self) -> str:
        """The client's id."""
        return self.kept.id

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Whether the client has registered this URI."""
        return redirect_uri in self.kept.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        """Whether this is the secret, compared in constant time."""
        return secrets.compare_digest(client_secret.encode(), self.kept.secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Whether the client may authenticate in this way."""
        return method != "none"


@dataclass(frozen=True, slots=True)
class Assistant(OAuthClient):
    """An assistant that registered itself; PKCE stands in place of a secret."""

    kept: RegisteredClient

    def get_client_id(self) -> str:
        """The client's id."""
        return self.kept.id

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Whether the client has registered this URI."""
        return self.kept.allows(redirect_uri)

    def check_client_secret(self, client_secret: str) -> bool:
        """False: it has none."""
        return False

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Whether the client may authenticate in this way."""
        return method == "none"

    def digest(self, secret: str) -> str:
        """Bound to the client: in another's hands the secret opens nothing."""
        return secret_digest(f"{self.kept.id}\n{secret}")
