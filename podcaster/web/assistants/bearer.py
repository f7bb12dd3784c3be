"""Access tokens in requests of assistants (RFC 6750), and where they are to be had (RFC 9728, RFC 8414)."""

import re
from typing import Any, Final

from podcaster.listener.oauth_tokens import SCOPE
from podcaster.web.http.asgi import Scope, header

PATH: Final = "/mcp"
RESOURCE_METADATA: Final = f"/.well-known/oauth-protected-resource{PATH}"
SERVER_METADATA: Final = "/.well-known/oauth-authorization-server"
_BEARER: Final = re.compile(r"Bearer[ ]+([A-Za-z0-9._~+/=-]{16,200})[ ]*", re.IGNORECASE | re.ASCII)


def access_token(scope: Scope) -> str:
    """The token of a request; empty without one."""
    found = _BEARER.fullmatch(header(scope, b"authorization"))
    return found[1] if found else ""


def challenge(base_url: str, *, wrong: bool) -> bytes:
    """The WWW-Authenticate header of a 401."""
    error = ', error="invalid_token"' if wrong else ""
    return (
        f'Bearer realm="podcaster", scope="{SCOPE}", resource_metadata="{base_url}{RESOURCE_METADATA}"{error}'.encode()
    )


def resource_metadata(base_url: str) -> dict[str, Any]:
    """The protected resource's metadata (RFC 9728 §2)."""
    return {
        "resource": f"{base_url}{PATH}",
        "authorization_servers": [base_url],
        "scopes_supported": [SCOPE],
        "bearer_methods_supported": ["header"],
    }


def server_metadata(base_url: str) -> dict[str, Any]:
    """The authorization server's metadata (RFC 8414 §2)."""
    authenticated = ["none", "client_secret_basic", "client_secret_post"]
    return {
        "issuer": base_url,
        "authorization_endpoint": f"{base_url}/oauth/authorize",
        "token_endpoint": f"{base_url}/oauth/token",
        "registration_endpoint": f"{base_url}/oauth/register",
        "revocation_endpoint": f"{base_url}/oauth/revoke",
        "scopes_supported": [SCOPE],
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": authenticated,
        "revocation_endpoint_auth_methods_supported": authenticated,
    }
