"""Kokoro-82M as a Synthesizer: one model, 54 voices, nine languages; in process, the same samples for the same text."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Self

from podcaster.adapters.kokoro.model import FRAME_SAMPLES, KokoroModel
from podcaster.adapters.kokoro.short_lines import FOLLOWING, SHORT_PHONEMES, end_of_lead
from podcaster.adapters.kokoro.vocabulary import LONGEST_PHONEMES, VOCABULARY
from podcaster.errors import EngineFailed, NoVoice
from podcaster.speech.phonemes import SENTENCE_ENDS, PhonemeToken, split_phonemes, word_onsets
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from podcaster.model import Voice
    from podcaster.speech.phonemes import Phonemizer

LANGUAGES: Final = {
    "a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt-BR", "z": "zh",
}  # fmt: skip
"""By the first letter of a voice's name."""
_RATE: Final = Hertz(24_000)
_USUAL_RATE_WPM: Final = 165
_SLOWEST, _FASTEST = 0.5, 2.0


class KokoroSynthesizer:
    """Fills `speech.synthesizer.Synthesizer`.

    `engine_voice` is a voice of Kokoro's, and behind `#` a reading that is not its own: `ef_dora`, `ef_dora#gl`.
    """

    name = "kokoro"
    deterministic = True
    neural = True
    paced = False
    """Its durations are whole frames: a rate of 1.25 gives 1.13 to 1.18, so other rates are stretched afterwards."""

    def __init__(self, model: KokoroModel, phonemizer_of: Callable[[str], Phonemizer | None]) -> None:
        """`phonemizer_of`: how a language is read, by its tag; None where it cannot be."""
        self._model = model
        self._phonemizer_of = phonemizer_of
        self._phonemizers: dict[str, Phonemizer | None] = {}
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """The model's, and its weights'; empty where none is installed."""
        described = self._model.described
        return f"kokoro-1.0 {described.weights}" if described else ""

    def voice_version(self, voice: Voice) -> str:
        """The model's, the SHA-256 of its graph and its styles, and how the language is read."""
        described, phonemizer = self._model.described, self._phonemizer(voice)
        if described is None or phonemizer is None:
            return self.version
        following = " followed" if _reading(voice) in FOLLOWING else ""
        return f"{self.version} {described.graph} {described.styles} {phonemizer.version}{following}"

    def has(self, voice: Voice) -> bool:
        """Whether the model is installed and has the voice, and its language can be read."""
        if voice.engine != self.name:
            return False
        described = self._model.described
        known = described is not None and voice.engine_voice.partition("#")[0] in described.voices
        return known and self._phonemizer(voice) is not None

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak run by run of at most 510 phonemes; `rate_wpm` stretches the voice's own pace of about 165."""
        phonemizer = self._phonemizer(voice) if self.has(voice) else None
        if phonemizer is None:
            raise NoVoice(
                f"Kokoro has no voice {voice.engine_voice!r}.",
                "Install the model (`podcaster voices install kokoro`), for Chinese or Japanese also the extra that reads it "
                f"(`./run install --with chinese`, `japanese`), or correct {voice.name} in voices/.",
            )
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        speed = min(_FASTEST, max(_SLOWEST, voice.rate_wpm / _USUAL_RATE_WPM))
        sound: list[NDArray[np.float32]] = []
        words: list[WordOnset] = []
        for run in split_phonemes(_ended(phonemizer.phonemes(text)), LONGEST_PHONEMES):
            phonemes = "".join(token.phonemes for token in run)
            if not any(sign.isalpha() and sign in VOCABULARY for sign in phonemes):
                continue
            samples, frames = self._spoken(phonemes, voice, speed)
            start = sum(map(len, sound))
            words += word_onsets(run, VOCABULARY, frames, frame_samples=FRAME_SAMPLES, start=start)
            sound.append(samples)
        whole = np.concatenate(sound) if sound else np.zeros(0, np.float32)
        if not whole.any():
            raise EngineFailed(f"{voice.name} has nothing to say for {text[:40]!r}.", "Correct the line's text.")
        samples_16 = (np.clip(whole, -1, 1) * 32_767).astype(np.int16)
        return Speech(samples=samples_16, rate=_RATE, words=tuple(words))

    def close(self) -> None:
        """Let go of the model."""
        self._model.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _spoken(self, phonemes: str, voice: Voice, speed: float) -> tuple[NDArray[np.float32], Sequence[float]]:
        """Samples from -1 to 1, and the frames of each phoneme; more than of `phonemes` where another sentence was said behind."""
        name, following = voice.engine_voice.partition("#")[0], FOLLOWING.get(_reading(voice))
        phonemizer = self._phonemizer(voice)
        if following and phonemizer and sum(sign in VOCABULARY for sign in phonemes) <= SHORT_PHONEMES:
            lead = f"{phonemes.rstrip()} "
            behind = "".join(token.phonemes for token in phonemizer.phonemes(following))
            samples, frames = self._model.spoken(lead + behind, name, speed)
            end = end_of_lead(samples, lead, frames)
            if end is not None:
                return samples[:end], frames
        return self._model.spoken(phonemes, name, speed)

    def _phonemizer(self, voice: Voice) -> Phonemizer | None:
        language = _reading(voice)
        with self._lock:
            if language not in self._phonemizers:
                self._phonemizers[language] = self._phonemizer_of(language) if language else None
            return self._phonemizers[language]


def _reading(voice: Voice) -> str:
    """The language in which a voice reads; empty if there is none."""
    name, _, reading = voice.engine_voice.partition("#")
    return reading or LANGUAGES.get(name[:1], "")


def _ended(tokens: Sequence[PhonemeToken]) -> Sequence[PhonemeToken]:
    """With a mark at the end: without one the last sound is cut short."""
    last = tokens[-1].phonemes.rstrip() if tokens else ""
    return tokens if not last or last[-1] in f"{SENTENCE_ENDS},;:—”)" else [*tokens, PhonemeToken(".")]
