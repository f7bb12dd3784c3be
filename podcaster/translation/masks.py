"""Forms of mask, and the probe that finds the one that a model copies best."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from podcaster import language as languages
from podcaster.script.boundaries import whole
from podcaster.script.language_words import table
from podcaster.translation import neural
from podcaster.units import LanguageTag

NONE: Final = "none"
"""The form of a model that copies no mask: the protected text itself stands in the sentence."""
MASKS: Final = 40
LEAST: Final = MASKS // 2
"""Masks that must survive for a form to be used."""
_ENOUGH: Final = MASKS - 1
"""Masks whose survival makes the trial of further forms needless."""
_BARE_FRAMES: Final = ("{}", "{}, 2026", "“{}”", "({})", "1. {}.")
"""Frames for a source language that has no sentences here."""
_ONSETS: Final = "BDFGKLMNPRTV"
_VOWELS: Final = "aeiou"
_CAPITALS: Final = "BCDFGHJKLMNPQRSTVWXZ"

Mask = Callable[[int], str]


class Masking(Protocol):
    """The part of a translator that writes masks."""

    def mask(self, index: int) -> str:
        """As `Translator.mask`."""

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:
        """As `Translator.mask_form`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Result of a probe."""

    form: str
    """A key of `FORMS`, or `NONE`."""
    survived: int
    """Indices of `MASKS`, by the best form."""


def _surname(index: int) -> str:
    """`Tabovik`: a name that could be somebody's."""
    index, first = divmod(index, len(_ONSETS))
    more, vowel = divmod(index, len(_VOWELS))
    return f"{_ONSETS[first]}a{_VOWELS[vowel]}bovi" + "ck" * (more + 1)


def _letters(index: int) -> str:
    """`XQB`: capitals, which models copy as an organisation's letters."""
    index, last = divmod(index, len(_CAPITALS))
    more, middle = divmod(index, len(_CAPITALS))
    return f"X{_CAPITALS[middle]}{_CAPITALS[last]}" + "Q" * more


def _code(index: int) -> str:
    """`ZX117`: letters and a number, as a type of aeroplane has."""
    return f"ZX{100 + index}"


FORMS: Final[Mapping[str, Mask]] = {"syllables": neural.mask, "surname": _surname, "letters": _letters, "code": _code}
"""Forms in the order of their trial; the first is the usual one."""


def probe(translate: Callable[[Sequence[str]], Sequence[str]], source: LanguageTag) -> Probe:
    """Translate 40 masks in 5 frames in each form; the form of which most survive."""
    frames = table(languages.base(source), "lists").get("mask_frames", "").splitlines() or _BARE_FRAMES
    best = Probe(form=NONE, survived=0)
    for form, mask in FORMS.items():
        masks = [mask(index) for index in range(MASKS)]
        answers = translate([frames[place % len(frames)].format(each) for place, each in enumerate(masks)])
        survived = sum(len(re.findall(whole(each), text)) == 1 for each, text in zip(masks, answers, strict=True))
        if survived > best.survived:
            best = Probe(form=form, survived=survived)
        if survived >= _ENOUGH:
            break
    return best if best.survived >= LEAST else Probe(form=NONE, survived=best.survived)


def mask_of(translator: Masking, source: LanguageTag, target: LanguageTag) -> Mask | None:
    """The masks for a pair: of the form that its model copies best; None where it copies none."""
    form = translator.mask_form(source, target)
    return None if form == NONE else FORMS.get(form, translator.mask)
