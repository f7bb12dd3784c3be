"""Masks over what must survive translation, and their removal."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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

    def lost(self, translation: str) -> tuple[str, ...]:
        """The watched names that a translation does not have, as the source writes them."""
        return tuple(source for source, target in self.watched if not _stands_in(target, translation))

    def unmasked(self, translation: str) -> str:
        """A translation with the targets in place of the masks; damaged masks stay."""
        for mask, target in self.targets:
            translation = re.sub(rf"(?<!\w){mask}(?!\w)", target.replace("\\", r"\\"), translation)
        return translation

    def damaged(self, translation: str) -> frozenset[str]:
        """Targets whose mask is not in the translation exactly once."""
        return frozenset(
            target for mask, target in self.targets if len(re.findall(rf"(?<!\w){mask}(?!\w)", translation)) != 1
        )


@dataclass(frozen=True)
class Protection:
    """What is to survive in the sentences of one report, for one engine and pair."""

    targets: Mapping[str, str]
    """Source text to target text: glossary terms, names, territories."""
    mask: Callable[[int], str]
    watched: frozenset[str] = frozenset()
    """Source texts that are left to the engine, and looked for in what it says."""
    settled: frozenset[str] = frozenset()
    """Source texts whose target an editor chose: no other translation of them is right."""

    def protect(self, sentence: str, *, without: Iterable[str] = (), masking: Iterable[str] = ()) -> Protected:
        """Mask every protected text of a sentence, the longest first, but those whose target is in `without`.

        Watched texts stand as they are, but those in `masking`.

        A possessive `'s` goes with its name, because engines cannot translate it behind a word that they do not know.
        """
        left = set(without)
        sources = [source for source, target in self.targets.items() if target not in left and source in sentence]
        if not sources:
            return Protected(masked=sentence, targets=())
        alternatives = "|".join(re.escape(source) for source in sorted(sources, key=len, reverse=True))
        masks: list[tuple[str, str]] = []
        watching, seen = self.watched.difference(masking), dict[str, str]()

        def masked(found: re.Match[str]) -> str:
            if found[1] in watching:
                seen[found[1]] = self.targets[found[1]]
                return found[0]
            masks.append((self.mask(len(masks)), self.targets[found[1]]))
            return masks[-1][0]

        text = re.sub(rf"(?<!\w)({alternatives}){_POSSESSIVE}(?!\w)", masked, sentence)
        return Protected(masked=text, targets=tuple(masks), watched=tuple(seen.items()), masking=tuple(masking))


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags=re.IGNORECASE) is not None


def leftovers(text: str, masks: Sequence[str]) -> list[str]:
    """Masks, or pieces of them, that are still in a text."""
    lowered = text.lower()
    return [mask for mask in masks if mask.lower() in lowered]
