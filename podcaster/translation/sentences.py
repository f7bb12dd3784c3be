"""Sentences of one report through one engine: protected, looked up, translated in one call, checked, tried again."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from podcaster.translation.checks import check_line
from podcaster.translation.memory import Memory
from podcaster.translation.protection import Protected, Protection, leftovers
from podcaster.translation.translator import Translator
from podcaster.units import ContentKey, LanguageTag
from podcaster.values.writing import rewritten

_METHOD = 2
"""Part of every memory key: grows when this module would make something else of an engine's answer."""
_CLAUSE = re.compile(r"(?<=[;:,])\s+|\s+(?=[–—(])")
_SHORTEST_HALF = 12
"""Characters; what is shorter is no clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A translated sentence."""

    text: str
    kept: tuple[str, ...]
    """The protected texts that must be in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What came of a job."""

    sentences: Sequence[Sentence]
    translated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceJob:
    """One pair, one engine, one report."""

    source: LanguageTag
    target: LanguageTag
    translator: Translator
    version: str
    """The translator's, for this pair."""
    protection: Protection
    ways: tuple[Translator, ...] = ()
    """Other engines for the pair, in order, for what fails a check."""

    def run(self, sentences: Sequence[str], memory: Memory) -> Sentences:
        """Every sentence translated once: from the memory, else by the engine, and again where it fails a check."""
        protected = {sentence: self.protection.protect(sentence) for sentence in sentences}
        keys = {sentence: self._key(each) for sentence, each in protected.items()}
        known = memory.recall(list(keys.values()))
        missing = [sentence for sentence in protected if keys[sentence] not in known]
        made = self._translated({sentence: protected[sentence] for sentence in missing})
        memory.remember({keys[sentence]: text for sentence, text in made.items()})
        texts = {sentence: made.get(sentence) or known[keys[sentence]] for sentence in protected}
        texts = {**texts, **self._again(texts, protected, keys, memory)}
        return Sentences(
            sentences=[
                Sentence(text=texts[each], kept=tuple(target for _, target in protected[each].targets))
                for each in sentences
            ],
            translated=sum(sentence in made for sentence in sentences),
        )

    def _again(
        self,
        texts: Mapping[str, str],
        protected: Mapping[str, Protected],
        keys: Mapping[str, ContentKey],
        memory: Memory,
    ) -> Mapping[str, str]:
        """Better translations of the sentences that fail a check, where another way gives one; kept like the first."""
        bad = {sentence: self._faults(sentence, text, protected[sentence]) for sentence, text in texts.items()}
        failing = [sentence for sentence, faults in bad.items() if faults]
        versions = [[way.name, way.version(self.source, self.target)] for way in self.ways] if failing else []
        second = {sentence: _hashed(["again", keys[sentence], versions]) for sentence in failing}
        known = memory.recall(list(second.values()))
        best = {sentence: known.get(key, texts[sentence]) for sentence, key in second.items()}
        open_ = [sentence for sentence in failing if second[sentence] not in known]
        for attempt in (self._in_halves, *(self._by(way) for way in self.ways)):
            tried = attempt([each for each in open_ if bad[each]])
            for sentence, text in tried.items():
                faults = self._faults(sentence, text, protected[sentence])
                if len(faults) < len(bad[sentence]):
                    bad[sentence], best[sentence] = faults, text
        memory.remember({second[sentence]: best[sentence] for sentence in open_})
        return best

    def _faults(self, sentence: str, text: str, protected: Protected) -> list[str]:
        """Names of the checks that a translation fails."""
        kept = tuple(target for _, target in protected.targets)
        checks = check_line(sentence, text, kept=kept, languages=(self.source, self.target))
        return [check.name for check in checks if not check.passed]

    def _in_halves(self, sentences: Sequence[str]) -> Mapping[str, str]:
        """Sentences cut at the clause that is nearest to their middle: models drop and repeat less in short ones."""
        halves = {sentence: _halves(sentence) for sentence in sentences}
        parts = [half for pair in halves.values() if pair for half in pair]
        made = self._translated({part: self.protection.protect(part) for part in parts})
        return {sentence: " ".join(made[half] for half in pair) for sentence, pair in halves.items() if pair}

    def _by(self, way: Translator) -> Callable[[Sequence[str]], Mapping[str, str]]:
        protection = replace(self.protection, mask=way.mask)
        other = replace(self, translator=way, protection=protection, ways=())
        return lambda sentences: other._translated(  # noqa: SLF001 # the same class
            {sentence: other.protection.protect(sentence) for sentence in sentences}
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
        text = rewritten(sentence, " ".join(text.split()), self.source, self.target)
        return text[:1].upper() + text[1:] if sentence[:1].isupper() else text

    def _put_right(self, text: str, targets: frozenset[str]) -> str:
        """Terms that the engine passed through in the source's words."""
        for source, target in self.protection.targets.items():
            if target in targets and target not in text:
                text = re.sub(rf"(?<!\w){re.escape(source)}(?!\w)", target.replace("\\", r"\\"), text)
        return text

    def _key(self, protected: Protected) -> ContentKey:
        return _hashed(
            [
                _METHOD,
                self.translator.name,
                self.version,
                self.source,
                self.target,
                protected.masked,
                [target for _, target in protected.targets],
            ]
        )


def _begun_like(masked: str, answer: str) -> str:
    """Behind a name that it does not know an engine writes a capital, as if the sentence began there."""
    source, words = masked.split(), answer.split()
    if len(source) > 1 and len(words) > 1 and source[0] == words[0] and source[1][:1].islower():
        words[1] = words[1][:1].lower() + words[1][1:]
    return " ".join(words)


def _hashed(shaped: object) -> ContentKey:
    return ContentKey(hashlib.sha256(json.dumps(shaped, ensure_ascii=False).encode()).hexdigest())


def _halves(sentence: str) -> tuple[str, str] | None:
    """A sentence cut in two; None where it has no clause to be cut at."""
    cuts = [
        found
        for found in _CLAUSE.finditer(sentence)
        if found.start() >= _SHORTEST_HALF and len(sentence) - found.end() >= _SHORTEST_HALF
    ]
    if not cuts:
        return None
    cut = min(cuts, key=lambda found: abs(found.start() - len(sentence) // 2))
    return sentence[: cut.start()], sentence[cut.end() :]
