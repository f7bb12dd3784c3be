"""Notices on pages: how an episode's translation and voice were made."""

from collections.abc import Sequence

from podcaster.episode.credits import heard_line
from podcaster.model import Episode
from podcaster.model.reviews import TranslationState, translation_state
from podcaster.script.notices import translation_notice
from podcaster.web.services import Services


def page_notices(services: Services, episode: Episode) -> Sequence[str]:
    """The sentences in the episode's language. A draft has a notice of its own on every page."""
    phrases, state = services.phrases(episode.language), translation_state(episode)
    translation = "" if state is TranslationState.DRAFT else translation_notice(phrases, state)
    return [notice for notice in (translation, phrases.synthetic_voice, heard_line(episode)) if notice]
