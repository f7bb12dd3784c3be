"""eSpeak NG in prepared processes, as a Synthesizer that says the same thing the same way every time."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import unicodedata
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, Self

from podcaster.adapters.espeak import prepared
from podcaster.adapters.espeak.installation import installation, library_version, voice_names
from podcaster.adapters.espeak.pronunciation import Told, phonemes_of
from podcaster.errors import EngineFailed, EngineTimedOut, NoVoice
from podcaster.script.phonetics import Piece, as_written, pieces
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Mapping

    from podcaster.model import Voice

_VOICES_KEPT = 8
_LONGEST_WAIT_SECONDS = 45.0
_START_SECONDS = 20.0
_PIPE_READ = 1 << 20


class EspeakSynthesizer:
    """Fills `speech.synthesizer.Synthesizer`."""

    name = "espeak"
    deterministic = True
    neural = False
    paced = True

    def __init__(self) -> None:
        self._processes: OrderedDict[tuple[str, int, int], _Process] = OrderedDict()
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

    def voice_version(self, voice: Voice) -> str:  # noqa: ARG002 # the port's
        """The engine's: its voices come with it."""
        return self.version

    def has(self, voice: Voice) -> bool:
        """Whether eSpeak NG has this language; a variant (`en-gb+f3`) counts as its language."""
        return voice.engine == self.name and voice.engine_voice.partition("+")[0].lower() in self.voices

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak in a fork of the process that has the voice loaded; one that died is replaced once."""
        if not self.has(voice):
            raise NoVoice(f"eSpeak NG has no voice {voice.engine_voice!r}.", f"Correct {voice.name} in voices/.")
        told = self._told(text, voice)
        packet = told.packet
        if len(packet) >= prepared.LONGEST_TEXT_BYTES:
            raise EngineFailed("A sentence is too long to be spoken.", "Split it.")
        process = self._process(voice)
        try:
            return told.placed(process.speak(packet))
        except _ProcessDied as died:
            if process.interrupted:
                raise EngineFailed("eSpeak NG was told to stop.", "Render again.") from died
            self._forget(voice)
        try:
            return told.placed(self._process(voice).speak(packet))
        except _ProcessDied as died:
            raise EngineFailed(f"eSpeak NG ended while it spoke: {died}.", "Run `podcaster doctor`.") from died

    def interrupt(self, voice: Voice) -> None:
        """End the process that has this voice, and what it is speaking; the next sentence gets a new one."""
        with self._lock:
            process = self._processes.pop(_key(voice), None)
        if process is not None:
            process.interrupt()

    def close(self) -> None:
        """End every prepared process."""
        with self._lock:
            processes, self._processes = list(self._processes.values()), OrderedDict()
        for process in processes:
            process.close()

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

    def _process(self, voice: Voice) -> _Process:
        key = _key(voice)
        with self._lock:
            process = self._processes.get(key)
            if process is None:
                process = self._processes[key] = _Process(*key)
                if len(self._processes) > _VOICES_KEPT:
                    _, oldest = self._processes.popitem(last=False)
                    oldest.close()
            self._processes.move_to_end(key)
            return process

    def _forget(self, voice: Voice) -> None:
        with self._lock:
            process = self._processes.pop(_key(voice), None)
        if process is not None:
            process.close()


class _ProcessDied(Exception):
    """The prepared process is gone, with the answer."""


class _Process:
    """One prepared process, from this side."""

    def __init__(self, voice: str, rate_wpm: int, pitch: int) -> None:
        place = installation()
        if place is None:
            raise NoVoice("eSpeak NG is not installed.", "Install the package espeakng-loader.")
        library, data = place
        self._work, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 # our own program, and no shell
                [sys.executable, "-I", "-S", prepared.__file__, library, data, voice, str(rate_wpm), str(pitch)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                process_group=0,
            )
        self.interrupted = False
        self._send = threading.Lock()
        self._rate = self._greeting()

    def _greeting(self) -> Hertz:
        self._work.settimeout(_START_SECONDS)
        greeting = self._work.recv(16)
        self._work.settimeout(None)
        if not greeting:
            reason = (self._process.stderr.read() if self._process.stderr else b"").decode(errors="replace").strip()
            self.close()
            raise EngineFailed(f"eSpeak NG does not start: {reason or 'it said nothing'}.", "Run `podcaster doctor`.")
        return Hertz(int(greeting))

    def speak(self, text: bytes) -> Speech:
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        ours, theirs = os.pipe()
        try:
            try:
                with self._send:
                    socket.send_fds(self._work, [text], [theirs])
            except OSError as gone:
                raise _ProcessDied(str(gone)) from gone
            finally:
                os.close(theirs)
            reply = _read_all(ours)
        finally:
            os.close(ours)
        if not reply:
            raise _ProcessDied("it gave no answer")
        samples, words = _taken_apart(reply)
        return Speech(samples=np.frombuffer(samples, dtype=np.int16), rate=self._rate, words=words)

    def interrupt(self) -> None:
        """End it with its forks, each of which is speaking a sentence."""
        self.interrupted = True
        os.killpg(self._process.pid, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        self._work.close()
        if self._process.stderr:
            self._process.stderr.close()
        self._process.kill()
        self._process.wait()


def _taken_apart(reply: bytes) -> tuple[memoryview, tuple[WordOnset, ...]]:
    """The samples and the words of a whole answer."""
    view, end = memoryview(reply), len(reply) - prepared.END.size
    samples, count, outcome = prepared.END.unpack_from(reply, end) if end >= 0 else (0, 0, b"")
    if outcome == prepared.FAILED:
        raise EngineFailed(f"eSpeak NG failed: {reply[end - count : end].decode(errors='replace')}.", "Render again.")
    if outcome != prepared.SPOKEN or end != 2 * samples + count * prepared.WORD.size:
        raise _ProcessDied("its answer was cut off")
    onsets = prepared.WORD.iter_unpack(view[2 * samples : end])
    return view[: 2 * samples], tuple(WordOnset(place=place, sample=sample) for place, sample in onsets)


def _read_all(pipe: int) -> bytes:
    waiting = select.poll()  # select(2) takes no descriptor above 1,023
    waiting.register(pipe, select.POLLIN)
    pieces: list[bytes] = []
    while True:
        if not waiting.poll(_LONGEST_WAIT_SECONDS * 1_000):
            raise EngineTimedOut("eSpeak NG gave no answer in 45 s.", "Render again.")
        piece = os.read(pipe, _PIPE_READ)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def _key(voice: Voice) -> tuple[str, int, int]:
    return voice.engine_voice, voice.rate_wpm, voice.pitch


def plain(text: str) -> str:
    """Without control characters, which eSpeak NG takes for commands."""
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in text)
