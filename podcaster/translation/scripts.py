"""A script in another language: protected, looked up, translated in one call, put right and checked."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from podcaster.errors import NoTranslationPath
from podcaster.model import Line, LineKind, Script
from podcaster.translation.checks import check_line
from podcaster.translation.glossary import Glossary
from podcaster.translation.memory import Memory
from podcaster.translation.names import names_in, territories
from podcaster.translation.protection import Protected, Protection, leftovers
from podcaster.translation.translator import Translator
from podcaster.units import ContentKey, LanguageTag

_METHOD = 1
"""Part of every memory key: grows when this module would make something else of an engine's answer."""
_TOPIC_PREFIX = re.compile(r"^(?P<topics>[^\W\d_][^:]{1,60}?):\s+(?P<rest>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A script in another language, and what it took."""

    script: Script
    """Its frame lines are still the source language's."""
    translated: int
    recalled: int


def choose(translators: Sequence[Translator], source: LanguageTag, target: LanguageTag) -> Translator:
    """The first engine that serves a pair.

    Raises:
        NoTranslationPath: none does.
    """
    for translator in translators:
        if translator.serves(source, target):
            return translator
    raise NoTranslationPath(
        f"No installed engine translates from {source} into {target}.",
        f"Install an Argos package or an Apertium pair for {source}-{target}; `podcaster doctor` shows what is there.",
    )


def translate_script(
    script: Script,
    target: LanguageTag,
    *,
    translator: Translator,
    memory: Memory,
    glossary: Glossary,
    names: Sequence[str],
    translatable: Callable[[Line], bool],
) -> Translated:
    """Translate every translatable line of a script; a line that fails a check is flagged, never dropped.

    Raises:
        NoTranslationPath: the engine does not serve the pair.
        EngineFailed: the engine gave an error.
    """
    lines = [line for line in script.lines if translatable(line)]
    texts = [line.text for line in lines]
    targets = _targets([*texts, *script.topics], script.source_language, target, glossary, names)
    job = _Job(
        source=script.source_language,
        target=target,
        translator=translator,
        version=translator.version(script.source_language, target),
        protection=Protection(targets, translator.mask),
    )
    parts = [_split_title(line, script.topics) for line in lines]
    done = job.run([rest for _, rest in parts], memory)
    done_texts = iter([prefix(targets) + each.text for (prefix, _), each in zip(parts, done.sentences, strict=True)])
    kept = iter([each.kept for each in done.sentences])
    translated = tuple(
        _translated(line, next(done_texts), next(kept)) if translatable(line) else line for line in script.lines
    )
    title = next((line.text for line in translated if line.kind is LineKind.TITLE), script.title)
    return Translated(
        script=replace(
            script,
            language=target,
            title=title,
            topics=tuple(_named(topic, targets) for topic in script.topics),
            lines=translated,
            translator=translator.name,
            draft=translator.draft,
        ),
        translated=done.translated,
        recalled=len(lines) - done.translated,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    text: str
    kept: tuple[str, ...]
    """The protected texts that must be in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    sentences: Sequence[_Sentence]
    translated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One pair, one engine, one report."""

    source: LanguageTag
    target: LanguageTag
    translator: Translator
    version: str
    protection: Protection

    def run(self, sentences: Sequence[str], memory: Memory) -> _Done:
        protected = {sentence: self.protection.protect(sentence) for sentence in sentences}
        keys = {sentence: self._key(each) for sentence, each in protected.items()}
        known = memory.recall(list(keys.values()))
        missing = [sentence for sentence in protected if keys[sentence] not in known]
        made = self._translated({sentence: protected[sentence] for sentence in missing})
        memory.remember({keys[sentence]: text for sentence, text in made.items()})
        texts = {sentence: made.get(sentence) or known[keys[sentence]] for sentence in protected}
        return _Done(
            sentences=[
                _Sentence(text=texts[each], kept=tuple(target for _, target in protected[each].targets))
                for each in sentences
            ],
            translated=sum(sentence in made for sentence in sentences),
        )

    def _translated(self, protected: Mapping[str, Protected]) -> Mapping[str, str]:
        """One call for all; one more for those whose masks came back damaged, without these masks."""
        first = self._ask(protected)
        damaged = {sentence: protected[sentence].damaged(text) for sentence, text in first.items()}
        again = {
            sentence: self.protection.protect(sentence, without=targets)
            for sentence, targets in damaged.items()
            if targets
        }
        second = self._ask(again)
        finished = {sentence: self._finished(sentence, protected[sentence], text) for sentence, text in first.items()}
        return finished | {
            sentence: self._put_right(self._finished(sentence, again[sentence], text), damaged[sentence])
            for sentence, text in second.items()
        }

    def _ask(self, protected: Mapping[str, Protected]) -> Mapping[str, str]:
        if not protected:
            return {}
        answers = self.translator.translate([each.masked for each in protected.values()], self.source, self.target)
        return dict(zip(protected, answers, strict=True))

    def _finished(self, sentence: str, protected: Protected, answer: str) -> str:
        """An answer with its names back, begun as its source begins, and without what is left of a mask."""
        text = " ".join(_begun_like(protected.masked, answer).split())
        text = protected.unmasked(text)
        for mask in leftovers(text, [mask for mask, _ in protected.targets]):
            text = re.sub(rf"\w*{mask}\w*", "", text, flags=re.IGNORECASE)
        text = " ".join(text.split())
        return text[:1].upper() + text[1:] if sentence[:1].isupper() else text

    def _put_right(self, text: str, targets: frozenset[str]) -> str:
        """Terms that the engine passed through in the source's words."""
        for source, target in self.protection.targets.items():
            if target in targets and target not in text:
                text = re.sub(rf"(?<!\w){re.escape(source)}(?!\w)", target.replace("\\", r"\\"), text)
        return text

    def _key(self, protected: Protected) -> ContentKey:
        shaped = [
            _METHOD,
            self.translator.name,
            self.version,
            self.source,
            self.target,
            protected.masked,
            [target for _, target in protected.targets],
        ]
        return ContentKey(hashlib.sha256(json.dumps(shaped, ensure_ascii=False).encode()).hexdigest())


def _targets(
    texts: Sequence[str], source: LanguageTag, target: LanguageTag, glossary: Glossary, names: Sequence[str]
) -> Mapping[str, str]:
    """What is protected, and what it becomes: names stay, countries are named, an editor's terms win over both."""
    whole = "\n".join(texts)
    places = {name: known for name, known in territories(source, target).items() if name in whole}
    found = {name: name for name in names_in(texts, source, names)}
    terms = {term: target_term for term, target_term in glossary.terms.items() if term in whole}
    capital = {term[:1].upper() + term[1:]: text[:1].upper() + text[1:] for term, text in terms.items()}
    settled = {**{term: text for term, text in capital.items() if term in whole}, **terms}
    every = {**found, **places, **settled}
    return {**{_curly(name): text for name, text in every.items()}, **every}


def _curly(name: str) -> str:
    return name.replace("'", "’")


def _split_title(line: Line, topics: Sequence[str]) -> tuple[Callable[[Mapping[str, str]], str], str]:
    """A title's `US/CHINA:` as something to be named, and the rest; other lines whole, shouting put into a sentence."""
    found = _TOPIC_PREFIX.match(line.text) if line.kind is LineKind.TITLE and topics else None
    shouted = found["topics"].split("/") if found else []
    if found and [topic.strip().casefold() for topic in shouted] == [topic.casefold() for topic in topics]:
        loud = found["topics"].isupper()
        return lambda targets: _prefix(topics, targets, loud=loud), _quiet(found["rest"])
    return lambda _: "", _quiet(line.text)


def _prefix(topics: Sequence[str], targets: Mapping[str, str], *, loud: bool) -> str:
    named = "/".join(_named(topic, targets) for topic in topics)
    return f"{named.upper() if loud else named}: "


def _named(topic: str, targets: Mapping[str, str]) -> str:
    return targets.get(topic, topic)


def _quiet(text: str) -> str:
    """A line all in capitals as a sentence; engines know no other words."""
    letters = [sign for sign in text if sign.isalpha()]
    many = len(text.split()) > 1
    return text[:1] + text[1:].lower() if many and letters and all(sign.isupper() for sign in letters) else text


def _begun_like(masked: str, answer: str) -> str:
    """Behind a name that it does not know an engine writes a capital, as if the sentence began there."""
    source, words = masked.split(), answer.split()
    if len(source) > 1 and len(words) > 1 and source[0] == words[0] and source[1][:1].islower():
        words[1] = words[1][:1].lower() + words[1][1:]
    return " ".join(words)


def _translated(line: Line, text: str, kept: Sequence[str]) -> Line:
    return replace(line, text=text, spoken=text, checks=check_line(line.source, text, kept=kept))
