"""Tokenizers of CTranslate2 models: SentencePiece, Moses with BPE (Argos), and BPE on plain words (Nós)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

WORD_CODES: Final = "bpe.codes"
"""Merges of a model that reads words as they are written."""
_SPACE: Final = "\u2581"
_CUT: Final = "@@ "


class Tokenizer(Protocol):
    """Cuts a sentence in pieces, and joins the pieces of a translation."""

    def encode(self, text: str) -> list[str]:
        """The pieces that the model reads."""

    def joined(self, pieces: Sequence[str]) -> str:
        """The sentence that the model wrote."""


class SentencePieces:
    """SentencePiece; pieces are joined by us, since argostranslate's own way turns every `_` into a space."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 # argostranslate's or sentencepiece's
        self._tokenizer = tokenizer

    def encode(self, text: str) -> list[str]:
        """The pieces that the model reads."""
        return list(self._tokenizer.encode(text))

    def joined(self, pieces: Sequence[str]) -> str:
        """The sentence that the model wrote."""
        return " ".join("".join(pieces).replace(_SPACE, " ").split())


class MosesPieces(SentencePieces):
    """Moses tokens in BPE, as older Argos packages have them; the tokenizer joins them itself."""

    def joined(self, pieces: Sequence[str]) -> str:
        """The sentence that the model wrote."""
        return " ".join(str(self._tokenizer.decode(list(pieces))).split())


class WordPieces:
    """Words between blanks in BPE."""

    def __init__(self, codes: Path) -> None:
        self._codes = codes
        self._bpe: Any = None

    def encode(self, text: str) -> list[str]:
        """The pieces that the model reads."""
        if self._bpe is None:
            from argostranslate.apply_bpe import BPE  # noqa: PLC0415 # only where such a model is installed

            with self._codes.open(encoding="utf-8") as codes:
                self._bpe = BPE(codes)
        return list(self._bpe.segment_tokens(text.split()))

    def joined(self, pieces: Sequence[str]) -> str:
        """The sentence that the model wrote."""
        return " ".join(f"{' '.join(pieces)} ".replace(_CUT, "").split())


def tokenizer_of(folder: Path, source: str, target: str) -> Tokenizer | None:
    """The tokenizer that lies beside a model; None without one."""
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer  # noqa: PLC0415 # only where needed

    if (folder / "sentencepiece.model").is_file():
        return SentencePieces(SentencePieceTokenizer(folder / "sentencepiece.model"))
    if (folder / WORD_CODES).is_file():
        return WordPieces(folder / WORD_CODES)
    if (folder / "bpe.model").is_file():
        return MosesPieces(BPETokenizer(folder / "bpe.model", source, target))
    return None
