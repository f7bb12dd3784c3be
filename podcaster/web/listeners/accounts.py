"""Creates, changes and moves listeners' accounts, for the API and for forms."""

from datetime import timedelta

from fastapi import Request

from podcaster.errors import AskedTooOften, ListenerUnknown
from podcaster.listener.account import Listener
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import TOKEN_BYTES, code_digest, code_of, token_of
from podcaster.listener.preferences import Preferences
from podcaster.listener.voice_validation import require_known_voices
from podcaster.web.http.client_network import client_network
from podcaster.web.services import Services
from podcaster.web.site.show_languages import show_languages

_ID_BYTES = 16


class ListenerAccounts:
    """Operations on accounts; they block."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def add(self, choices: Preferences, request: Request) -> str:
        """Create a listener and return the token, which cannot be recovered later.

        Raises:
            AskedTooOften: Too many were created from this network within the hour.
            InputRefused: A voice does not exist.
        """
        self._count(request)
        self._refuse_unknown_voices(choices)
        token = token_of(self._services.randomness(TOKEN_BYTES))
        name = self._services.randomness(_ID_BYTES).hex()
        self._services.library.add_listener(Listener.new(token, choices, id=name, now=self._services.clock()))
        return token

    def change(self, listener: Listener, choices: Preferences) -> None:
        """Replace a listener's preferences.

        Raises:
            ListenerUnknown: The listener was just deleted.
            InputRefused: A voice does not exist.
        """
        self._refuse_unknown_voices(choices)
        if not self._services.library.set_preferences(listener.id, choices, self._services.clock()):
            raise _gone()

    def rotate(self, listener: Listener) -> str:
        """Issue a new token; the old one stops working at once.

        Raises:
            ListenerUnknown: The token was replaced in the meantime.
        """
        new = token_of(self._services.randomness(TOKEN_BYTES))
        digests = {"new": secret_digest(new), "code": code_digest(code_of(new))}
        if not self._services.library.rotate_listener(listener.digest, **digests, now=self._services.clock()):
            raise _gone()
        return new

    def _refuse_unknown_voices(self, choices: Preferences) -> None:
        if choices.voice:
            spoken = [*choices.languages, *show_languages(self._services)]
            require_known_voices(choices.voice, {each.name for tag in spoken for each in self._services.voices(tag)})

    def _count(self, request: Request) -> None:
        services = self._services
        asker, hour = secret_digest(f"listeners from {client_network(request)}"), timedelta(hours=1)
        if services.library.count_attempt(asker, services.clock(), within=hour) > services.listeners_per_hour:
            raise AskedTooOften(
                "Too many podcasts were created from your network.", "Wait an hour, or use the one you already have."
            )


def _gone() -> ListenerUnknown:
    return ListenerUnknown("This address was replaced a moment ago.", "Use the newest address.")
