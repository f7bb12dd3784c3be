"""A line as a program for Festival, in the signs that it can read, and with an editor's pronunciations as entries of its lexicon."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from podcaster.adapters.festival.catalan_phones import syllables
from podcaster.script.phonetics import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENCODING: Final = "iso-8859-15"
_READ_AS: Final = {
    **dict.fromkeys('«»“”„"()[]{}<>*_|~^`', " "),
    **dict.fromkeys("—–;", ", "),
    **dict.fromkeys("’‘", "'"),
    "…": "...",
    "\\": " ",
}
"""Marks that Festival would say by their names, or that mean something in its programs."""
_CATALAN: Final = "_ca_"
"""In the names of voices that have Catalan phonemes."""


@dataclass(frozen=True, slots=True)
class LineScript:
    """The program that Festival runs."""

    scheme: str
    text: str
    """The line as it stands in the program."""
    places: Sequence[int]
    """The place in the line of each of its characters."""


def line_script(line: str, voice: str, *, sound: str) -> LineScript:
    """A program that says a line, writes its samples to the file `sound` and prints the start of each token in seconds."""
    names = _unused_words()
    entries, signs, places = [], [], []
    for piece in pieces(line):
        said = syllables(piece.ipa) if piece.ipa and _CATALAN in voice else None
        if said:
            name = next(names)
            entries.append(f'(lex.add.entry \'("{name}" nil ({said})))')
            signs.append(name)
            places += [piece.place] * len(name)
            continue
        for place, sign in enumerate(piece.text):
            readable = _readable(sign)
            signs.append(readable)
            start = piece.place + place + (1 if piece.ipa else 0)
            places += [start] * len(readable)
    text = "".join(signs)
    scheme = "\n".join(
        [f"({f'voice_{voice}'})", *entries, f'(set! line (Utterance Text "{text}"))', _SAY, _save(sound)]
    )
    return LineScript(scheme=scheme, text=text, places=places)


_SAY: Final = """(utt.synth line)
(mapcar (lambda (token) (format t "%f %s\\n" (item.feat token "daughter1.word_start") (item.name token)))
        (utt.relation.items line 'Token))"""


def _save(sound: str) -> str:
    return f'(utt.save.wave line "{sound}" \'riff)\n'


def _readable(sign: str) -> str:
    """A character as Festival can read it: no control characters, no quotation marks, nothing outside of its encoding."""
    if sign in _READ_AS:
        return _READ_AS[sign]
    if unicodedata.category(sign)[0] in "CZ":
        return " "
    try:
        sign.encode(ENCODING)
    except UnicodeEncodeError:
        return "".join(_READ_AS.get(each, each) for each in anyascii(sign) if each.isprintable())
    return sign


def _unused_words() -> Iterator[str]:
    """Words that no dictionary has, to stand for those that are pronounced otherwise."""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield f"zq{''.join(letters)}"
