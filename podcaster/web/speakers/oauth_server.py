"""OAuth 2.0 authorization server on Authlib: PKCE with S256 only, digests in place of secrets (RFC 9700).

The speaker's service is a client with a secret; assistants register themselves and have none (OAuth 2.1 §2.1).
"""

import base64
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidRequestError,
    OAuth2Error,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge

from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import TOKEN_BYTES, token_of
from podcaster.listener.oauth_tokens import (
    ACCESS_TOKEN_LIVES,
    AUTHORIZATION_CODE_LIVES,
    REFRESH_TOKEN_LIVES,
    REFRESHED_AGAIN_WITHIN,
    SCOPE,
    Authorization,
    Grant,
    SpeakerClient,
    TokenPair,
)
from podcaster.web.services import Services
from podcaster.web.speakers.oauth_clients import Assistant, OAuthClient, SpeakersService
from podcaster.web.speakers.registered_clients import RegisteredClient

Parameters = Sequence[tuple[str, str]]
"""Names and values in their original order."""
# Authlib logs tokens below this level.
logging.getLogger("authlib").setLevel(logging.WARNING)
_CLIENT_AUTHENTICATION: Final = ["client_secret_basic", "client_secret_post", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthResponse:
    """An HTTP response of the server."""

    status: int
    body: Any
    """A JSON document; empty for a redirect."""
    headers: Mapping[str, str]


class EndpointRequest(OAuth2Request):  # type: ignore[misc] # Authlib carries no annotations
    """A request to an endpoint."""

    def __init__(self, method: str, uri: str, parameters: Parameters, *, authorization: str = "") -> None:
        """`uri` is the endpoint's public URL, https or on localhost (RFC 6749 §3.1)."""
        super().__init__(method, uri, headers={"Authorization": authorization} if _is_basic(authorization) else {})
        self.payload = _Payload(parameters)

    @property
    def form(self) -> Mapping[str, str]:
        """The parameters of the body."""
        return self.payload.data  # type: ignore[no-any-return] # Authlib carries no annotations


def _is_basic(authorization: str) -> bool:
    """Whether an Authorization header is valid Basic (RFC 7617 §2), which Authlib does not check."""
    scheme, _, credentials = authorization.partition(" ")
    try:
        base64.b64decode(credentials, validate=True).decode()
    except ValueError:
        return False
    return scheme.lower() == "basic"


class _Payload(BasicOAuth2Payload):  # type: ignore[misc]
    """Parameters, each of which occurs once."""

    def __init__(self, parameters: Parameters) -> None:
        super().__init__(dict(parameters))


class LinkingServer(AuthorizationServer):  # type: ignore[misc]
    """Issues tokens to the speaker's service and to assistants, each for one listener."""

    def __init__(self, services: Services, client: SpeakerClient | None) -> None:
        super().__init__(scopes_supported=[SCOPE])
        self.services = services
        self._client = SpeakersService(client) if client else None
        self.register_grant(_CodeGrant, [_Challenge(required=True)])
        self.register_grant(_RefreshGrant)
        self.register_endpoint(_Revocation)
        self.register_token_generator("default", self._tokens)

    def query_client(self, client_id: str) -> "OAuthClient | None":
        """The configured client, if the id matches; or an assistant that registered itself."""
        if self._client and secrets.compare_digest(client_id.encode(), self._client.get_client_id().encode()):
            return self._client
        found = RegisteredClient.of(client_id) if self.services.assistants else None
        return Assistant(found) if found else None

    def save_token(self, token: Mapping[str, str], request: "EndpointRequest") -> None:
        """Store digests of the tokens to be issued."""
        now = self.services.clock()
        pair = TokenPair(
            access=secret_digest(token["access_token"]),
            access_expires=now + ACCESS_TOKEN_LIVES,
            refresh=request.client.digest(token["refresh_token"]),
            refresh_expires=now + REFRESH_TOKEN_LIVES,
        )
        self.services.library.put_tokens(request.user, pair, now)

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Do nothing: Authlib's signals are not used."""

    def create_oauth2_request(self, request: EndpointRequest) -> EndpointRequest:
        """Return the request, which has the right type already."""
        return request

    def handle_response(self, status: int, body: object, headers: Sequence[tuple[str, str]]) -> OAuthResponse:
        """Wrap a response for the routes."""
        return OAuthResponse(status=status, body=body, headers=dict(headers))

    def secret(self) -> str:
        """A random code or token of 256 bits."""
        return token_of(self.services.randomness(TOKEN_BYTES))

    def _tokens(self, **_: object) -> dict[str, object]:
        return {
            "token_type": "Bearer",
            "access_token": self.secret(),
            "expires_in": int(ACCESS_TOKEN_LIVES.total_seconds()),
            "refresh_token": self.secret(),
        }


@dataclass(frozen=True, slots=True)
class _Code:
    """An authorization code in Authlib's interface."""

    kept: Authorization
    code_challenge_method: str = field(default="S256", init=False)

    @property
    def code_challenge(self) -> str:
        return self.kept.challenge

    def get_redirect_uri(self) -> str:
        return self.kept.redirect_uri

    def get_scope(self) -> str:
        return SCOPE


class _WrongResource(OAuth2Error):  # type: ignore[misc]
    """Tokens of this service open nothing else."""

    error = "invalid_target"
    description = "The resource is another service."


class _CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Authorization code grant (RFC 6749 §4.1)."""

    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def validate_authorization_request(self) -> object:
        """As Authlib does; and the resource that tokens are asked for is this service (RFC 8707 §2)."""
        redirect_uri = super().validate_authorization_request()
        base_url, asked = self.server.services.base_url, self.request.payload.data.get("resource")
        if asked and asked.rstrip("/") not in {base_url, f"{base_url}/mcp"}:
            raise _WrongResource(redirect_uri=redirect_uri)
        return redirect_uri

    def generate_authorization_code(self) -> str:
        return str(self.server.secret())

    def save_authorization_code(self, code: str, request: EndpointRequest) -> None:
        services: Services = self.server.services
        now = services.clock()
        authorization = Authorization(
            code=request.client.digest(code),
            listener=request.user.id,
            redirect_uri=request.payload.redirect_uri,
            challenge=request.payload.data["code_challenge"],
            expires=now + AUTHORIZATION_CODE_LIVES,
        )
        services.library.put_authorization(authorization, now)

    def query_authorization_code(self, code: str, client: OAuthClient) -> _Code | None:
        """Look the code up and delete it at once, so that it works once even in a race or a guess at its verifier."""
        services: Services = self.server.services
        found = services.library.take_authorization(client.digest(code), services.clock())
        return None if found is None else _Code(found)

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        """Do nothing: the code was deleted when it was looked up."""

    def authenticate_user(self, authorization_code: _Code) -> Grant:
        kept = authorization_code.kept
        return Grant(code=kept.code, listener=kept.listener, granted=self.server.services.clock())


class _Challenge(CodeChallenge):  # type: ignore[misc]
    """PKCE (RFC 7636), required of every client; the method `plain` is refused."""

    SUPPORTED_CODE_CHALLENGE_METHOD: Final = ["S256"]

    def validate_code_challenge(self, grant: _CodeGrant, redirect_uri: object) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with 'code_challenge_method=S256' is required.")
        super().validate_code_challenge(grant, redirect_uri)


@dataclass(frozen=True, slots=True)
class _Refresh:
    """A refresh token in Authlib's interface."""

    kept: Grant

    def check_client(self, client: OAuthClient) -> bool:
        return True

    def get_scope(self) -> str:
        return SCOPE


class _RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    """Refresh token grant (RFC 6749 §6) with rotation."""

    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> _Refresh | None:
        services: Services = self.server.services
        digest, now = self.request.client.digest(refresh_token), services.clock()
        grant = services.library.take_refresh_token(digest, now, again_within=REFRESHED_AGAIN_WITHIN)
        return None if grant is None else _Refresh(grant)

    def authenticate_user(self, refresh_token: _Refresh) -> Grant:
        return refresh_token.kept

    def revoke_old_credential(self, refresh_token: _Refresh) -> None:
        """Do nothing: the token was replaced when it was looked up."""


@dataclass(frozen=True, slots=True)
class _Token:
    """An access or refresh token to revoke."""

    secret: str

    def check_client(self, client: OAuthClient) -> bool:
        return True


class _Revocation(RevocationEndpoint):  # type: ignore[misc]
    """Token revocation (RFC 7009); unknown tokens get the same response."""

    CLIENT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def query_token(self, token_string: str, token_type_hint: str | None) -> _Token:
        return _Token(token_string)

    def revoke_token(self, token: _Token, request: EndpointRequest) -> None:
        """An access token is kept under its own digest, a refresh token under that of its client."""
        for digest in {secret_digest(token.secret), request.client.digest(token.secret)}:
            self.server.services.library.revoke_token(digest)
