"""Words that a close pair's dictionaries lack: as cognates, else by way of English, else left for an editor."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from podcaster.errors import PodcasterError
from podcaster.translation.post_editing.corrections import Corrections
from podcaster.translation.translator import Marked, Marking, Translator
from podcaster.units import LanguageTag

_ENGLISH: Final = LanguageTag("en")
_SHORTEST: Final = 3
_LONG: Final = 4
"""Letters of a word whose absence is worth a flag."""
_SUBJECTS: Final = (
    (re.compile(r"\w{2}(?:ou|eu|iu)$"), "ele"),
    (re.compile(r"\w{2}(?:ar|er|ir)am$"), "eles"),
)
"""Endings of Portuguese verbs in the past, and the subject of each."""
_SUBJECT: Final = re.compile(
    r"^(?:(?:ell|ella|ells|elles|él|ellos|ellas|el|ela|eles|elas|la|lo|los|las|els|les|o|a|os|as|un|una|unha) |l['’])"
)
"""A subject or an article, which the word had no part in."""
_MOST_WORDS: Final = 3
"""Longest rendering of a single word, in words."""


def replaced(marked: Marked, found: Mapping[str, str]) -> str:
    """A translation with what was found for its unknown words."""
    text = marked.text
    for word in marked.unknown:
        known = found.get(word)
        if known:
            text = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", known.replace("\\", r"\\"), text)
    return text


def _phrase(word: str) -> str:
    """A word as the model reads it best: a verb with a subject, so that its tense comes through."""
    return next((f"{before} {word}" for ending, before in _SUBJECTS if ending.search(word)), word)


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """Looks words of one step up elsewhere."""

    corrections: Corrections
    engines: Mapping[str, Translator]
    rules: Marking
    source: LanguageTag
    target: LanguageTag

    def translated(self, words: Iterable[str]) -> Mapping[str, str]:
        """Renderings of unknown words; words without one are left out, and so are names and masks without a source ending."""
        words = list(words)
        wanted = [word for word in dict.fromkeys(words) if word.islower() and len(word) >= _SHORTEST]
        found = self._cognates(wanted)
        found |= self._by_english([word for word in wanted if word not in found])
        left = [word for word in dict.fromkeys(words) if word not in found]
        sure = {word: self.corrections.sure(word, self.source, self.target) for word in left}
        return found | {word: cognate for word, cognate in sure.items() if cognate}

    def _cognates(self, words: Sequence[str]) -> dict[str, str]:
        """Cognates that the target's own dictionary has."""
        candidates = [
            (word, each) for word in words for each in self.corrections.cognates(word, self.source, self.target)
        ]
        if not words:
            return {}
        known = self._known([each for _, each in candidates])
        found: dict[str, str] = {}
        for word, each in candidates:
            if each in known:
                found.setdefault(word, each)
        return found

    def unknown(self, texts: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """The words in small letters of finished texts that the target's dictionary lacks; nothing without one."""
        found = self.rules.lacking(texts, self.target) or [()] * len(texts)
        return [tuple(dict.fromkeys(word for word in each if word.islower() and len(word) >= _LONG)) for each in found]

    def _known(self, texts: Sequence[str]) -> frozenset[str]:
        """The texts of which the target's dictionary has every word; none without one."""
        lacking = self.rules.lacking(texts, self.target) or ()
        return frozenset(text for text, words in zip(texts, lacking, strict=False) if not words)

    def _by_english(self, words: Sequence[str]) -> Mapping[str, str]:
        """Through a model into English, and from there by rules; taken where the rules know the English word."""
        models = [
            engine for engine in self.engines.values() if engine.copies_names and engine.serves(self.source, _ENGLISH)
        ]
        if not words or not models or not self.rules.serves(_ENGLISH, self.target):
            return {}
        try:
            phrases = [_phrase(word) for word in words]
            english = [text.strip(" .").lower() for text in models[0].translate(phrases, self.source, _ENGLISH)]
            marked = self.rules.marked(english, _ENGLISH, self.target)
            answers = [replace(answer, text=_SUBJECT.sub("", answer.text)) for answer in marked]
        except PodcasterError:
            return {}  # a word that stays as it is gets flagged; it is no reason to lose the report
        found = {
            word: answer.text
            for word, text, answer in zip(words, english, answers, strict=True)
            if answer.text and not answer.unknown and text != word and len(answer.text.split()) <= _MOST_WORDS
        }
        known = self._known(list(found.values())) if found else frozenset()
        return {word: text for word, text in found.items() if text in known}
