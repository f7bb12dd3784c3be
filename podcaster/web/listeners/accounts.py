"""What may be done with a podcast of one's own, for programs and for forms."""

from datetime import timedelta

from fastapi import Request

from podcaster.errors import AskedTooOften, ListenerUnknown
from podcaster.listener.account import Listener
from podcaster.listener.linking import secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.listener.token import TOKEN_BYTES, code_digest, code_of, token_digest, token_of
from podcaster.listener.wishes import refuse_unknown_voices
from podcaster.web.http.client_network import client_network
from podcaster.web.services import Services
from podcaster.web.site.show_names import shown_languages

_ID_BYTES = 16


class ListenerDesk:
    """Makes, changes and moves them; blocks."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def add(self, choices: Preferences, request: Request) -> str:
        """The token of a new listener: what is kept does not give it back.

        Raises:
            AskedTooOften: so many were made from this network within the hour.
            InputRefused: a voice is none.
        """
        self._count(request)
        self._refuse_unknown_voices(choices)
        token = token_of(self._services.randomness(TOKEN_BYTES))
        name = self._services.randomness(_ID_BYTES).hex()
        self._services.library.add_listener(Listener.new(token, choices, id=name, now=self._services.clock()))
        return token

    def change(self, listener: Listener, choices: Preferences) -> None:
        """Other choices.

        Raises:
            ListenerUnknown: they left a moment ago.
            InputRefused: a voice is none.
        """
        self._refuse_unknown_voices(choices)
        if not self._services.library.set_preferences(listener.id, choices, self._services.clock()):
            raise _gone()

    def rotate(self, listener: Listener) -> str:
        """Another token; the old one ends with this.

        Raises:
            ListenerUnknown: somebody else was faster.
        """
        new = token_of(self._services.randomness(TOKEN_BYTES))
        digests = {"new": token_digest(new), "code": code_digest(code_of(new))}
        if not self._services.library.rotate_listener(listener.digest, **digests, now=self._services.clock()):
            raise _gone()
        return new

    def _refuse_unknown_voices(self, choices: Preferences) -> None:
        if choices.voice:
            spoken = [*choices.languages, *shown_languages(self._services)]
            refuse_unknown_voices(choices.voice, {each.name for tag in spoken for each in self._services.voices(tag)})

    def _count(self, request: Request) -> None:
        services = self._services
        asker, hour = secret_digest(f"listeners from {client_network(request)}"), timedelta(hours=1)
        if services.library.count_attempt(asker, services.clock(), within=hour) > services.listeners_per_hour:
            raise AskedTooOften("Too many podcasts were made from here.", "Wait an hour, or use the one you have.")


def _gone() -> ListenerUnknown:
    return ListenerUnknown("This address was given up a moment ago.", "Take the one that was given out last.")
