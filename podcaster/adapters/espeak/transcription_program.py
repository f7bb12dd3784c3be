"""The program that writes texts in the International Phonetic Alphabet as an eSpeak NG voice would say them.

Started as a file of its own, with the standard library alone: a second `espeak_Initialize` in a process changes what the first
one says. Standard input: a line of JSON for each text, its voice and the text; standard output: a line of JSON for each, the
phonemes, or null where there is no such voice.
"""

from __future__ import annotations

import ctypes
import json
import sys

_RETRIEVAL = 1
"""No sound is made."""
_DONT_EXIT = 0x8000
_UTF8 = 1
_IPA = 0x02


def main() -> None:
    """Serve until standard input ends."""
    library, data = sys.argv[1:]
    espeak = ctypes.CDLL(library)
    espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
    if espeak.espeak_Initialize(_RETRIEVAL, 0, data.encode(), _DONT_EXIT) <= 0:
        sys.exit("eSpeak NG's data cannot be read")
    loaded = ""
    for line in sys.stdin:
        voice, text = json.loads(line)
        if voice != loaded:
            loaded = voice if espeak.espeak_SetVoiceByName(voice.encode()) == 0 else ""
        print(json.dumps(_phonemes(espeak, text) if loaded else None), flush=True)  # noqa: T201 # its answer


def _phonemes(espeak: ctypes.CDLL, text: str) -> str:
    """A whole text; the library takes a clause at a time."""
    rest = ctypes.c_char_p(text.encode("utf-8", "replace"))
    clauses = []
    while rest.value:
        clause = espeak.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
        clauses.append((clause or b"").decode(errors="replace"))
    return " ".join(clauses)


if __name__ == "__main__":
    main()
