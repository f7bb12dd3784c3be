"""Piper's neural voices as a Synthesizer: files in a folder, each loaded by a process of its own when it first speaks."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Self

from podcaster.adapters.child_process.answers import ProcessDied
from podcaster.adapters.child_process.process_cache import ProcessCache
from podcaster.adapters.piper.process import VoiceProcess
from podcaster.errors import EngineFailed, NoVoice
from podcaster.release import to_install
from podcaster.script.phonetics import pieces
from podcaster.speech.word_pairing import spoken_length

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from podcaster.model import Voice
    from podcaster.speech.synthesizer import Speech

_USUAL_RATE_WPM = 165
"""A Piper voice's own pace; the catalogue's default."""
_VOICES_KEPT = 4
"""A voice takes 100 to 300 MB."""
_LONGEST_WAIT_SECONDS = 120.0


class PiperSynthesizer:
    """Fills `speech.synthesizer.Synthesizer`. `engine_voice` is a file's name, and behind `#` a speaker: `es_ES-sharvard-medium#F`.

    A voice is `NAME.onnx` with `NAME.onnx.json`, as Piper publishes them. One process speaks one line after the other and
    uses every core that onnxruntime finds for it.
    """

    name = "piper"
    deterministic = False
    neural = True
    paced = True

    def __init__(self, folders: Sequence[Path], *, longest_wait_seconds: float = _LONGEST_WAIT_SECONDS) -> None:
        """`folders`: where voices are looked for; the first that has one counts."""
        self._folders = folders
        self._processes: ProcessCache[Path, VoiceProcess] = ProcessCache(
            lambda model: VoiceProcess(model, longest_wait_seconds), most=_VOICES_KEPT
        )
        self._digests: dict[tuple[Path, tuple[int, ...]], str] = {}

    @cached_property
    def version(self) -> str:
        """Piper's; empty where it is not installed."""
        try:
            return f"piper-{version('piper-tts')}"
        except PackageNotFoundError:
            return ""

    def voice_version(self, voice: Voice) -> str:
        """Piper's, and the SHA-256 of the voice's two files: another model under the same name is another voice."""
        model = self._model(voice.engine_voice.partition("#")[0])
        return self.version if model is None else f"{self.version} {self._digest(model)}"

    def has(self, voice: Voice) -> bool:
        """Whether Piper is installed, and the voice's files and its speaker are here."""
        if voice.engine != self.name or not self.version:
            return False
        name, _, speaker = voice.engine_voice.partition("#")
        model = self._model(name)
        if model is None:
            return False
        try:
            _speaker_id(speaker, model)
        except (OSError, ValueError, LookupError, AttributeError, TypeError):
            return False
        return True

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak sentence by sentence, as Piper streams it; `rate_wpm` stretches the voice's own pace of about 165."""
        name, _, speaker = voice.engine_voice.partition("#")
        model = self._model(name) if self.has(voice) else None
        if model is None:
            raise NoVoice(
                f"Piper has no voice {voice.engine_voice!r}.",
                f"Run `{to_install('piper')}` and put {name}.onnx and {name}.onnx.json into {self._folders[0]}.",
            )
        wanted = {
            "text": _told(text),
            "speaker_id": _speaker_id(speaker, model),
            "pace": _USUAL_RATE_WPM / voice.rate_wpm,
            "noise_scale": voice.noise_scale,
            "noise_w_scale": voice.noise_w_scale,
        }
        speech = self._spoken(model, wanted, _words(text), voice)
        if not speech.samples.any():
            raise EngineFailed(
                f"{voice.name} gave silence for {text[:40]!r}.", "Render again, or choose another voice."
            )
        return speech

    def close(self) -> None:
        """End every process."""
        self._processes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _spoken(
        self, model: Path, wanted: Mapping[str, object], words: Sequence[tuple[int, int]], voice: Voice
    ) -> Speech:
        """By the voice's process; one that died is replaced once."""
        for last in (False, True):
            process = self._processes.get(model)
            try:
                return process.speak(wanted, words, voice.name)
            except ProcessDied as died:
                self._processes.forget(model, process)
                if last:
                    raise EngineFailed(
                        f"{voice.name} ended while it spoke: {died}.",
                        "Download the voice again, or choose another one.",
                    ) from died
            except EngineFailed:
                if process.ended:
                    self._processes.forget(model, process)
                raise
        raise AssertionError(model)

    def _model(self, name: str) -> Path | None:
        if not name or name.startswith(".") or "/" in name:
            return None
        models = (folder / f"{name}.onnx" for folder in self._folders)
        return next((model for model in models if model.is_file() and _description(model).is_file()), None)

    def _digest(self, model: Path) -> str:
        """Made once for each state of the files, since they are large."""
        files = (model, _description(model))
        stamp = tuple(number for file in files for number in (file.stat().st_size, file.stat().st_mtime_ns))
        known = self._digests.get((model, stamp))
        if known is None:
            digests = []
            for file in files:
                with file.open("rb") as content:
                    digests.append(hashlib.file_digest(content, "sha256").hexdigest())
            known = self._digests[model, stamp] = hashlib.sha256("".join(digests).encode()).hexdigest()
        return known


def _speaker_id(speaker: str, model: Path) -> int | None:
    """The number of a speaker; None: the voice's own.

    Raises:
        LookupError: the voice has no such speaker.
    """
    described = json.loads(_description(model).read_text(encoding="utf-8"))
    known: Mapping[str, int] = described.get("speaker_id_map", {})
    count = int(described["num_speakers"])
    if not speaker:
        return None
    if speaker in known:
        return int(known[speaker])
    if speaker.isdecimal() and int(speaker) < count:
        return int(speaker)
    raise LookupError(speaker)


def _told(text: str) -> str:
    """Piper's models are given the alphabet's own signs: a pronunciation goes to them as it is."""
    return "".join(f"[[ {each.ipa} ]]" if each.ipa else _plain(each.text) for each in pieces(text))


def _words(text: str) -> Sequence[tuple[int, int]]:
    """Start and spoken length of each word of a text; a pronunciation is one word."""
    found = []
    for each in pieces(text):
        words = (word for word in re.finditer(r"\S+", each.text) if any(map(str.isalnum, word[0])))
        plain = [(each.place + word.start(), spoken_length(word[0])) for word in words]
        found += [(each.place, len(each.ipa))] if each.ipa else plain
    return found


def _plain(text: str) -> str:
    """Without control characters, and without `[[`, behind which Piper expects phonemes."""
    bare = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in text)
    while "[[" in bare:
        bare = bare.replace("[[", "[ [")
    return bare


def _description(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")
