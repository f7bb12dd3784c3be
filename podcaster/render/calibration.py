"""What brings a voice to the show's loudness, measured once and kept."""

from collections.abc import Sequence

import numpy as np

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.limiter import limited
from podcaster.audio.loudness import gain_to_target
from podcaster.audio.recording import at_show_rate, trimmed
from podcaster.audio.stored import content_key
from podcaster.errors import BlobMissing
from podcaster.model import Voice
from podcaster.render.studio import Studio
from podcaster.speech.speaking import speak_line
from podcaster.speech.synthesizer import Synthesizer, noises
from podcaster.units import Decibels

_REST_MS = 450
"""Between lines of an episode. The edges of rests count in a loudness, as BS.1770 gates it."""
_ROUNDS = 4
"""The limiter takes a little of what the gain gives."""


def gain_of(voice: Voice, synthesizer: Synthesizer, studio: Studio) -> Decibels:
    """The voice's gain to -16 LUFS, measured on everything that podcaster itself says in its language."""
    key = content_key(
        engine=voice.engine,
        engine_version=synthesizer.voice_version(voice),
        voice=voice.engine_voice,
        rate_wpm=voice.rate_wpm,
        pitch=voice.pitch,
        **noises(voice),
    )
    name = f"calibration/{key}"
    try:
        return Decibels(float(studio.blobs.get(name)))
    except BlobMissing:
        gain = measured(voice, synthesizer, texts(studio, voice))
        studio.blobs.put(name, str(gain).encode())
        return gain


def texts(studio: Studio, voice: Voice) -> list[str]:
    """What podcaster itself says in the voice's language."""
    phrases = studio.phrases(voice.language)
    return [phrases.draft, phrases.closing_line("podcaster"), phrases.key_points + ".", phrases.report + "."]


def measured(voice: Voice, synthesizer: Synthesizer, texts: Sequence[str]) -> Decibels:
    """The gain that brings these texts, spoken one after the other and held by the limiter, to -16 LUFS."""
    spoken = [speak_line(text, voice, synthesizer) for text in texts]
    rest = np.zeros(SAMPLE_RATE * _REST_MS // 1000, dtype=np.float32)
    parts = [part for each in spoken for part in (at_show_rate(trimmed(each.samples, each.rate), each.rate), rest)]
    samples = np.concatenate(parts)
    gain = 0.0
    for _ in range(_ROUNDS):
        gain += gain_to_target(limited(samples * np.float32(10 ** (gain / 20))), SAMPLE_RATE)
    return Decibels(round(gain, 1))
