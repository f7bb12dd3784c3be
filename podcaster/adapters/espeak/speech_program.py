"""The program of a prepared process: it has loaded one eSpeak NG voice and forks for every sentence.

What eSpeak NG says depends on what it said before. A fork begins where every other fork began, so the same text gives the
same samples, in any order. It is started as a file of its own, with the standard library alone, so that it is ready in
some 20 ms and a fork of it is cheap.

It is told of its work over a sequenced-packet socket on descriptor 0: a packet holds UTF-8 text, with the byte 1 in front
where what stands in `[[…]]` is phonemes and no text, and with it comes the descriptor of a pipe, into which the answer goes:
the samples (16-bit), as they come out of the library; for each word its place in the text and its first sample; and an end that
says how many samples and words there are, and `+` (all 32-bit but this). Or at last what went wrong, its length and `-`. All is in
native order. So a fork holds no sound: most of what a fork costs is the memory that it is the first to touch.
The socket's end is its end.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable  # noqa: TC003 # here already; typing would take as long as everything else

LONGEST_TEXT_BYTES = 100_000
_SYNCHRONOUS = 2
"""No thread of its own: a fork would lose it."""
_DONT_EXIT = 0x8000
_BUFFER_MS = 2_000
_RATE, _PITCH = 1, 3
_UTF8 = 1
_PHONEMES = 0x100
WITH_PHONEMES = b"\x01"
_SECONDS = 20
_NO_MORE_EVENTS, _WORD = 0, 1
WORD = struct.Struct("=II")
"""Its place and its first sample."""
END = struct.Struct("=IIc")
"""Number of samples and words, `+`; or 0, the number of bytes of a message, `-`."""
SPOKEN, FAILED = b"+", b"-"


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


def prepared(library: str, data: str, voice: str, rate: int, pitch: int) -> tuple[ctypes.CDLL, int]:
    """The library with the voice loaded, and its samples a second."""
    espeak = ctypes.CDLL(library)
    hertz = espeak.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data.encode(), _DONT_EXIT)
    if hertz <= 0:
        sys.exit("eSpeak NG's data cannot be read")
    if espeak.espeak_SetVoiceByName(voice.encode()) != 0:
        sys.exit(f"eSpeak NG has no voice {voice}")
    espeak.espeak_SetParameter(_RATE, rate, 0)
    espeak.espeak_SetParameter(_PITCH, pitch, 0)
    return espeak, hertz


def speak(espeak: ctypes.CDLL, text: bytes, take: Callable[[memoryview], None]) -> list[bytes]:
    """Speak a text, and give back its words; `take` is handed the samples, piece by piece, each gone when it returns.

    Where it raises an OSError, nobody listens any more, and the rest is not spoken.
    """
    words: list[bytes] = []

    def heard(samples: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:
        if samples and count > 0:
            try:
                take(memoryview((ctypes.c_char * (2 * count)).from_address(samples)))
            except OSError:
                return 1
        place = 0
        while events[place].type != _NO_MORE_EVENTS:
            if events[place].type == _WORD:
                words.append(_word(events[place]))
            place += 1
        return 0

    callback = _CALLBACK(heard)
    espeak.espeak_SetSynthCallback(callback)
    flags = _UTF8 | (_PHONEMES if text.startswith(WITH_PHONEMES) else 0)
    words_only = text.removeprefix(WITH_PHONEMES) + b"\0"
    status = espeak.espeak_Synth(words_only, ctypes.c_size_t(len(words_only)), 0, 1, 0, flags, None, None)
    if status != 0:
        message = f"status {status}"
        raise RuntimeError(message)
    return words


def _word(event: _Event) -> bytes:
    """Words are counted from 1."""
    return WORD.pack(max(event.text_position - 1, 0), max(event.sample, 0))


def answer(espeak: ctypes.CDLL, text: bytes, pipe: int) -> None:
    """In the fork: speak, answer, end."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    signal.alarm(2 * _SECONDS)
    written = 0

    def write(piece: memoryview) -> None:
        nonlocal written
        written += len(piece)
        while piece:
            piece = piece[os.write(pipe, piece) :]

    try:
        words = speak(espeak, text, write)
        end = b"".join((*words, END.pack(written // 2, len(words), SPOKEN)))
    except (OSError, RuntimeError, ctypes.ArgumentError) as error:
        message = str(error).encode()
        end = message + END.pack(0, len(message), FAILED)
    write(memoryview(end))


def main() -> None:
    """Serve until the socket ends."""
    library, data, voice, rate, pitch = sys.argv[1:]
    espeak, hertz = prepared(library, data, voice, int(rate), int(pitch))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = socket.socket(fileno=0)
    work.send(str(hertz).encode())
    while True:
        text, pipes, _, _ = socket.recv_fds(work, LONGEST_TEXT_BYTES, 1)
        if not pipes:
            return
        if os.fork() == 0:
            status = 1
            try:
                work.close()
                answer(espeak, text, pipes[0])
                status = 0
            finally:
                os._exit(status)
        os.close(pipes[0])


if __name__ == "__main__":
    main()
