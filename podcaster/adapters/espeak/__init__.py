"""eSpeak NG in prepared processes, as a Synthesizer that says the same thing the same way every time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, Self, TypeAlias

from podcaster.adapters.child_process.answers import ProcessDied, answer, read_within
from podcaster.adapters.child_process.forking import ForkingProcess
from podcaster.adapters.child_process.process_cache import ProcessCache
from podcaster.adapters.espeak import speech_program
from podcaster.adapters.espeak.installation import installation, library_version, voice_names
from podcaster.adapters.espeak.pronunciation import Told, phonemes_of
from podcaster.errors import EngineFailed, EngineTimedOut, NoVoice
from podcaster.script.phonetics import Piece, as_written, pieces
from podcaster.speech.synthesizer import Speech, Synthesizer, WordOnset
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Mapping

    from podcaster.model import Voice

_VOICES_KEPT = 8
_Key: TypeAlias = tuple[str, int, int]
"""Engine's voice, words a minute, pitch."""
_LONGEST_WAIT_SECONDS = 45.0
_START_SECONDS = 20.0


class EspeakSynthesizer(Synthesizer):
    """Fills `speech.synthesizer.Synthesizer`."""

    name = "espeak"
    deterministic = True
    neural = False
    paced = True

    def __init__(self) -> None:
        self._processes: ProcessCache[_Key, _VoiceProcess] = ProcessCache(
            lambda key: _VoiceProcess(*key), most=_VOICES_KEPT
        )
        self._phonemes: dict[str, Mapping[str, str]] = {}
        self._lock = threading.Lock()

    @cached_property
    def version(self) -> str:
        """The wheel's version, or the system's."""
        return library_version()

    @cached_property
    def voices(self) -> frozenset[str]:
        """Every name that a voice can be asked for by."""
        place = installation()
        return frozenset(voice_names(place[1])) if place else frozenset()

    def has(self, voice: Voice) -> bool:
        """Whether eSpeak NG has this language; a variant (`en-gb+f3`) counts as its language."""
        return voice.engine == self.name and voice.engine_voice.partition("+")[0].lower() in self.voices

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak in a fork of the process that has the voice loaded; one that died is replaced once."""
        if not self.has(voice):
            raise NoVoice(f"eSpeak NG has no voice {voice.engine_voice!r}.", f"Correct {voice.name} in voices/.")
        told = self._told(text, voice)
        packet = told.packet
        if len(packet) >= speech_program.LONGEST_TEXT_BYTES:
            raise EngineFailed("A sentence is too long to be spoken.", "Split it.")
        process = self._processes.get(_key(voice))
        try:
            return told.placed(process.speak(packet))
        except ProcessDied as died:
            if process.interrupted:
                raise EngineFailed("eSpeak NG was told to stop.", "Render again.") from died
            self._processes.forget(_key(voice), process)
        try:
            return told.placed(self._processes.get(_key(voice)).speak(packet))
        except ProcessDied as died:
            raise EngineFailed(f"eSpeak NG ended while it spoke: {died}.", "Run `podcaster doctor`.") from died

    def interrupt(self, voice: Voice) -> None:
        """End the process that has this voice, and what it is speaking; the next sentence gets a new one."""
        process = self._processes.pop(_key(voice))
        if process is not None:
            process.interrupt()

    def close(self) -> None:
        """End every prepared process."""
        self._processes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _told(self, text: str, voice: Voice) -> Told:
        if text == as_written(text):
            return Told.of([Piece(plain(text), "", 0)], {})
        place = installation()
        with self._lock:
            if place and voice.engine_voice not in self._phonemes:
                self._phonemes[voice.engine_voice] = phonemes_of(*place, voice.engine_voice)
            known = self._phonemes.get(voice.engine_voice, {})
        return Told.of([Piece(plain(each.text), each.ipa, each.place) for each in pieces(text)], known)


class _VoiceProcess:
    """A process that has loaded one voice."""

    def __init__(self, voice: str, rate_wpm: int, pitch: int) -> None:
        place = installation()
        if place is None:
            raise NoVoice("eSpeak NG is not installed.", "Install the package espeakng-loader.")
        self.interrupted = False
        self._process = ForkingProcess(
            [sys.executable, "-I", "-S", speech_program.__file__, *place, voice, str(rate_wpm), str(pitch)],
            start_seconds=_START_SECONDS,
            stderr=subprocess.PIPE,
        )
        if not self._process.greeting:
            reason = self._process.complaint() or "it said nothing"
            self.close()
            raise EngineFailed(f"eSpeak NG does not start: {reason}.", "Run `podcaster doctor`.")
        self._rate = Hertz(int(self._process.greeting))

    def speak(self, text: bytes) -> Speech:
        """Speak in a fork.

        Raises:
            EngineFailed: eSpeak NG gave an error, or no answer in time.
            ProcessDied: the process is gone.
        """
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        reply = answer(lambda pipe: self._process.send(text, pipe), _read_all)
        if not reply:
            raise ProcessDied("it gave no answer")
        samples, words = _taken_apart(reply)
        return Speech(samples=np.frombuffer(samples, dtype=np.int16), rate=self._rate, words=words)

    def interrupt(self) -> None:
        """End it with its forks, each of which is speaking a sentence."""
        self.interrupted = True
        self._process.kill()

    def close(self) -> None:
        self._process.drop()


def _taken_apart(reply: bytes) -> tuple[memoryview, tuple[WordOnset, ...]]:
    """The samples and the words of a whole answer."""
    view, end = memoryview(reply), len(reply) - speech_program.END.size
    samples, count, outcome = speech_program.END.unpack_from(reply, end) if end >= 0 else (0, 0, b"")
    if outcome == speech_program.FAILED:
        raise EngineFailed(f"eSpeak NG failed: {reply[end - count : end].decode(errors='replace')}.", "Render again.")
    if outcome != speech_program.SPOKEN or end != 2 * samples + count * speech_program.WORD.size:
        raise ProcessDied("its answer was cut off")
    onsets = speech_program.WORD.iter_unpack(view[2 * samples : end])
    return view[: 2 * samples], tuple(WordOnset(place=place, sample=sample) for place, sample in onsets)


def _read_all(pipe: int) -> bytes:
    deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
    pieces: list[bytes] = []
    try:
        while piece := read_within(pipe, deadline):
            pieces.append(piece)
    except TimeoutError as error:
        raise EngineTimedOut("eSpeak NG gave no answer in 45 s.", "Render again.") from error
    return b"".join(pieces)


def _key(voice: Voice) -> _Key:
    return voice.engine_voice, voice.rate_wpm, voice.pitch


def plain(text: str) -> str:
    """Without control characters, which eSpeak NG takes for commands."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in text)
