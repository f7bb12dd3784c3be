"""English words that a model copied into its translation: at the start of a sentence, where it takes them for names, and elsewhere."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from podcaster import language as languages
from podcaster.errors import PodcasterError
from podcaster.model import Check, Line, Script
from podcaster.script.spoken.word_tables import table
from podcaster.translation.translator import Lacking
from podcaster.units import LanguageTag

_FIRST: Final = re.compile(r"^([\"“‘'(«]*)([A-Z][a-z]{3,})(?= [a-z])")
_NO_NAME: Final = re.compile(r"\w+(?:[^sui]s|ing|men)|\w+y(?= [a-z]+s\b)")
"""Beginnings that are plurals, gerunds and adjectives in English, oftener than names."""
_SINGULAR: Final = re.compile(r" (?:is|was|has|does|says?|said|told|adds|added|who|won|wins)\b")
"""Words behind a name, which no plural has behind it."""
_WORD: Final = re.compile(r"(?<![\w'’.@/])[a-z]{3,}(?![\w'’@/]|\.\w)")
_PORTUGUESE: Final = re.compile(r"\w+(?:[ai][lr]|or)")
"""Words that English has from Latin, and that no dictionary need be asked for."""
_EDITOR: Final = "editor"
_UNKNOWN: Final = "unknown"


def translated_first_words(
    sentences: Sequence[str], answers: Sequence[str], ask: Callable[[Sequence[str]], Sequence[str]]
) -> list[str]:
    """Answers without English first words: `Voters não perdoam` → `Os eleitores não perdoam`."""
    again = {place: _asked_again(*pair) for place, pair in enumerate(zip(sentences, answers, strict=True))}
    again = {place: sentence for place, sentence in again.items() if sentence}
    made = list(answers)
    for (place, sentence), answer in zip(again.items(), ask(list(again.values())) if again else (), strict=True):
        word = _WORD.search(sentence)
        if word and word[0] not in answer.lower():
            start = next((at for at, sign in enumerate(answer) if sign.isalpha()), 0)
            made[place] = answer[:start] + answer[start].upper() + answer[start + 1 :]
    return made


def _asked_again(sentence: str, answer: str) -> str:
    """A sentence whose first word is to be translated in small letters; empty where its answer did not copy it.

    The sentence alone decides, so that it comes out the same in whichever batch it is translated.
    """
    found = _FIRST.match(sentence)
    if found is None or not re.match(rf"[\"“‘'(«]*{found[2]}(?!\w)", answer):
        return ""
    if not _NO_NAME.match(sentence, found.start(2)) or _SINGULAR.match(sentence, found.end()):
        return ""
    return sentence[: found.start(2)] + sentence[found.start(2)].lower() + sentence[found.start(2) + 1 :]


def with_english_flagged(script: Script, translator: object) -> Script:
    """A translated script whose lines say which English words were left in them, as far as the translator has a dictionary."""
    if languages.base(script.source_language) != "en" or not isinstance(translator, Lacking):
        return script
    copied = {place: words for place, line in enumerate(script.lines) if (words := _copied(line, script.language))}
    asked = list(dict.fromkeys(word for words in copied.values() for word in words))
    unknown = _unknown(asked, script.language, translator)
    lines = list(script.lines)
    for place, words in copied.items():
        left = [word for word in words if word in unknown]
        if left:
            check = Check(name=_UNKNOWN, passed=False, detail=f"in no dictionary: {', '.join(left)}")
            lines[place] = replace(lines[place], checks=(*lines[place].checks, check))
    return replace(script, lines=tuple(lines))


def _copied(line: Line, language: LanguageTag) -> Sequence[str]:
    """The words in small letters that a line has from its source."""
    if not line.checks or any(check.name in {_EDITOR, _UNKNOWN} for check in line.checks):
        return ()
    loans = table(language, "loans").get("words", "").split()
    words = dict.fromkeys(_WORD.findall(line.text))
    source = set(_WORD.findall(line.source))
    return [word for word in words if word in source and word not in loans and not _PORTUGUESE.fullmatch(word)]


def _unknown(words: Sequence[str], language: LanguageTag, translator: Lacking) -> frozenset[str]:
    """The words that the translator's dictionary of a language lacks."""
    try:
        found = translator.lacking(words, language) if words else None
    except PodcasterError:
        return frozenset()  # a flag is not worth a report
    return frozenset(word for word, lacking in zip(words, found or (), strict=False) if lacking)
