"""Names that a model copied unchanged, masked for the next translation step."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"(?<![\w'’.-])[^\W\d_][\w]*(?:[.'’-]\w+)*")
_SHORTEST_AT_START: Final = 4
"""Letters. Shorter words that begin a sentence in both languages are articles and prepositions: `A`, `As`, `No`, `Do`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A sentence between two steps, with the places of the names that were copied from its source."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, source: str, *, but: Collection[str] = ()) -> "Carried":
        """Words with a capital that stand in the source, too, letter by letter; neighbours are one name.

        Those in `but` are left to the rules: countries, whose articles they know.
        """
        written = {found[0] for found in _WORD.finditer(source)}
        known = (written | {re.sub("['’]s$", "", word) for word in written}).difference(but)
        spans: list[tuple[int, int]] = []
        for found in _WORD.finditer(text):
            word, begins = found[0], not text[: found.start()].strip(" \"“‘'«(¿¡")
            if not word[0].isupper() or word not in known or (begins and len(word) < _SHORTEST_AT_START):
                continue
            if spans and text[spans[-1][1] : found.start()] == " ":
                spans[-1] = spans[-1][0], found.end()
            else:
                spans.append(found.span())
        return cls(text=text, spans=tuple(spans))

    @property
    def names(self) -> Sequence[str]:
        """The copied names, each once."""
        return list(dict.fromkeys(self.text[start:end] for start, end in self.spans))

    def masked(self, mask: Callable[[int], str]) -> str:
        """The sentence with a mask for each name; the same name has the same mask."""
        masks, pieces, place = self._masks(mask), [], 0
        for start, end in self.spans:
            pieces += [self.text[place:start], masks[self.text[start:end]]]
            place = end
        return "".join([*pieces, self.text[place:]])

    def unmasked(self, translation: str, mask: Callable[[int], str]) -> str:
        """A translation of the masked sentence with its names back."""
        for name, each in self._masks(mask).items():
            translation = re.sub(rf"(?<!\w){each}(?!\w)", name.replace("\\", r"\\"), translation)
        return translation

    def _masks(self, mask: Callable[[int], str]) -> dict[str, str]:
        return {name: mask(index) for index, name in enumerate(self.names)}
