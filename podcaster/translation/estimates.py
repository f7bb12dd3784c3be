"""Quality estimates of translated sentences, without a reference: by their source's words, and by a bilingual dictionary."""

import re
from collections.abc import Mapping
from math import log
from typing import Final

from podcaster.errors import PodcasterError
from podcaster.translation.memory import SentenceFacts, memory_key
from podcaster.translation.translator import Covering, Translator
from podcaster.units import LanguageTag

DOUBTFUL: Final = 0.51
"""Below it, a line is flagged; docs/translation.md says how often that is right."""
_BY_WORDS: Final = (0.277, 0.020, 0.093, 0.038)
"""Expected chrF: a constant, and the weights of letters a word, share of names, and logarithm of the length. Like those below
fitted on 700 sentences of NTREX in four languages."""
_BY_COVER: Final = (0.183, 0.019, 0.091, 0.037, 0.178)
"""The same, and the weight of the share of content words that a dictionary renders a word of the source by."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def expected(source: str, cover: float | None = None) -> float:
    """The chrF that a reference would give, 0 to 1: long words and names come through, and words that are rendered."""
    words: list[str] = _WORD.findall(source)
    count = max(len(words), 1)
    letters, names = sum(map(len, words)) / count, sum(word[0].isupper() for word in words[1:]) / count
    length = log(max(len(source), 1))
    weights, values = (
        (_BY_WORDS, (1, letters, names, length)) if cover is None else (_BY_COVER, (1, letters, names, length, cover))
    )
    return min(1.0, sum(weight * value for weight, value in zip(weights, values, strict=True)))


def covers(
    translator: Translator,
    version: str,
    texts: Mapping[str, str],
    *,
    source: LanguageTag,
    target: LanguageTag,
    facts: SentenceFacts,
) -> Mapping[str, float]:
    """The lexical cover of translations by their sentence, kept like a translation; nothing where it is not known."""
    if not isinstance(translator, Covering) or not texts:
        return {}
    keys = {each: memory_key(["cover", version, source, target, each, text]) for each, text in texts.items()}
    known = facts.known(keys)
    missing = [each for each in texts if each not in known]
    try:
        found = translator.cover(missing, [texts[each] for each in missing], source, target) if missing else ()
    except PodcasterError:
        return {}  # an estimate is not worth a report
    made = {each: share for each, share in zip(missing, found, strict=True) if share is not None}
    facts.note(keys, {each: f"{share}" for each, share in made.items()})
    return {each: float(share) for each, share in known.items()} | made
