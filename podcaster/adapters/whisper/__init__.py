"""Whisper by CTranslate2, as a Recognizer; faster-whisper's features and tokens, with a window of the clip's length.

Whisper is trained on windows of 30 s, which cost the same whatever is in them. A window of the clip with 0.4 s of silence before and
1 s behind it, at least 6 s, gives the same words at a fifth of the time. Where a short clip makes Whisper repeat itself, it is heard
once more in a whole window. To weigh a text takes one step for all its tokens, to write one down a step for each.
"""

from __future__ import annotations

import json
import math
import threading
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from podcaster import language as languages
from podcaster.errors import EngineFailed, NoRecognizer
from podcaster.proofing.recognizer import ExpectedWord, Hearing
from podcaster.speech.model_loan import IDLE_SECONDS, ModelLoan
from podcaster.units import Seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from podcaster.speech.synthesizer import Speech
    from podcaster.units import LanguageTag

MODEL, TOKENIZER = "model.bin", "tokenizer.json"
FILES: Final = (MODEL, "config.json", TOKENIZER, "vocabulary.txt")
_RATE: Final = 16_000
_FRAMES_A_SECOND: Final = 100
_LONGEST_FRAMES, _SHORTEST_FRAMES, _SILENCE_FRAMES = 3_000, 600, 100
_PART_FRAMES, _SEARCHED_FRAMES = 1_500, 600
_TIMES_A_SECOND: Final = 50
"""Steps of the encoder, to which tokens are aligned."""
_MOST_TOKENS: Final = 224
"""CTranslate2 gives half of `max_length` to the text, as Whisper leaves the other half to what was said before."""
_TOKENS_AT_ALL, _TOKENS_A_SECOND = 12, 10
"""More than this is no speech, but a recognizer that repeats itself."""
_LEAD_S: Final = 0.4
_LEAST_PROBABILITY: Final = 1e-9
_MEDIAN_WIDTH: Final = 7
_METHOD: Final = 3
"""Raised when the same sound may be heard otherwise than before."""
_FIRST_MERGE: Final = ("Ġ", "t")


class WhisperRecognizer:
    """Fills `proofing.recognizer.Recognizer`; the model is loaded with the first clip, once a process, and let go of when idle."""

    def __init__(self, folder: Path, *, threads: int = 1, idle_seconds: float = IDLE_SECONDS) -> None:
        """`folder` holds the model's files; `threads` clips are heard at the same time; an idle model is kept for `idle_seconds`."""
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._tokenizers: dict[str, Any] = {}
        self._loan: ModelLoan[Any] = ModelLoan(self._opened, idle_seconds=idle_seconds)

    @property
    def name(self) -> str:
        """By its folder."""
        return self._folder.name

    @cached_property
    def version(self) -> str:
        """The engine's, and the model's length: another size of Whisper is another recognizer."""
        length = (self._folder / MODEL).stat().st_size if self.usable else 0
        return f"ctranslate2-{version('ctranslate2')} {self.name} {length} int8 {_METHOD}"

    @property
    def usable(self) -> bool:
        """Whether faster-whisper and a model are installed."""
        return usable(self._folder)

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._loan.loaded

    def recognizes(self, language: LanguageTag) -> bool:
        """Whether Whisper was trained on the language."""
        return self.usable and _code(language) is not None

    def hear(self, speech: Speech, expected: str, language: LanguageTag, *, credible: float | None = None) -> Hearing:
        """Two passes over one encoding of the sound, the second where the first finds the text not credible."""
        code = _code(language)
        if code is None or not self.usable:
            raise NoRecognizer(
                f"No recognizer hears {languages.name(language)} here.", "Run `podcaster models install whisper-base`."
            )
        sound = self._features(speech)
        try:
            with self._loan.used() as model:
                tokenizer = self._tokenizer(code)
                if len(sound) == 1:
                    return _heard(model, sound[0], expected.strip(), tokenizer, credible)
                return Hearing(text=" ".join(_heard(model, part, "", tokenizer, None).text for part in sound).strip())
        except (RuntimeError, ValueError) as error:
            raise EngineFailed(f"Whisper failed: {error}.", "Run `podcaster doctor`.") from error

    @cached_property
    def _extractor(self) -> Any:  # noqa: ANN401 # faster-whisper's
        from faster_whisper.feature_extractor import FeatureExtractor  # noqa: PLC0415 # an extra

        return FeatureExtractor()

    def _features(self, speech: Speech) -> list[_Window]:
        import numpy as np  # noqa: PLC0415 # slow to load
        import soxr  # noqa: PLC0415 # the same

        samples = soxr.resample(speech.samples.astype(np.float32) / 32_768, speech.rate, _RATE)
        whole = self._extractor(np.concatenate([np.zeros(round(_LEAD_S * _RATE), np.float32), samples]))
        return [_Window(part) for part in np.split(whole, _quiet_places(whole), axis=1)]

    def _opened(self) -> Any:  # noqa: ANN401 # CTranslate2 carries no annotations
        import ctranslate2  # noqa: PLC0415 # slow to load

        return ctranslate2.models.Whisper(
            str(self._folder), device="cpu", compute_type="int8", inter_threads=self._threads, intra_threads=1
        )

    def _tokenizer(self, code: str) -> Any:  # noqa: ANN401 # faster-whisper's
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415 # an extra

        with self._lock:
            if code not in self._tokenizers:
                vocabulary = _vocabulary(self._folder / TOKENIZER)
                self._tokenizers[code] = Tokenizer(vocabulary, multilingual=True, task="transcribe", language=code)
            return self._tokenizers[code]


def _vocabulary(file: Path) -> Any:  # noqa: ANN401 # tokenizers'
    """Whisper's tokens, with the merge of a space and `t` that published files lack: without it ` the` is three improbable tokens."""
    from tokenizers import Tokenizer  # noqa: PLC0415 # an extra

    written = json.loads(file.read_text(encoding="utf-8"))
    merges = written["model"]["merges"]
    first: str | list[str] = " ".join(_FIRST_MERGE) if merges and isinstance(merges[0], str) else list(_FIRST_MERGE)
    if first not in merges:
        merges.insert(0, first)
    return Tokenizer.from_str(json.dumps(written))


@dataclass(frozen=True, slots=True)
class _Window:
    """Model input of a clip."""

    features: NDArray[np.float32]
    """Log-mel spectrogram of the clip with silence in front, shape (80, frames)."""

    @property
    def frames(self) -> int:
        """Number of frames, the silence in front included."""
        return int(self.features.shape[1])

    @property
    def seconds(self) -> float:
        """Its length, the silence in front included."""
        return self.frames / _FRAMES_A_SECOND

    def padded(self, shortest: int) -> NDArray[np.float32]:
        """A window with silence behind the clip, shape (1, 80, frames)."""
        import numpy as np  # noqa: PLC0415 # slow to load

        length = min(_LONGEST_FRAMES, max(shortest, self.frames + _SILENCE_FRAMES))
        return np.ascontiguousarray(np.pad(self.features, ((0, 0), (0, length + length % 2 - self.frames)))[None])


def _once(text: str) -> str:
    """A text that is one thing again and again, cut off somewhere, once; other texts as they are."""
    words = text.split()
    for period in range(1, len(words) // 3 + 1):
        first = words[:period]
        if all(word == first[place % period] for place, word in enumerate(words[:-1])):
            return " ".join(first)
    return text


def _quiet_places(features: NDArray[np.float32]) -> list[int]:
    """Cut points of a clip longer than a window: the quietest frames, so that no part is lost halfway."""
    loudness = features.mean(axis=0)
    places: list[int] = []
    start = 0
    if len(loudness) <= _LONGEST_FRAMES - _SILENCE_FRAMES:
        return places
    while len(loudness) - start > _PART_FRAMES:
        end = start + _PART_FRAMES
        start = end - _SEARCHED_FRAMES + int(loudness[end - _SEARCHED_FRAMES : end].argmin())
        places.append(start)
    return places


def _heard(
    model: Any,  # noqa: ANN401 # CTranslate2's
    sound: _Window,
    expected: str,
    tokenizer: Any,  # noqa: ANN401 # faster-whisper's
    credible: float | None,
) -> Hearing:
    import ctranslate2  # noqa: PLC0415 # slow to load

    prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    most = min(_MOST_TOKENS, _TOKENS_AT_ALL + round(_TOKENS_A_SECOND * sound.seconds))
    text = ""
    words: Sequence[ExpectedWord] = ()
    for shortest in (_SHORTEST_FRAMES, _LONGEST_FRAMES):
        encoded = model.encode(ctranslate2.StorageView.from_array(sound.padded(shortest)))
        words = _weighed(model, encoded, sound, expected, tokenizer)
        if _credible(words, credible):
            return Hearing(text=expected, expected=words)
        found = model.generate(encoded, [prompt], beam_size=1, max_length=2 * most)[0].sequences_ids[0]
        text = str(tokenizer.decode(found)).strip()
        if len(found) < most:
            return Hearing(text=text, expected=words)
    return Hearing(text=_once(text), expected=words)


def _credible(words: Sequence[ExpectedWord], least: float | None) -> bool:
    """Whether there are words, and each of them is probable enough; marks may be anything."""
    spoken = [word.log_probability for word in words if any(map(str.isalnum, word.text))]
    return least is not None and bool(spoken) and min(spoken) >= math.log(least)


def _weighed(
    model: Any,  # noqa: ANN401 # CTranslate2's
    encoded: Any,  # noqa: ANN401 # the same
    sound: _Window,
    expected: str,
    tokenizer: Any,  # noqa: ANN401 # faster-whisper's
) -> tuple[ExpectedWord, ...]:
    """The expected words as the sound has them; none where there are too many."""
    tokens = tokenizer.encode(f" {expected}") if expected else []
    if not 0 < len(tokens) < _MOST_TOKENS:
        return ()
    start = list(tokenizer.sot_sequence)
    aligned = model.align(encoded, start, [tokens], sound.frames, median_filter_width=_MEDIAN_WIDTH)[0]
    return _words(tokens, aligned, tokenizer, sound.seconds)


def _words(tokens: list[int], aligned: Any, tokenizer: Any, seconds: float) -> tuple[ExpectedWord, ...]:  # noqa: ANN401
    """The expected words with their probabilities and times."""
    first_step: dict[int, int] = {}
    for token, step in aligned.alignments:
        first_step.setdefault(token, step)
    texts, groups = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    found = []
    place = 0
    for text, group in zip(texts[:-1], groups[:-1], strict=True):
        behind = place + len(group)
        logs = [math.log(max(each, _LEAST_PROBABILITY)) for each in aligned.text_token_probs[place:behind]]
        start = max(0.0, first_step.get(place, 0) / _TIMES_A_SECOND - _LEAD_S)
        end = first_step.get(behind, seconds * _TIMES_A_SECOND) / _TIMES_A_SECOND - _LEAD_S
        found.append(
            ExpectedWord(text=text, log_probability=sum(logs), start=Seconds(start), end=Seconds(max(start, end)))
        )
        place = behind
    return tuple(found)


def usable(folder: Path) -> bool:
    """Whether faster-whisper is installed, and a folder holds a whole model."""
    return engine_installed() and all((folder / name).is_file() for name in FILES)


def engine_installed() -> bool:
    """Whether faster-whisper is."""
    try:
        version("faster-whisper")
    except PackageNotFoundError:
        return False
    return True


def _code(language: LanguageTag) -> str | None:
    """Whisper's name of a language; None where it was not trained on it."""
    from faster_whisper.tokenizer import _LANGUAGE_CODES  # noqa: PLC0415 # an extra

    base = languages.base(language)
    return base if base in _LANGUAGE_CODES else None
