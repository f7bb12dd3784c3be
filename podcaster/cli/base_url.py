"""Checks the base URL that a worker writes into feeds."""

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from podcaster.errors import SettingsWrong

if TYPE_CHECKING:
    from podcaster.settings import Settings


def refuse_loopback(settings: "Settings", known: str) -> None:
    """Refuse a base URL of this machine where another machine serves.

    Args:
        settings: The worker's.
        known: The first public base URL of the show, or the worker's own where there was none yet.

    Raises:
        SettingsWrong: feeds would lead listeners to their own machines.
    """
    if not _is_loopback(settings.base_url):
        return
    unset = "base_url" not in settings.model_fields_set and settings.database_url.startswith("postgresql")
    if unset or not _is_loopback(known):
        raise SettingsWrong(
            f"This worker would write {settings.base_url} into feeds that another machine serves.",
            "Set PODCASTER_BASE_URL to the service's public address, as there.",
        )


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
