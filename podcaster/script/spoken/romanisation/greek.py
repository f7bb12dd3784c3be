"""Greek words in Latin letters, by ELOT 743: `Παπαδόπουλος` as `Papadopoulos`."""

import re
import unicodedata
from typing import Final

_LETTERS: Final = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)  # noqa: SIM905 # the alphabet
)
_PAIRS: Final = {"ου": "ou", "γγ": "ng", "γξ": "nx", "γχ": "nch"}
_VOICELESS: Final = "θκξπσςτφχψ"


def greek(words: str) -> str:
    """Greek words; a capital stays one."""
    return " ".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    parted = "ϊ" in word or "ϋ" in word
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(sign) != "Mn")
    made = ""
    place = 0
    while place < len(plain):
        pair, after = plain[place : place + 2], plain[place + 2 : place + 3]
        if pair in {"αυ", "ευ", "ηυ"} and not parted:
            made += _LETTERS[pair[0]] + ("f" if not after or after in _VOICELESS else "v")
        elif pair in {"μπ", "ντ", "γκ"}:
            made += {"μπ": "b", "ντ": "d", "γκ": "g"}[pair] if not place else {"μπ": "mp", "ντ": "nt", "γκ": "gk"}[pair]
        elif pair in _PAIRS:
            made += _PAIRS[pair]
        else:
            made += _LETTERS.get(plain[place], plain[place] if re.match(r"\W", plain[place]) else "")
            place -= 1
        place += 2
    return made[:1].upper() + made[1:] if word[:1].isupper() else made
