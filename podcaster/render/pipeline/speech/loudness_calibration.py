"""Loudness calibration: the gain that brings a voice to the show's loudness, measured once and stored."""

from collections.abc import Sequence

import numpy as np

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.loudness import gain_to_target
from podcaster.audio.recording import at_show_rate, framed_voice, trimmed
from podcaster.audio.stored_clips import content_key
from podcaster.errors import BlobMissing
from podcaster.model import Voice
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.speech.speaking import speak_line
from podcaster.speech.synthesizer import Synthesizer, voice_fields
from podcaster.units import Decibels, Milliseconds

_REST_MS = Milliseconds(450)
"""Between lines of an episode. The edges of rests count in a loudness, as BS.1770 gates it."""
_METHOD = 2
"""Part of a gain's key; grows when the measurement changes."""
_ROUNDS = 20
"""At most: the limiter takes some of what the gain gives, and more of it the louder the voice is."""
_CLOSE_DB = 0.1


def gain_of(voice: Voice, synthesizer: Synthesizer, context: RenderContext) -> Decibels:
    """The voice's gain to -16 LUFS, measured on everything that podcaster itself says in its language."""
    key = content_key(
        encoder=context.encoder.version,
        method=_METHOD,
        **voice_fields(voice, synthesizer),
    )
    name = f"calibration/{key}"
    try:
        return Decibels(float(context.blobs.get(name)))
    except BlobMissing:
        gain = measured(voice, synthesizer, texts(context, voice), encoder_db=context.encoder.level_db)
        context.blobs.put(name, str(gain).encode())
        return gain


def texts(context: RenderContext, voice: Voice) -> list[str]:
    """Podcaster's own phrases in the voice's language, as text to measure on."""
    phrases = context.phrases(voice.language)
    return [phrases.draft, phrases.closing_line("podcaster"), phrases.key_points + ".", phrases.report + "."]


def measured(voice: Voice, synthesizer: Synthesizer, texts: Sequence[str], *, encoder_db: Decibels) -> Decibels:
    """The gain at which these texts, as the clips of an episode, are heard at -16 LUFS; `encoder_db` is what the encoder adds."""
    spoken = [speak_line(text, voice, synthesizer) for text in texts]
    voices = [at_show_rate(trimmed(said.samples, said.rate), said.rate) for said in spoken]
    gain = Decibels(0)
    for _ in range(_ROUNDS):
        clips = [framed_voice(each, gain_db=gain, pause_ms=_REST_MS) for each in voices]
        heard = np.concatenate(clips).astype(np.float32) / 32_768
        missing = gain_to_target(heard, SAMPLE_RATE) - encoder_db
        gain = Decibels(gain + missing)
        if abs(missing) < _CLOSE_DB:
            break
    return Decibels(round(gain, 1))
