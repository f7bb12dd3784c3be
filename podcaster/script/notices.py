"""Spoken notices: that a voice is synthetic, and that a translation is a machine's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from podcaster.model.reviews import TranslationState

if TYPE_CHECKING:
    from collections.abc import Sequence


class Disclosure(StrEnum):
    """Place of the spoken notices. The notice of a draft is always in the opening."""

    OPENING = "opening"
    CLOSING = "closing"
    OFF = "off"


class NoticePhrases(Protocol):
    """The notices' words in one language; `script.phrases.Phrases` has them."""

    @property
    def draft(self) -> str:
        """That this is a draft machine translation."""

    @property
    def machine_translation(self) -> str:
        """That this is a machine translation."""

    @property
    def reviewed_translation(self) -> str:
        """That an editor reviewed this machine translation."""

    @property
    def synthetic_voice(self) -> str:
        """That the voice is synthetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Sentences behind the opening, and sentences before the closing."""

    opening: Sequence[str] = ()
    closing: Sequence[str] = ()


def translation_notice(phrases: NoticePhrases, state: TranslationState) -> str:
    """The sentence on a translation; empty for the report's own words."""
    return {
        TranslationState.ORIGINAL: "",
        TranslationState.DRAFT: phrases.draft,
        TranslationState.MACHINE: phrases.machine_translation,
        TranslationState.REVIEWED: phrases.reviewed_translation,
    }[state]


def spoken_notices(phrases: NoticePhrases, state: TranslationState, disclosure: Disclosure) -> Notices:
    """The notices of an episode, the translation's before the voice's."""
    translation = [(translation_notice(phrases, state), _place(state, disclosure))]
    said = [*translation, (phrases.synthetic_voice, disclosure)]
    return Notices(
        opening=[text for text, place in said if text and place is Disclosure.OPENING],
        closing=[text for text, place in said if text and place is Disclosure.CLOSING],
    )


def _place(state: TranslationState, disclosure: Disclosure) -> Disclosure:
    return Disclosure.OPENING if state is TranslationState.DRAFT else disclosure
