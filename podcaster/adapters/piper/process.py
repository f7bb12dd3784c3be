"""A process that has loaded one Piper voice, from this side: asked one line at a time, ended when it does not answer."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.adapters.child_process.answers import ProcessDied, read_within
from podcaster.errors import EngineFailed, EngineTimedOut
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.speech.word_pairing import pair_words
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PROGRAM = Path(__file__).with_name("speech_program.py")
_LENGTH = struct.Struct("=I")
_WORD = struct.Struct("=II")
_ANSWER = struct.Struct("=cI")
_LOAD_SECONDS = 120.0


class VoiceProcess:
    """Starts at once, is asked when its voice has loaded. Lines of several threads wait for one another."""

    def __init__(self, model: Path, longest_wait_seconds: float) -> None:
        self._model = model
        self._longest_wait_seconds = longest_wait_seconds
        self._turn = threading.Lock()
        self._rate: Hertz | None = None
        self.ended = False
        """Whether it did not load, or was ended for not answering."""
        self._process = subprocess.Popen(  # noqa: S603 # our own program, and no shell
            [sys.executable, "-P", str(_PROGRAM), str(model)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def speak(self, wanted: Mapping[str, object], words: Sequence[tuple[int, int]], name: str) -> Speech:
        """Have it say something; `words` are where the text's words stand and their letters, `name` is the voice's, for people.

        Raises:
            EngineFailed: the voice does not load, or the model gave an error.
            EngineTimedOut: no answer in its time; the process was ended.
            ProcessDied: it is gone.
        """
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        message = json.dumps(wanted).encode()
        with self._turn:
            rate = self._loaded()
            self._send(_LENGTH.pack(len(message)) + message)
            sign, content = self._answer(self._longest_wait_seconds, name)
        if sign != b"+":
            raise EngineFailed(f"{name} failed: {_text(content)}.", "Render again, or choose another voice.")
        (count,) = _LENGTH.unpack_from(content)
        end = _LENGTH.size + count * _WORD.size
        told = list(_WORD.iter_unpack(content[_LENGTH.size : end]))
        pairs = pair_words([letters for _, letters in words], [phonemes for _, phonemes in told])
        onsets = tuple(WordOnset(place=words[first][0], sample=told[second][0]) for first, second in pairs)
        return Speech(samples=np.frombuffer(content, dtype=np.int16, offset=end), rate=rate, words=onsets)

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        # Whoever waits for an answer sees its end first, and does not read from a descriptor that is another's by then.
        with self._turn:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()

    def _loaded(self) -> Hertz:
        """The voice's rate, when it has loaded."""
        if self._rate is None:
            sign, content = self._answer(_LOAD_SECONDS, self._model.name)
            if sign != b"+":
                self.ended = True
                raise EngineFailed(
                    f"{self._model.name} cannot be loaded: {_text(content)}.", "Download the voice again."
                )
            self._rate = Hertz(_LENGTH.unpack(content)[0])
        return self._rate

    def _send(self, message: bytes) -> None:
        pipe = self._process.stdin
        view = memoryview(message)
        try:
            while pipe and view:
                view = view[pipe.write(view) or 0 :]
        except (OSError, ValueError) as gone:
            raise ProcessDied(str(gone)) from gone

    def _answer(self, seconds: float, name: str) -> tuple[bytes, bytes]:
        """Sign and content."""
        deadline = time.monotonic() + seconds
        sign, length = _ANSWER.unpack(self._read(_ANSWER.size, deadline, name))
        return sign, self._read(length, deadline, name)

    def _read(self, length: int, deadline: float, name: str) -> bytes:
        pieces: list[bytes] = []
        try:
            pipe = self._process.stdout.fileno() if self._process.stdout else -1
            while length:
                piece = read_within(pipe, deadline, length)
                if not piece:
                    raise ProcessDied("it gave no answer")
                pieces.append(piece)
                length -= len(piece)
        except TimeoutError as error:
            self.ended = True
            self._process.kill()
            raise EngineTimedOut(
                f"{name} gave no answer in its time.", "Render again, or choose another voice."
            ) from error
        except (OSError, ValueError) as gone:
            raise ProcessDied(str(gone)) from gone
        return b"".join(pieces)


def _text(content: bytes) -> str:
    return content.decode(errors="replace")
