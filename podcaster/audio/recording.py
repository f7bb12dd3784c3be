"""Samples to a clip: trimmed, brought to the show's rate and loudness, framed by silence, encoded alone."""

import numpy as np
import soxr
from numpy.typing import NDArray

from podcaster.audio.encoder import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE, Encoder
from podcaster.audio.limiter import limited
from podcaster.model import Clip, SpokenWord
from podcaster.speech.synthesizer import Speech
from podcaster.units import ContentKey, Decibels, Hertz, Milliseconds

LEAD_SAMPLES = 2 * FRAME_SAMPLES
LEAST_TAIL_MS = Milliseconds(200)
CODEC_DELAY_SAMPLES = 576 + 529
"""LAME's delay and that of every Layer III decoder: where an encoded sample is heard."""
_SILENCE = 98
"""Out of 32,768: about -50 dB."""
_MARGIN_MS = 4
_FADE_MS = 2


def make_clip(
    key: ContentKey, speech: Speech, *, gain_db: Decibels, pause_ms: Milliseconds, encoder: Encoder
) -> tuple[Clip, bytes]:
    """A clip and its MP3 frames: two frames of silence, the voice, then at least `pause_ms` and 200 ms of silence.

    Raises:
        EngineFailed: the encoder failed.
    """
    first, behind = _voiced(speech.samples, speech.rate)
    loud = _from_minus_1_to_1(speech.samples[first:behind])
    voice = at_show_rate(loud, speech.rate)
    frames = encoder.encode(framed_voice(voice, gain_db=gain_db, pause_ms=pause_ms))
    start = LEAD_SAMPLES + CODEC_DELAY_SAMPLES
    clip = Clip(
        key=key,
        frames=len(frames) // FRAME_BYTES,
        voice_start_ms=_milliseconds(start),
        voice_end_ms=_milliseconds(start + len(voice)),
        words=_words(speech, cut=first, start=start, end=start + len(voice)),
    )
    return clip, frames


def framed_voice(voice: NDArray[np.float32], *, gain_db: Decibels, pause_ms: Milliseconds) -> NDArray[np.int16]:
    """The samples to encode for a trimmed voice at the show's rate, shape (n,); the voice is unchanged."""
    return _framed(_faded(limited(voice * _factor(gain_db))), max(pause_ms, LEAST_TAIL_MS))


def _words(speech: Speech, *, cut: int, start: int, end: int) -> tuple[SpokenWord, ...]:
    """The words' places in the decoded clip, whose voice begins and ends at these samples.

    What was `cut` from the front, in samples of the speech, is taken off; resampling and encoding move every sample alike, by
    nothing and by the codec's delay, which `start` holds.
    """
    heard = (start + (word.sample - cut) * SAMPLE_RATE / speech.rate for word in speech.words)
    return tuple(
        SpokenWord(place=word.place, start_ms=_milliseconds(min(max(sample, start), end)))
        for word, sample in zip(speech.words, heard, strict=True)
    )


def trimmed(samples: NDArray[np.int16], rate: Hertz) -> NDArray[np.float32]:
    """Samples from -1 to 1, shape (n,), without the engine's own silence but for a few milliseconds at both ends."""
    first, behind = _voiced(samples, rate)
    return _from_minus_1_to_1(samples[first:behind])


def _from_minus_1_to_1(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    voice: NDArray[np.float32] = samples.astype(np.float32) / np.float32(32_768)
    return voice


def _voiced(samples: NDArray[np.int16], rate: Hertz) -> tuple[int, int]:
    """Start and end of the voice; the whole clip if there is none."""
    loud = (samples > _SILENCE) | (samples < -_SILENCE)
    if not loud.any():
        return 0, len(samples)
    margin = rate * _MARGIN_MS // 1000
    return max(int(loud.argmax()) - margin, 0), len(loud) - max(int(loud[::-1].argmax()) - margin, 0)


def at_show_rate(samples: NDArray[np.float32], rate: Hertz) -> NDArray[np.float32]:
    """Samples at 24,000 Hz."""
    if rate == SAMPLE_RATE:
        return samples
    resampled: NDArray[np.float32] = soxr.resample(samples, rate, SAMPLE_RATE)
    return resampled


def _factor(gain_db: Decibels) -> np.float32:
    return np.float32(10 ** (gain_db / 20))


def _faded(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """A click is what an edge sounds like."""
    length = min(SAMPLE_RATE * _FADE_MS // 1000, len(voice) // 2)
    ramp = np.linspace(0, 1, length, endpoint=False, dtype=np.float32)
    voice[:length] *= ramp
    voice[len(voice) - length :] *= ramp[::-1]
    return voice


def _framed(voice: NDArray[np.float32], tail_ms: int) -> NDArray[np.int16]:
    content = LEAD_SAMPLES + len(voice) + SAMPLE_RATE * tail_ms // 1000
    clip = np.zeros(-(-content // FRAME_SAMPLES) * FRAME_SAMPLES, dtype=np.int16)
    clip[LEAD_SAMPLES : LEAD_SAMPLES + len(voice)] = np.rint(voice * 32_767)
    return clip


def _milliseconds(samples: float) -> Milliseconds:
    return Milliseconds(round(samples * 1000 / SAMPLE_RATE))
