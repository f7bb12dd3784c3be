"""Masks over what must survive translation, and their removal."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from podcaster.script.boundaries import before, behind, whole
from podcaster.translation.names import singular
from podcaster.units import LanguageTag
from podcaster.values.preparation import prepared
from podcaster.values.signs import codes
from podcaster.values.worded import worded
from podcaster.values.writing import settled

_POSSESSIVE = r"(?:['’]s|(?<=[sS])['’])?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A sentence as an engine gets it."""

    masked: str
    targets: tuple[tuple[str, str], ...]
    """Masks in order, each with the target-language text that it stands for."""
    watched: tuple[tuple[str, str], ...] = ()
    """Names that stand unmasked in it, each with what it becomes."""
    masking: tuple[str, ...] = ()
    """Watched names that are masked all the same."""
    values: bool = True
    """Whether money and parts of a hundred are masked."""

    def lost(self, translation: str) -> tuple[str, ...]:
        """The watched names that a translation does not have, as the source writes them."""
        return tuple(source for source, target in self.watched if not _stands_in(target, translation))

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
    """Protected spans of a report's sentences, for one engine and pair."""

    targets: Mapping[str, str]
    """Source text to target text: glossary terms, names, territories."""
    mask: Callable[[int], str] | None
    """None: the engine copies no mask, and gets the target text itself, which it copies oftener than it does a word."""
    pair: tuple[LanguageTag, LanguageTag] | None = None
    """Source and target language, for what is written otherwise in each: money, parts of a hundred, signs."""
    watched: frozenset[str] = frozenset()
    """Source texts that are left to the engine, and looked for in what it says."""
    settled: frozenset[str] = frozenset()
    """Source texts whose target an editor chose: no other translation of them is right."""

    def protect(
        self, sentence: str, *, without: Iterable[str] = (), masking: Iterable[str] = (), values: bool = True
    ) -> Protected:
        """Mask every protected text of a sentence, the longest first, but those whose target is in `without`.

        Watched texts stand as they are, but those in `masking`; without `values`, money is in words. A possessive `'s` goes
        with its name, because engines cannot translate it behind a word that they do not know.
        """
        masks = _Masks(self.mask, frozenset(without), self.watched.difference(masking))
        pair = self.pair if values else None
        text = prepared(sentence, pair[0]) if pair else worded(sentence, self.pair[0]) if self.pair else sentence
        pieces: list[str] = []
        place = 0
        for value in settled(text, *pair) if pair else codes(text):
            pieces.append(self._masked(text[place : value.start], masks))
            place = value.end
            pieces.append(value.plain if value.form in masks.left else masks.over(value.form))
        pieces.append(self._masked(text[place:], masks))
        return Protected(
            masked="".join(pieces),
            targets=tuple(masks.made),
            watched=tuple(masks.seen.items()),
            masking=tuple(masking),
            values=values,
        )

    def _masked(self, text: str, masks: "_Masks") -> str:
        """A stretch of a sentence with its names masked."""
        sources = [source for source, target in self.targets.items() if target not in masks.left and source in text]
        if not sources:
            return text
        alternatives = "|".join(
            f"{before(source)}(?:{re.escape(source)}){_POSSESSIVE}{behind(source)}"
            for source in sorted(sources, key=len, reverse=True)
        )

        def masked(found: re.Match[str]) -> str:
            source = found[0] if found[0] in self.targets else re.sub(f"{_POSSESSIVE}$", "", found[0])
            if source in masks.watching:
                masks.seen[source] = self.targets[source]
                return found[0]
            return masks.over(self.targets[source])

        return re.sub(alternatives, masked, text)


@dataclass(slots=True)
class _Masks:
    """The masks of one sentence as they are made."""

    mask: Callable[[int], str] | None
    left: frozenset[str]
    """Targets that are not masked."""
    watching: frozenset[str]
    made: list[tuple[str, str]] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def over(self, target: str) -> str:
        self.made.append((target if self.mask is None else self.mask(len(self.made)), target))
        return self.made[-1][0]


def _stands_in(words: str, text: str) -> bool:
    return any(re.search(whole(each), text, flags=re.IGNORECASE) for each in {words, singular(words)})


def leftovers(text: str, masks: Sequence[str]) -> list[str]:
    """Masks, or pieces of them, that are still in a text."""
    lowered = text.lower()
    return [mask for mask in masks if mask.lower() in lowered]
