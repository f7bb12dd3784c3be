"""The OAuth client for account linking, from the settings."""

from typing import Final

from podcaster.errors import SettingsWrong
from podcaster.listener.oauth_tokens import SpeakerClient
from podcaster.settings import Settings

_AMAZON: Final = ("pitangui.amazon.com", "layla.amazon.com", "alexa.amazon.co.jp")
"""Redirect URLs of Alexa's app by country ("Account Linking for Custom Skills")."""

_SECRET_CHARACTERS: Final = 32


def speaker_client(settings: Settings) -> SpeakerClient | None:
    """Alexa as a client; None where nothing is said of it.

    Raises:
        SettingsWrong: a part is missing, or an address is not https.
    """
    named = {
        "PODCASTER_ALEXA_CLIENT_ID": settings.alexa_client_id,
        "PODCASTER_ALEXA_CLIENT_SECRET": settings.alexa_client_secret,
        "PODCASTER_ALEXA_VENDOR_ID or _REDIRECT_URIS": settings.alexa_vendor_id or settings.alexa_redirect_uris,
    }
    missing = [name for name, value in named.items() if not value]
    if len(missing) == len(named):
        return None
    if missing:
        raise SettingsWrong(
            f"Accounts cannot be linked: {', '.join(missing)} is missing.",
            "Set it, or none of PODCASTER_ALEXA_CLIENT_….",
        )
    if len(settings.alexa_client_secret) < _SECRET_CHARACTERS:
        raise SettingsWrong(
            f"PODCASTER_ALEXA_CLIENT_SECRET has fewer than {_SECRET_CHARACTERS} characters.",
            "Take `openssl rand -hex 32`, and tell Amazon the same.",
        )
    strange = [each for each in settings.alexa_redirect_uris if not each.startswith("https://") or "#" in each]
    if strange:
        raise SettingsWrong(
            f"PODCASTER_ALEXA_REDIRECT_URIS has {strange[0]!r}.", "Write addresses over https, without a fragment."
        )
    vendor = settings.alexa_vendor_id
    amazons = [f"https://{host}/api/skill/link/{vendor}" for host in _AMAZON] if vendor else []
    return SpeakerClient(
        id=settings.alexa_client_id,
        secret=settings.alexa_client_secret,
        redirect_uris=frozenset([*amazons, *settings.alexa_redirect_uris]),
    )
