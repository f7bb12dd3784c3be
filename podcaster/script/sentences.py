"""Text to sentences, in any language, losing nothing."""

from collections.abc import Iterable, Iterator

import sentencex

from podcaster import language as languages
from podcaster.units import LanguageTag

_TITLES = {
    "en": "Mr Mrs Ms Dr Prof Sen Rep Gov Gen Col Lt Sgt St Rev Hon Messrs No vs",
    "es": "Sr Sra Srta Dr Dra D Dª Prof Lic Ing Gral Núm núm",
    "ca": "Sr Sra Dr Dra Prof núm Excm",
    "gl": "Sr Sra Dr Dra Prof núm",
    "pt": "Sr Sra Srta Dr Dra Prof Eng núm",
    "fr": "M MM Mme Mlle Dr Pr Me Mgr",
    "de": "Dr Prof Hr Fr Nr bzw Ing St",
    "it": "Sig Dott Prof Avv Ing On Sen Gen",
}
"""Words before a name, after whose full stop a sentence goes on. Other languages take the English ones."""


def split(text: str, language: LanguageTag) -> tuple[str, ...]:
    """The sentences of one paragraph, in order, without white space around them; none is empty.

    Joined, they hold every character of the text but white space.
    """
    pieces = (piece.strip() for piece in sentencex.segment(str(languages.base(language)), text))
    return tuple(_merged(filter(None, pieces), language))


def _merged(pieces: Iterable[str], language: LanguageTag) -> Iterator[str]:
    """A piece that cannot be a whole sentence goes with its neighbour."""
    begun = ""
    for piece in pieces:
        joined = f"{begun} {piece}" if begun else piece
        if _goes_on(joined, language):
            begun = joined
            continue
        yield joined
        begun = ""
    if begun:
        yield begun


def _goes_on(piece: str, language: LanguageTag) -> bool:
    if not piece.endswith("."):
        return not any(sign.isalnum() for sign in piece) and len(piece) <= 2
    last = piece[:-1].rpartition(" ")[2].lstrip("([“\"«'‘")
    titles = _TITLES.get(languages.base(language), _TITLES["en"]).split()
    return last in titles or (len(last) == 1 and last.isupper() and last != "I")
