"""Puts the output of close pairs right by rule: pronouns, agreement, articles, punctuation."""

import re
from collections.abc import Sequence
from typing import Final

from podcaster.translation.post_editing.agreement import agreeing, with_article
from podcaster.translation.post_editing.galician_clitics import bound_verbs, with_clitics_in_front
from podcaster.translation.post_editing.lexicon import Analysing, WordClasses
from podcaster.translation.post_editing.punctuation import punctuated
from podcaster.translation.post_editing.subject_pronouns import without_subject_pronouns
from podcaster.units import LanguageTag

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’·-][^\W\d_]+)*")
_DOUBLED: Final = re.compile(r"(?<!\w)(el|la|los|las|els|les|os|as|de|del) \1(?= [a-zà-ÿ])")
"""An article or preposition said twice."""


def post_edited(
    texts: Sequence[str], sources: Sequence[str], language: LanguageTag, dictionary: object
) -> Sequence[str]:
    """Translations in good order; `dictionary` is asked about words if it knows any."""
    readings = (
        dictionary.analyses([word for text in texts for word in (*_WORD.findall(text), *bound_verbs(text))], language)
        if isinstance(dictionary, Analysing)
        else {}
    )
    lexicon = WordClasses(readings)
    return [_put_in_order(text, source, language, lexicon) for text, source in zip(texts, sources, strict=True)]


def _put_in_order(text: str, source: str, language: LanguageTag, lexicon: WordClasses) -> str:
    text = agreeing(_DOUBLED.sub(r"\1", text), language, lexicon)
    text = with_article(text, source, language, lexicon)
    text = with_clitics_in_front(text, language, lexicon)
    return punctuated(without_subject_pronouns(text, language), language)
