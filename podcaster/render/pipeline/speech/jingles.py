"""Jingles as clips, made once and kept beside those of the lines."""

from podcaster.audio.jingle import Jingle
from podcaster.audio.stored_clips import CHAIN_VERSION, content_key
from podcaster.model import Clip
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.units import ContentKey, Decibels, Milliseconds

_PAUSE_MS = Milliseconds(400)
_BELOW_THE_VOICE_DB = Decibels(-3)
_LEAST_SECONDS = 0.4
"""Samples long enough to measure loudness on (ITU-R BS.1770-5, annex 1)."""


def jingle_clip(jingle: Jingle | None, context: RenderContext) -> Clip | None:
    """The clip of a jingle, a little less loud than the voice; None: there is none.

    Raises:
        SettingsWrong: its file cannot be played.
        EngineFailed: the encoder failed.
    """
    if jingle is None:
        return None
    key = content_key(jingle=jingle.digest, encoder=context.encoder.version, chain=CHAIN_VERSION)
    store = context.sentences
    known = store.clips([key]).get(key)
    return known or _recorded(key, jingle, context, store)


def _recorded(key: ContentKey, jingle: Jingle, context: RenderContext, store: SentenceStore) -> Clip:
    from podcaster.audio.loudness import gain_to_target  # noqa: PLC0415 # a jingle is recorded once in a show's life
    from podcaster.audio.recording import make_clip, trimmed  # noqa: PLC0415 # the same

    sound = jingle.sound()
    measured = trimmed(sound.samples, sound.rate)
    long_enough = len(measured) >= _LEAST_SECONDS * sound.rate
    gain = gain_to_target(measured, sound.rate) + _BELOW_THE_VOICE_DB if long_enough else 0.0
    clip, frames = make_clip(key, sound, gain_db=Decibels(gain), pause_ms=_PAUSE_MS, encoder=context.encoder)
    store.keep(clip, frames)
    return clip
