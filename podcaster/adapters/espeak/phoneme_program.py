"""The program that reads texts into eSpeak NG's phonemes, in the International Phonetic Alphabet.

Started as a file of its own for each line, with the standard library alone: the library keeps a state, and what it says must not
depend on what it said before. Standard input: a JSON list of texts; standard output: a JSON list of their phonemes, a space
between words, `^` within a sound of several signs. It takes some 30 ms.
"""

from __future__ import annotations

import ctypes
import json
import sys

_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_UTF8 = 1
_IPA, _TIED = 0x02, 0x80
_TIE = ord("^") << 8


def main() -> None:
    """Read what stands on standard input."""
    library, data, voice = sys.argv[1:]
    espeak = ctypes.CDLL(library)
    if espeak.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), _DONT_EXIT) <= 0:
        sys.exit("eSpeak NG's data cannot be read")
    if espeak.espeak_SetVoiceByName(voice.encode()) != 0:
        sys.exit(f"eSpeak NG has no voice {voice}")
    espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
    espeak.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)
    json.dump([said(espeak, text) for text in json.load(sys.stdin)], sys.stdout)


def said(espeak: ctypes.CDLL, text: str) -> str:
    """The phonemes of a text, clause by clause."""
    rest = ctypes.c_char_p(text.encode())
    clauses = []
    while rest.value:
        clauses.append(espeak.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA | _TIED | _TIE))
    return b" ".join(filter(None, clauses)).decode(errors="replace").strip()


if __name__ == "__main__":
    main()
