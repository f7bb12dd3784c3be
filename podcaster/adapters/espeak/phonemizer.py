"""eSpeak NG's reading of a language, in the alphabet that Kokoro was trained on (misaki's)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from podcaster.adapters.espeak import phoneme_program
from podcaster.adapters.espeak.installation import installation, library_version
from podcaster.errors import EngineFailed
from podcaster.script.phonetics import pieces
from podcaster.speech.phonemes import AFFRICATES, PhonemeToken, from_ipa
from podcaster.speech.word_pairing import pair_words, spoken_length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SECONDS: Final = 20.0
_MISAKI: Final = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S", "t^s": "ʦ", "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
_MARKS: Final = re.escape(';:,.!?¡¿—–…"«»“”()[]{}।')
_MARK: Final = re.compile(rf"(?<!\w)[{_MARKS}]|[{_MARKS}](?!\w)|(?<=\s)-(?=\s)")
"""A mark between letters or figures, as in `1.250`, is read with them."""
_READ_AS: Final = {
    "¡": "",
    "¿": "",
    "«": "“",
    "»": "”",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    "–": "—",
    "-": "—",
    "।": ".",
}
_OTHER_LANGUAGE: Final = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9]+)*\)")
"""`(en)` stands in front of a word that eSpeak NG reads as English."""
_ALPHABET: Final = {
    **{sign: sign for sign in "abcdefhijklmnopqrstuvwxyzæçðøŋœɐɑɒɔɕɖəɚɛɜɟɡɣɥɨɪɯɰɲɳɴɸɹɻɽɾʁʂʃʈʊʋʌʎʒʔʝβθχɤ"},
    **{f"{vowel}ː": f"{vowel}ː" for vowel in "aeiouæøœɐɑɒɔəɛɜɯ"},
    **AFFRICATES,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of text: words that are read, or phonemes that are known."""

    place: int
    words: tuple[tuple[str, int], ...] = ()
    """Each word as it is read, and where it stands."""
    phonemes: str = ""
    spaced: bool = False
    """Whether a space follows."""


@dataclass(frozen=True)
class EspeakPhonemizer:
    """Fills `speech.phonemes.Phonemizer` for one of eSpeak NG's voices."""

    voice: str
    """`es`, `pt-BR`."""
    spelling: tuple[tuple[re.Pattern[str], str], ...] = field(default=())
    """Respellings for eSpeak NG, applied to each word."""

    @property
    def version(self) -> str:
        """The library's, the voice's name, and the spelling's."""
        spelled = "".join(f" {pattern.pattern}={text}" for pattern, text in self.spelling)
        return f"{library_version()} {self.voice}{spelled}"

    def phonemes(self, text: str) -> Sequence[PhonemeToken]:
        """Stretch by stretch between marks; each is read by itself, in one process for the whole text."""
        parts = list(self._parts(text))
        stretches = [" ".join(word for word, _ in part.words) for part in parts if part.words]
        readings = iter(self._read(stretches) if stretches else ())
        return [token for part in parts for token in _tokens(part, next(readings) if part.words else "")]

    def _parts(self, text: str) -> Iterator[_Part]:
        for piece in pieces(text):
            said = from_ipa(piece.ipa, _ALPHABET) if piece.ipa else None
            if said:
                after = piece.place + len(piece.text) + len(piece.ipa) + 3
                yield _Part(piece.place, phonemes=said, spaced=text[after : after + 1].isspace())
            else:
                yield from self._plain_parts(_printable(piece.text), piece.place)

    def _plain_parts(self, text: str, place: int) -> Iterator[_Part]:
        behind = 0
        for mark in [*_MARK.finditer(text), None]:
            end = mark.start() if mark else len(text)
            stretch = text[behind:end]
            words = tuple(
                (self._spelled(word[0]), place + behind + word.start()) for word in re.finditer(r"\S+", stretch)
            )
            if words:
                yield _Part(place + behind, words=words, spaced=stretch[-1].isspace())
            if mark:
                behind = mark.end()
                sign = _READ_AS.get(mark[0], mark[0])
                if sign:
                    yield _Part(place + end, phonemes=sign, spaced=text[behind : behind + 1].isspace())

    def _spelled(self, word: str) -> str:
        for pattern, text in self.spelling:
            word = pattern.sub(text, word)
        return word

    def _read(self, stretches: Sequence[str]) -> Sequence[str]:
        place = installation()
        if place is None:
            raise EngineFailed("eSpeak NG is not installed.", "Install the package espeakng-loader.")
        command = [sys.executable, "-I", "-S", phoneme_program.__file__, *place, self.voice]
        try:
            told = subprocess.run(  # noqa: S603 # our own program, and no shell
                command, input=json.dumps(stretches).encode(), capture_output=True, check=True, timeout=_SECONDS
            )
            return [_in_misaki(each) for each in json.loads(told.stdout)]
        except (subprocess.SubprocessError, ValueError) as error:
            raise EngineFailed(f"eSpeak NG does not read {self.voice}: {error}.", "Run `podcaster doctor`.") from error


def _tokens(part: _Part, read: str) -> Iterator[PhonemeToken]:
    """Word by word; those that are said in one breath stand where the first one does."""
    after = " " if part.spaced else ""
    if part.phonemes:
        yield PhonemeToken(
            part.phonemes + after, part.place if part.phonemes[0].isalpha() or part.phonemes[0] in "ˈˌ" else None
        )
        return
    said = read.split()
    pairs = pair_words([spoken_length(word) for word, _ in part.words], [len(word) for word in said])
    places = {second: part.words[first][1] for first, second in pairs}
    for count, word in enumerate(said):
        yield PhonemeToken(word + (" " if count + 1 < len(said) else after), places.get(count))


def _in_misaki(phonemes: str) -> str:
    for tied, sign in _MISAKI.items():
        phonemes = phonemes.replace(tied, sign)
    return _OTHER_LANGUAGE.sub("", phonemes.replace("^", "")).replace("-", "")


def _printable(text: str) -> str:
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in text)
