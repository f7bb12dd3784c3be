"""The port that every speech engine fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from podcaster.model import Voice
    from podcaster.units import Hertz


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOnset:
    """The beginning of a word, in the text and in the sound."""

    place: int
    """In characters (code points) from the start of the text that was spoken."""
    sample: int
    """From the start of the samples, at the speech's rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The sound of a line, as an engine gives it."""

    samples: NDArray[np.int16]
    """One channel, shape (n,)."""
    rate: Hertz
    words: Sequence[WordOnset] = ()
    """In the order in which they are heard, some words together with the one before; empty: the engine does not say."""


class Synthesizer(Protocol):
    """Speaks text. The promise is tests/contracts/test_synthesizer.py.

    Safe to call from several threads at once; the caller decides how many.
    """

    @property
    def name(self) -> str:
        """`espeak`, `piper`, `gtts`: what voices/*.toml call it."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may sound different."""

    def voice_version(self, voice: Voice) -> str:  # noqa: ARG002 # for engines whose voices have models of their own
        """Changes whenever this voice may sound different: the engine's version, and what its model holds where it has one.

        Stands in the keys of the voice's clips.
        """
        return self.version

    @property
    def deterministic(self) -> bool:
        """Whether the same text and voice always give the same samples, whatever was spoken before."""

    @property
    def neural(self) -> bool:
        """Whether a model makes the sound up, so that it may break off or say a stretch twice."""

    @property
    def paced(self) -> bool:
        """Whether it speaks at a voice's `rate_wpm`; else every voice has the engine's own pace."""

    def has(self, voice: Voice) -> bool:
        """Whether this voice can be used here and now, without speaking."""

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak plain text; markup, control characters and phoneme codes in it are read as text or left out.

        Pronunciations in it (script/phonetics.py) are said; by an engine that cannot, their written form is.

        Raises:
            NoVoice: `has(voice)` is false.
            EngineFailed: an error, silence, or far too little or too much sound for the text.
            EngineTimedOut: nothing in its time.
        """


@runtime_checkable
class Interruptible(Protocol):
    """An engine that can be told to stop in the middle of a sentence."""

    def interrupt(self, voice: Voice) -> None:
        """End what is being spoken in this voice, whoever waits for it; `speak` raises EngineFailed there."""


def voice_fields(voice: Voice, synthesizer: Synthesizer) -> dict[str, str | float | None]:
    """Everything about a voice that shapes its sound before encoding, for content keys; scales that are not set are left out."""
    scales = {"noise_scale": voice.noise_scale, "noise_w_scale": voice.noise_w_scale}
    return {
        "engine": voice.engine,
        "engine_version": synthesizer.voice_version(voice),
        "voice": voice.engine_voice,
        "rate_wpm": voice.rate_wpm,
        "pitch": voice.pitch,
        **{name: scale for name, scale in scales.items() if scale is not None},
    }
