"""The skill joined: from settings and from what wiring hands it."""

import secrets
from collections.abc import Callable, Sequence

from podcaster.alexa.chains import Chains
from podcaster.alexa.repetition import Repetition
from podcaster.alexa.reports import Reports
from podcaster.alexa.skill import Skill
from podcaster.alexa.turn import Station
from podcaster.alexa.verification import Verification, trusted_roots
from podcaster.alexa.words import LOCALES
from podcaster.feed.addresses import Addresses
from podcaster.feed.rss import Entry
from podcaster.listener.account import Listener
from podcaster.listener.linking import STREAM_LIVES, secret_digest
from podcaster.listener.preferences import Preferences
from podcaster.listener.token import TOKEN_BYTES, token_of
from podcaster.model import Show
from podcaster.ports import Clock, Fetcher, FirstTime, Library
from podcaster.settings import Settings
from podcaster.units import LanguageTag


def open_skill(
    settings: Settings,
    *,
    library: Library,
    selected: Callable[[Preferences], Sequence[Entry]],
    first_time: FirstTime,
    fetcher: Fetcher,
    show: Callable[[LanguageTag], Show],
    spoken: Sequence[LanguageTag],
    clock: Clock,
) -> Skill:
    """The skill that the settings name, ready to answer; `selected` is what a listener's choices give, the newest first.

    Raises:
        SettingsWrong: PODCASTER_ALEXA_ROOTS or PODCASTER_ALEXA_CHAINS cannot be used.
    """

    def briefing_address(listener: Listener, choices: Preferences) -> str:
        token, now = token_of(secrets.token_bytes(TOKEN_BYTES)), clock()
        library.put_stream(secret_digest(token), listener.id, choices, now=now, expires=now + STREAM_LIVES)
        return f"{settings.base_url}/s/{token}/briefing.mp3"

    station = Station(
        reports=Reports(library=library, selected=selected),
        show=show,
        addresses=Addresses.served(settings.base_url),
        languages=spoken,
        clock=clock,
        briefing_address=briefing_address,
    )
    verification = Verification(
        skill_id=settings.alexa_skill_id,
        roots=trusted_roots(settings.alexa_roots),
        chains=Chains(fetcher, settings.alexa_chains),
        clock=clock,
    )
    skill = Skill(station, verification, Repetition(first_time, clock))
    for locale in LOCALES:
        skill.rehearse(locale)
    return skill
