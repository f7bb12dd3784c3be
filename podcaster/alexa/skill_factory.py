"""Builds the skill from settings and from the parts that wiring passes in."""

import secrets
from collections.abc import Callable, Sequence

from podcaster.alexa.certificate_chains import CertificateChains
from podcaster.alexa.episode_cache import EpisodeCache
from podcaster.alexa.replay_protection import ReplayProtection
from podcaster.alexa.skill import Skill
from podcaster.alexa.turn import SkillServices
from podcaster.alexa.verification import Verification, trusted_roots
from podcaster.alexa.words import LOCALES
from podcaster.feed.addresses import Addresses
from podcaster.feed.rss import FeedEntry
from podcaster.listener.account import Listener
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import TOKEN_BYTES, token_of
from podcaster.listener.personal_briefing import STREAM_LIVES
from podcaster.listener.preferences import Preferences
from podcaster.model import Show
from podcaster.ports import Clock, Fetcher, Library, ReplayGuard
from podcaster.settings import Settings
from podcaster.units import LanguageTag


def open_skill(
    settings: Settings,
    *,
    library: Library,
    selected: Callable[[Preferences], Sequence[FeedEntry]],
    first_time: ReplayGuard,
    fetcher: Fetcher,
    show: Callable[[LanguageTag], Show],
    spoken: Sequence[LanguageTag],
    clock: Clock,
) -> Skill:
    """Build the skill with warm caches; `selected` returns the entries of a listener's feed, newest first.

    Raises:
        SettingsWrong: PODCASTER_ALEXA_ROOTS or PODCASTER_ALEXA_CHAINS cannot be used.
    """

    def briefing_url(listener: Listener, choices: Preferences) -> str:
        token, now = token_of(secrets.token_bytes(TOKEN_BYTES)), clock()
        library.put_stream(secret_digest(token), listener.id, choices, now=now, expires=now + STREAM_LIVES)
        return f"{settings.base_url}/s/{token}/briefing.mp3"

    services = SkillServices(
        reports=EpisodeCache(library=library, selected=selected),
        show=show,
        addresses=Addresses.served(settings.base_url),
        languages=spoken,
        clock=clock,
        briefing_url=briefing_url,
    )
    verification = Verification(
        skill_id=settings.alexa_skill_id,
        roots=trusted_roots(settings.alexa_roots),
        chains=CertificateChains(fetcher, settings.alexa_chains),
        clock=clock,
    )
    skill = Skill(services, verification, ReplayProtection(first_time, clock))
    for locale in LOCALES:
        skill.warm_up(locale)
    return skill
