"""An OAuth client as Alexa's app is one: its credentials, its request, its redirect."""

import base64
import hashlib
from urllib.parse import parse_qsl, urlsplit

import httpx

from podcaster.listener.oauth_tokens import SpeakerClient

HERE = "https://pitangui.amazon.com/api/skill/link/M1VENDOR"
CLIENT = SpeakerClient(id="alexa", secret="s" * 40, redirect_uris=frozenset({HERE}))
VERIFIER = "v" * 64
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ASKED = {
    "response_type": "code",
    "client_id": "alexa",
    "redirect_uri": HERE,
    "state": "A2SAAE&= ñ",
    "scope": "listen",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


SECRETS = ("alexa", "s" * 40)


def returned(answer: httpx.Response) -> dict[str, str]:
    """Parameters that a redirect hands the client."""
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(f"{HERE}?")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))
