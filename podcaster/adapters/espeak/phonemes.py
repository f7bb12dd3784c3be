"""The program that tells how eSpeak NG calls each sound that one of its voices has.

It says every phoneme name that the library's tables hold, between sounds that are known, and reads from the phoneme events what
the International Phonetic Alphabet calls it. Started as a file of its own, with the standard library alone: the library has to
be opened otherwise than where it speaks. Standard output: one JSON object, the name by the sign. It takes a tenth of a second.
"""

from __future__ import annotations

import ctypes
import json
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _IN_IPA, _DONT_EXIT = 1, 2, 0x8000
_PHONEME, _NO_MORE_EVENTS = 7, 0
_UTF8, _PHONEMES = 1, 0x100
_TABLE = struct.Struct("=BBxx32s")
"""`phontab`: how many phonemes a table has, which table it goes on from, its name."""
_ENTRY = struct.Struct("=4s12x")
_OWN_SIGNS = frozenset("[]|'%,_= ")
"""Signs with a meaning of their own between phonemes."""
_SOFTENED = {"b": "b", "d": "d", "g": "\u0261"}
"""Sounds that some languages soften beside others: every voice has them all the same."""
_AROUND_A_VOWEL, _AROUND_A_CONSONANT = ("t", "t"), ("t", "i")


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
        ("string", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


def names(tables: bytes) -> Sequence[str]:
    """Every phoneme name of the file `phontab`, each once, the plainest first."""
    found: set[str] = set()
    place = 4
    for _ in range(tables[0]):
        count, _, _ = _TABLE.unpack_from(tables, place)
        place += _TABLE.size
        for each in range(count):
            (name,) = _ENTRY.unpack_from(tables, place + each * _ENTRY.size)
            found.add(name.rstrip(b"\0").decode("latin-1"))
        place += count * _ENTRY.size
    return sorted(
        (name for name in found if name and not _OWN_SIGNS.intersection(name)), key=lambda name: (len(name), name)
    )


class EspeakLibrary:
    """The library with a voice loaded, that tells what it says."""

    def __init__(self, library: str, data: str, voice: str) -> None:
        self._espeak = ctypes.CDLL(library)
        options = _PHONEME_EVENTS | _IN_IPA | _DONT_EXIT
        if self._espeak.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), options) <= 0:
            sys.exit("eSpeak NG's data cannot be read")
        if self._espeak.espeak_SetVoiceByName(voice.encode()) != 0:
            sys.exit(f"eSpeak NG has no voice {voice}")
        self._heard: list[str] = []
        self._callback = _CALLBACK(self._take)
        self._espeak.espeak_SetSynthCallback(self._callback)

    def said(self, phonemes: str) -> Sequence[str]:
        """The sounds of some phonemes, sign by sign."""
        self._heard.clear()
        text = f"[[{phonemes}]]".encode() + b"\0"
        self._espeak.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, 1, 0, _UTF8 | _PHONEMES, None, None)
        return [sign for sign in self._heard if sign]

    def sign_of(self, name: str) -> str:
        """A phoneme's sign; empty where the voice has no such phoneme, or it is not one sound."""
        first, last = _AROUND_A_VOWEL
        heard = self.said(f"{first}|'{name}|{last}")
        if len(heard) == 3 and heard[1].startswith("ˈ"):  # noqa: PLR2004 # the sound and what is around it
            return heard[1][1:]
        first, last = _AROUND_A_CONSONANT
        heard = self.said(f"{first}|{name}|'{last}")
        whole = len(heard) == 3 and heard[0] == first and heard[2] == f"ˈ{last}"  # noqa: PLR2004 # the same
        return heard[1] if whole else ""

    def _take(self, samples: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:  # noqa: ARG002 # the library's
        place = 0
        while events[place].type != _NO_MORE_EVENTS:
            if events[place].type == _PHONEME:
                self._heard.append(events[place].string.decode(errors="replace"))
            place += 1
        return 0


def main() -> None:
    """One voice's sounds."""
    library, data, voice = sys.argv[1:]
    speaking = EspeakLibrary(library, data, voice)
    found: dict[str, str] = {}
    for name in names(Path(data, "phontab").read_bytes()):
        sign = speaking.sign_of(name)
        if sign and "\ufffd" not in sign and not sign.isdigit():
            found.setdefault(sign, name)
    for letter, sign in _SOFTENED.items():
        found.setdefault(sign, letter)
    print(json.dumps(found))  # noqa: T201 # its answer


if __name__ == "__main__":
    main()
