"""The authorization server: OAuth 2.0 by Authlib, with one client, PKCE by S256 alone, and digests in place of secrets (RFC 9700)."""

import base64
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientMixin,
    InvalidRequestError,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge

from podcaster.listener.linking import (
    ACCESS_TOKEN_LIVES,
    AUTHORIZATION_CODE_LIVES,
    REFRESH_TOKEN_LIVES,
    REFRESHED_AGAIN_WITHIN,
    SCOPE,
    Authorization,
    Grant,
    SpeakerClient,
    TokenPair,
    secret_digest,
)
from podcaster.listener.token import TOKEN_BYTES, token_of
from podcaster.web.services import Services

Parameters = Sequence[tuple[str, str]]
"""Names and values in the order in which they came."""
# What Authlib says while it works has tokens in it.
logging.getLogger("authlib").setLevel(logging.WARNING)
_CLIENT_AUTHENTICATION: Final = ["client_secret_basic", "client_secret_post"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server says, in the words of HTTP."""

    status: int
    body: Any
    """A JSON document; empty where `headers` lead elsewhere."""
    headers: Mapping[str, str]


class Exchange(OAuth2Request):  # type: ignore[misc] # Authlib carries no annotations
    """A request to one of the endpoints."""

    def __init__(self, method: str, uri: str, parameters: Parameters, *, authorization: str = "") -> None:
        """`uri` is how the world calls the endpoint, over https or on this machine (RFC 6749 §3.1)."""
        super().__init__(method, uri, headers={"Authorization": authorization} if _is_basic(authorization) else {})
        self.payload = _Payload(parameters)

    @property
    def form(self) -> Mapping[str, str]:
        """The parameters of the body."""
        return self.payload.data  # type: ignore[no-any-return] # Authlib carries no annotations


def _is_basic(authorization: str) -> bool:
    """Whether credentials are text in base64 (RFC 7617 §2), which Authlib takes for granted."""
    scheme, _, credentials = authorization.partition(" ")
    try:
        base64.b64decode(credentials, validate=True).decode()
    except ValueError:
        return False
    return scheme.lower() == "basic"


class _Payload(BasicOAuth2Payload):  # type: ignore[misc]
    """Parameters, of which a form has each once."""

    def __init__(self, parameters: Parameters) -> None:
        super().__init__(dict(parameters))


class LinkingServer(AuthorizationServer):  # type: ignore[misc]
    """Lets the speaker's makers in, for one listener at a time."""

    def __init__(self, services: Services, client: SpeakerClient) -> None:
        super().__init__(scopes_supported=[SCOPE])
        self.services = services
        self._client = _Client(client)
        self.register_grant(_CodeGrant, [_Challenge(required=True)])
        self.register_grant(_RefreshGrant)
        self.register_endpoint(_Revocation)
        self.register_token_generator("default", self._tokens)

    def query_client(self, client_id: str) -> "_Client | None":
        """The one that there is, by its name."""
        return self._client if secrets.compare_digest(client_id.encode(), self._client.kept.id.encode()) else None

    def save_token(self, token: Mapping[str, str], request: "Exchange") -> None:
        """Keep the digests of what is about to be given out."""
        now = self.services.clock()
        pair = TokenPair(
            access=secret_digest(token["access_token"]),
            access_expires=now + ACCESS_TOKEN_LIVES,
            refresh=secret_digest(token["refresh_token"]),
            refresh_expires=now + REFRESH_TOKEN_LIVES,
        )
        self.services.library.put_tokens(request.user, pair, now)

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: Exchange) -> Exchange:
        """It is one already."""
        return request

    def handle_response(self, status: int, body: object, headers: Sequence[tuple[str, str]]) -> Answer:
        """As our routes send it."""
        return Answer(status=status, body=body, headers=dict(headers))

    def secret(self) -> str:
        """A code or a token: 256 bits that nobody guesses."""
        return token_of(self.services.randomness(TOKEN_BYTES))

    def _tokens(self, **_: object) -> dict[str, object]:
        return {
            "token_type": "Bearer",
            "access_token": self.secret(),
            "expires_in": int(ACCESS_TOKEN_LIVES.total_seconds()),
            "refresh_token": self.secret(),
        }


@dataclass(frozen=True, slots=True)
class _Client(ClientMixin):  # type: ignore[misc]
    """The speaker's makers, as Authlib asks about them."""

    kept: SpeakerClient

    def get_client_id(self) -> str:
        return self.kept.id

    def get_default_redirect_uri(self) -> None:
        """There are several, so a request says which."""

    def get_allowed_scope(self, scope: str | None) -> str:
        return SCOPE

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.kept.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret.encode(), self.kept.secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in _CLIENT_AUTHENTICATION

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in {"authorization_code", "refresh_token"}


@dataclass(frozen=True, slots=True)
class _Code:
    """An authorization code, as Authlib asks about it."""

    kept: Authorization
    code_challenge_method: str = field(default="S256", init=False)

    @property
    def code_challenge(self) -> str:
        return self.kept.challenge

    def get_redirect_uri(self) -> str:
        return self.kept.redirect_uri

    def get_scope(self) -> str:
        return SCOPE


class _CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """RFC 6749 §4.1."""

    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def generate_authorization_code(self) -> str:
        return str(self.server.secret())

    def save_authorization_code(self, code: str, request: Exchange) -> None:
        services: Services = self.server.services
        now = services.clock()
        authorization = Authorization(
            code=secret_digest(code),
            listener=request.user.id,
            redirect_uri=request.payload.redirect_uri,
            challenge=request.payload.data["code_challenge"],
            expires=now + AUTHORIZATION_CODE_LIVES,
        )
        services.library.put_authorization(authorization, now)

    def query_authorization_code(self, code: str, client: _Client) -> _Code | None:
        """Taking it ends it, so that of two who bring it at once, or one who guesses at its verifier, nobody gets more."""
        services: Services = self.server.services
        found = services.library.take_authorization(secret_digest(code), services.clock())
        return None if found is None else _Code(found)

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        """It was ended when it was taken."""

    def authenticate_user(self, authorization_code: _Code) -> Grant:
        kept = authorization_code.kept
        return Grant(code=kept.code, listener=kept.listener, granted=self.server.services.clock())


class _Challenge(CodeChallenge):  # type: ignore[misc]
    """RFC 7636, asked of everybody; a verifier that is sent in the clear protects nothing."""

    SUPPORTED_CODE_CHALLENGE_METHOD: Final = ["S256"]

    def validate_code_challenge(self, grant: _CodeGrant, redirect_uri: object) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with 'code_challenge_method=S256' is required.")
        super().validate_code_challenge(grant, redirect_uri)


@dataclass(frozen=True, slots=True)
class _Refresh:
    """A refresh token, as Authlib asks about it."""

    kept: Grant

    def check_client(self, client: _Client) -> bool:
        return True

    def get_scope(self) -> str:
        return SCOPE


class _RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    """RFC 6749 §6; every use gives another token."""

    TOKEN_ENDPOINT_AUTH_METHODS = _CLIENT_AUTHENTICATION
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> _Refresh | None:
        services: Services = self.server.services
        digest, now = secret_digest(refresh_token), services.clock()
        grant = services.library.take_refresh_token(digest, now, again_within=REFRESHED_AGAIN_WITHIN)
        return None if grant is None else _Refresh(grant)

    def authenticate_user(self, refresh_token: _Refresh) -> Grant:
        return refresh_token.kept

    def revoke_old_credential(self, refresh_token: _Refresh) -> None:
        """It was replaced when it was taken."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A token of either kind that is to end."""

    digest: str

    def check_client(self, client: _Client) -> bool:
        return True


class _Revocation(RevocationEndpoint):  # type: ignore[misc]
    """RFC 7009; a token that is none is answered like one that was."""

    CLIENT_AUTH_METHODS = _CLIENT_AUTHENTICATION

    def query_token(self, token_string: str, token_type_hint: str | None) -> _Token:
        return _Token(secret_digest(token_string))

    def revoke_token(self, token: _Token, request: Exchange) -> None:
        self.server.services.library.revoke_token(token.digest)
