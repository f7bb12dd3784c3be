"""OAuth clients that register themselves (RFC 7591): public clients, whose id holds all that is known of them.

Anybody may register anything, so a stored registration would prove no more than an id that says the same. Nothing is stored,
nothing fills up, and the consent page names the client and the host to which the listener is sent back.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final, Self
from urllib.parse import SplitResult, urlsplit

_PREFIX: Final = "self."
_MOST_URIS: Final = 5
_LONGEST_URI: Final = 300
_LONGEST_NAME: Final = 80
_LONGEST_ID: Final = 2_400
_RESPONSE_TYPES: Final = ["code"]
_GRANT_TYPES: Final = ["authorization_code", "refresh_token"]


class RegistrationRefused(ValueError):
    """A registration that is refused; the code is RFC 7591's (§3.2.2)."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredClient:
    """A client that registered itself."""

    name: str
    """As it calls itself; nobody has checked it."""
    redirect_uris: tuple[str, ...]

    @classmethod
    def registered(cls, metadata: Mapping[str, Any]) -> Self:
        """The client of a registration request (RFC 7591 §2).

        Raises:
            RegistrationRefused: it cannot be a client here.
        """
        uris, name = metadata.get("redirect_uris"), metadata.get("client_name") or ""
        if not isinstance(uris, list) or not 0 < len(uris) <= _MOST_URIS or not all(map(_is_redirect_uri, uris)):
            raise RegistrationRefused(
                "invalid_redirect_uri", f"Give one to {_MOST_URIS} redirect_uris: https, or http on this very device."
            )
        if not isinstance(name, str) or not set(metadata.get("grant_types") or _GRANT_TYPES) <= {*_GRANT_TYPES}:
            raise RegistrationRefused("invalid_client_metadata", "Only authorization_code and refresh_token are given.")
        shown = "".join(sign for sign in name if sign.isprintable())
        return cls(name=shown[:_LONGEST_NAME].strip(), redirect_uris=tuple(uris))

    @classmethod
    def of(cls, client_id: str) -> Self | None:
        """The client that an id describes."""
        if not client_id.startswith(_PREFIX) or len(client_id) > _LONGEST_ID:
            return None
        text = client_id.removeprefix(_PREFIX)
        try:
            said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            found = cls.registered({"client_name": said["n"], "redirect_uris": said["r"]})
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return found if found.id == client_id else None

    @property
    def id(self) -> str:
        """`client_id`."""
        said = json.dumps({"n": self.name, "r": self.redirect_uris}, ensure_ascii=False, separators=(",", ":"))
        return _PREFIX + base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    def document(self) -> Mapping[str, Any]:
        """The answer to a registration (RFC 7591 §3.2.1)."""
        return {
            "client_id": self.id,
            "client_name": self.name,
            "redirect_uris": list(self.redirect_uris),
            "token_endpoint_auth_method": "none",
            "grant_types": _GRANT_TYPES,
            "response_types": _RESPONSE_TYPES,
        }

    def allows(self, redirect_uri: str) -> bool:
        """Whether a redirect URI is one of the registered; on this device with any port (RFC 8252 §7.3)."""
        if redirect_uri in self.redirect_uris:
            return True
        asked = _without_port(redirect_uri)
        return asked is not None and asked in {_without_port(each) for each in self.redirect_uris}


def _is_redirect_uri(uri: object) -> bool:
    if not isinstance(uri, str) or len(uri) > _LONGEST_URI or "#" in uri or not uri.isascii() or not uri.isprintable():
        return False
    parts = _split(uri)
    if parts is None or not parts.hostname or parts.username is not None or set(uri) & set(" \\\"'<>;,"):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def _without_port(uri: str) -> SplitResult | None:
    """A loopback URI over http without its port; None for every other."""
    if not _is_redirect_uri(uri):
        return None
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.hostname or "") if parts.scheme == "http" else None


def _split(uri: str) -> SplitResult | None:
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018 # raises where it is none
    except ValueError:
        return None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
