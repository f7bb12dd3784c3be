"""Festival's voices as a Synthesizer: a process a line, the same samples for the same text."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import tempfile
import wave
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from podcaster.adapters.festival.script import ENCODING, LineScript, line_script
from podcaster.errors import EngineFailed, EngineTimedOut, NoVoice
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from podcaster.model import Voice

_FOLDERS: Final = (Path("/usr/share/festival"), Path("/usr/local/share/festival"))
_NAME: Final = re.compile(r"\w+", re.ASCII)
_SECONDS: Final = 45.0
_BREATH: Final = 400
"""Out of 32,768."""
_LEAD_MS, _TAIL_MS = 10, 40
_SCRIPT, _SOUND = "line.scm", "line.wav"


class FestivalSynthesizer:
    """Fills `speech.synthesizer.Synthesizer`. `engine_voice` is a voice's folder: `upc_ca_ona_hts`."""

    name = "festival"
    deterministic = True
    neural = False
    paced = False

    def __init__(self) -> None:
        self._versions: dict[str, str] = {}

    @cached_property
    def version(self) -> str:
        """The program's; empty where it is not installed."""
        if self._command is None:
            return ""
        try:
            told = subprocess.run([self._command, "--version"], capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 # a program of the system
        except (OSError, subprocess.SubprocessError):
            return ""
        found = re.search(rb"\d+(?:\.\d+)+", told.stdout)
        return f"festival-{found[0].decode()}" if found else ""

    def voice_version(self, voice: Voice) -> str:
        """The program's, and a SHA-256 of the voice's files and of the language's rules and dictionaries."""
        folder = self._folder(voice.engine_voice)
        if folder is None:
            return self.version
        if voice.engine_voice not in self._versions:
            self._versions[voice.engine_voice] = f"{self.version} {_digest(folder)}"
        return self._versions[voice.engine_voice]

    def has(self, voice: Voice) -> bool:
        """Whether the program and the voice are installed."""
        return voice.engine == self.name and bool(self.version) and self._folder(voice.engine_voice) is not None

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak in a process that ends with the line, at the voice's own pace."""
        if not self.has(voice) or self._command is None:
            raise NoVoice(
                f"Festival has no voice {voice.engine_voice!r}.",
                "Install it, Catalan's by `apt-get install festival festvox-ca-ona-hts`.",
            )
        script = line_script(text, voice.engine_voice, sound=_SOUND)
        with tempfile.TemporaryDirectory(prefix="festival-") as folder:
            Path(folder, _SCRIPT).write_bytes(script.scheme.encode(ENCODING))
            told = _run([self._command, "-b", _SCRIPT], folder)
            try:
                sound = Path(folder, _SOUND).read_bytes()
            except OSError as error:
                reason = (told.stderr.decode(ENCODING).strip().splitlines() or ["it said nothing"])[-1]
                raise EngineFailed(f"Festival gave no sound: {reason}.", "Correct the line's text.") from error
        return _speech(sound, told.stdout.decode(ENCODING), script)

    @cached_property
    def _command(self) -> str | None:
        return shutil.which("festival")

    def _folder(self, name: str) -> Path | None:
        if not _NAME.fullmatch(name):
            return None
        found = (place for folder in _FOLDERS for place in folder.glob(f"voices/*/{name}") if place.is_dir())
        return next(found, None)


def _run(command: Sequence[str], folder: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 # no shell
    except subprocess.TimeoutExpired as error:
        raise EngineTimedOut("Festival gave no answer in 45 s.", "Render again.") from error
    except OSError as error:
        raise EngineFailed(f"Festival does not start: {error}.", "Run `podcaster doctor`.") from error


def _speech(sound: bytes, told: str, script: LineScript) -> Speech:
    """The samples of a WAV file, with the words that Festival names."""
    import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

    try:
        with wave.open(io.BytesIO(sound)) as file:
            rate = Hertz(file.getframerate())
            samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    except (wave.Error, EOFError, ValueError) as error:
        raise EngineFailed(f"Festival gave no sound: {error}.", "Correct the line's text.") from error
    words = tuple(_onsets(told, script, rate))
    first, behind = _said(samples, rate, words)
    moved = tuple(replace(word, sample=word.sample - first) for word in words)
    return Speech(samples=samples[first:behind], rate=rate, words=moved)


def _said(samples: NDArray[np.int16], rate: Hertz, words: Sequence[WordOnset]) -> tuple[int, int]:
    """Start and end of what is said: HTS voices breathe for 0.3 s before and behind it, at -40 dB."""
    loud = (samples > _BREATH) | (samples < -_BREATH)
    if not loud.any():
        return 0, len(samples)
    start = min([int(loud.argmax()), *(word.sample for word in words[:1])]) - rate * _LEAD_MS // 1000
    end = len(samples) - int(loud[::-1].argmax()) + rate * _TAIL_MS // 1000
    return max(start, 0), min(end, len(samples))


def _onsets(told: str, script: LineScript, rate: int) -> Iterator[WordOnset]:
    """The onset of each token of the text; its parts, which are listed behind it, have none."""
    behind = 0
    for line in told.splitlines():
        start, _, token = line.partition(" ")
        seconds = float(start)
        found = script.text.find(token, behind) if token and seconds > 0 else -1
        if found >= 0:
            behind = found + len(token)
            yield WordOnset(place=script.places[found], sample=round(seconds * rate))


def _digest(folder: Path) -> str:
    """Contents of the voice's files; names and sizes of the language's, of which the dictionaries are tens of megabytes."""
    known = hashlib.sha256()
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        known.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes())
    data = folder.parents[2]
    for part in ("dicts", "languages", f"upc_{folder.parent.name}"):
        for file in sorted(each for each in (data / part).rglob("*") if each.is_file()):
            known.update(f"{file.relative_to(data)}\0{file.stat().st_size}\0".encode())
    return known.hexdigest()[:16]
