"""Masks over what must survive translation, and their removal."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from podcaster.script.boundaries import before, behind, whole
from podcaster.units import LanguageTag
from podcaster.values.writing import prepared, settled

_POSSESSIVE = r"(?:['’]s|(?<=[sS])['’])?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A sentence as an engine gets it."""

    masked: str
    targets: tuple[tuple[str, str], ...]
    """Masks in order, each with the target-language text that it stands for."""

    def unmasked(self, translation: str) -> str:
        """A translation with the targets in place of the masks; damaged masks stay."""
        for mask, target in self.targets:
            translation = re.sub(whole(mask), target.replace("\\", r"\\"), translation)
        return translation

    def damaged(self, translation: str) -> frozenset[str]:
        """Targets whose mask is not in the translation exactly once."""
        return frozenset(target for mask, target in self.targets if len(re.findall(whole(mask), translation)) != 1)


@dataclass(frozen=True)
class Protection:
    """What is to survive in the sentences of one report, for one engine and pair."""

    targets: Mapping[str, str]
    """Source text to target text: glossary terms, names, territories."""
    mask: Callable[[int], str]
    pair: tuple[LanguageTag, LanguageTag] | None = None
    """Source and target language, for what is written otherwise in each: money, parts of a hundred, signs."""

    def protect(self, sentence: str, *, without: Iterable[str] = ()) -> Protected:
        """Mask every protected text of a sentence, the longest first, but those whose target is in `without`.

        A possessive `'s` goes with its name, because engines cannot translate it behind a word that they do not know.
        """
        left = set(without)
        text = prepared(sentence, self.pair[0]) if self.pair else sentence
        masks: list[tuple[str, str]] = []
        pieces: list[str] = []
        place = 0
        for value in settled(text, *self.pair) if self.pair else ():
            pieces.append(self._masked(text[place : value.start], left, masks))
            place = value.end
            if value.form in left:
                pieces.append(value.plain)
                continue
            masks.append((self.mask(len(masks)), value.form))
            pieces.append(masks[-1][0])
        pieces.append(self._masked(text[place:], left, masks))
        return Protected(masked="".join(pieces), targets=tuple(masks))

    def _masked(self, text: str, left: Collection[str], masks: list[tuple[str, str]]) -> str:
        """A stretch of a sentence with its names masked; the masks are added to `masks`."""
        sources = [source for source, target in self.targets.items() if target not in left and source in text]
        if not sources:
            return text
        alternatives = "|".join(
            f"{before(source)}(?:{re.escape(source)}){_POSSESSIVE}{behind(source)}"
            for source in sorted(sources, key=len, reverse=True)
        )

        def masked(found: re.Match[str]) -> str:
            source = found[0] if found[0] in self.targets else re.sub(f"{_POSSESSIVE}$", "", found[0])
            masks.append((self.mask(len(masks)), self.targets[source]))
            return masks[-1][0]

        return re.sub(alternatives, masked, text)


def leftovers(text: str, masks: Sequence[str]) -> list[str]:
    """Masks, or pieces of them, that are still in a text."""
    lowered = text.lower()
    return [mask for mask in masks if mask.lower() in lowered]
