"""Language detection, for texts that do not declare theirs."""

from collections.abc import Sequence
from copy import copy
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from podcaster import language as languages
from podcaster.units import LanguageTag

_CHARACTERS = 4_000


def detect(text: str, candidates: Sequence[LanguageTag] = ()) -> tuple[LanguageTag, float]:
    """The likeliest language and how sure that is, from 0 to 1."""
    identifier = _identifier(tuple(sorted({str(languages.base(tag)) for tag in candidates})))
    found, sure = identifier.classify(text[:_CHARACTERS])
    return LanguageTag(str(found)), float(sure)


@cache
def _model() -> LanguageIdentifier:
    """Half a second's work, whatever the languages it is then asked to choose among."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    identifier = copy(_model())
    known = [tag for tag in among if tag in set(identifier.labels)]
    if known:
        identifier.set_languages(known)
    return identifier
