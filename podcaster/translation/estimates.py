"""Quality estimates of translated sentences, without a reference: by their source's words, and by a draft made another way."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import Final

from podcaster.errors import PodcasterError
from podcaster.translation.memory import Memory, memory_key
from podcaster.translation.translator import Translator
from podcaster.units import LanguageTag

DOUBTFUL: Final = 0.51
"""Below it, a line is flagged; docs/translation.md says how often that is right."""
_BY_WORDS: Final = (0.277, 0.020, 0.093, 0.038)
"""Expected chrF: a constant, and the weights of letters a word, share of names, and logarithm of the length. Like those below
fitted on 700 sentences of NTREX in four languages."""
_BY_DRAFT: Final = (0.304, 0.019, 0.105, 0.298)
"""The same, with the agreement in place of the length."""
_LONGEST: Final = 6
_RECALL_WEIGHT: Final = 4.0
"""beta² of chrF2: what is missing counts more than what was added."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def by_words(source: str) -> float:
    """The chrF that a reference would give, 0 to 1, by what is to be translated: long words and names come through."""
    return _expected(_BY_WORDS, source, log(max(len(source), 1)))


def by_draft(source: str, agreement: float) -> float:
    """The same, also by how much of the translation an independent draft says, too."""
    return _expected(_BY_DRAFT, source, agreement)


def _expected(weights: tuple[float, float, float, float], source: str, last: float) -> float:
    words: list[str] = _WORD.findall(source)
    count = max(len(words), 1)
    letters, names = sum(map(len, words)) / count, sum(word[0].isupper() for word in words[1:]) / count
    constant, by_letters, by_names, by_last = weights
    return min(1.0, constant + by_letters * letters + by_names * names + by_last * last)


def similarity(wanted: str, found: str) -> float:
    """chrF2 (Popović 2015) of one text held against another: 0 to 1."""
    scores = [_score(_grams(wanted, length), _grams(found, length)) for length in range(1, _LONGEST + 1)]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if known else 0.0


def drafts(
    ways: Sequence[Translator], sentences: Sequence[str], source: LanguageTag, target: LanguageTag, memory: Memory
) -> Mapping[str, str]:
    """Each sentence by the first draft engine among the ways, kept like a translation; nothing without one."""
    way = next((each for each in ways if each.draft and not each.copies_names), None)
    if way is None or not sentences:
        return {}
    version = [way.name, way.version(source, target), source, target]
    keys = {each: memory_key(["draft", version, each]) for each in sentences}
    known = memory.recall(list(keys.values()))
    missing = [each for each in keys if keys[each] not in known]
    try:
        made = dict(zip(missing, way.translate(missing, source, target) if missing else (), strict=True))
    except PodcasterError:
        return {}  # an estimate is not worth a report
    memory.remember({keys[each]: text for each, text in made.items()})
    return {each: made[each] if each in made else known[keys[each]] for each in sentences}


def _grams(text: str, length: int) -> Counter[str]:
    bare = "".join(sign for sign in text.casefold() if sign.isalnum())
    return Counter(bare[place : place + length] for place in range(len(bare) - length + 1))


def _score(wanted: Counter[str], found: Counter[str]) -> float | None:
    if not wanted:
        return None
    common = (wanted & found).total()
    precision, recall = common / max(found.total(), 1), common / wanted.total()
    weighted = _RECALL_WEIGHT * precision + recall
    return (1 + _RECALL_WEIGHT) * precision * recall / weighted if weighted else 0.0
