"""Sentences of one report through one engine: protected, looked up, translated in one call, checked, tried again."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace

from podcaster.translation.checks import check_line
from podcaster.translation.clauses import begun_like, halves
from podcaster.translation.estimates import covers, expected
from podcaster.translation.masks import mask_of
from podcaster.translation.memory import Memory, SentenceFacts, memory_key
from podcaster.translation.names import is_part, is_renamed
from podcaster.translation.post_editing.alignment import respelt
from podcaster.translation.post_editing.place_names import in_plural
from podcaster.translation.protection import Protected, Protection, leftovers
from podcaster.translation.results import Sentence, Sentences
from podcaster.translation.translator import Returned, Translator
from podcaster.units import ContentKey, LanguageTag
from podcaster.values.writing import rewritten

_METHOD = 3
"""Part of every memory key: grows when this module would make something else of an engine's answer."""
_LOSSES = frozenset({"numbers", "names"})
"""Checks whose failure is worse than a draft's wording."""
_SHORTEST_ESTIMATED = 24
"""Characters; of shorter ones a synonym is half."""
_CALLS_BESIDE = 3
"""Parts of a report that are under way beside each other: while one is checked, the engine has two others."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """A sentence under way."""

    protected: Protected
    key: ContentKey
    text: str = ""
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """Names that the engine neither copied nor translated, as the source writes them; masked from then on."""
    estimate: float | None = None
    faults: tuple[str, ...] = ()
    draft_by: str = ""
    unknown: tuple[str, ...] = ()

    def result(self) -> Sentence:
        """The sentence as it has become."""
        return Sentence(
            text=self.text, kept=self.kept, estimate=self.estimate, draft_by=self.draft_by, unknown=self.unknown
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """A sentence, and whether an engine was asked for it now."""

    made: Sentence
    now: bool


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
        each_once = list(dict.fromkeys(sentences))
        size = self.translator.sentences_a_call or max(len(each_once), 1)
        parts = [each_once[place : place + size] for place in range(0, len(each_once), size)]
        contexts = [copy_context() for _ in parts]
        with ThreadPoolExecutor(_CALLS_BESIDE, thread_name_prefix="translation") as threads:
            made = threads.map(lambda context, part: context.run(self._part, part, memory), contexts, parts)
            done = {sentence: each for part in made for sentence, each in part.items()}
        return Sentences(
            sentences=[done[sentence].made for sentence in sentences],
            translated=sum(done[sentence].now for sentence in sentences),
        )

    def _part(self, sentences: Sequence[str], memory: Memory) -> Mapping[str, _Done]:
        work: dict[str, _Work] = {}
        for sentence in sentences:
            protected = self._protect(sentence)
            work[sentence] = _Work(protected=protected, key=self._key(protected))
        with SentenceFacts(memory, {sentence: each.key for sentence, each in work.items()}) as facts:
            now = self._first(work, facts)
            if self.translator.copies_names:
                self._name_again(work, facts)
            for sentence, each in work.items():
                each.kept = each.kept or tuple(target for _, target in each.protected.targets)
                each.faults = self._faults(sentence, each.text, each.kept)
            self._again({sentence: each for sentence, each in work.items() if each.faults}, facts)
            if self.translator.copies_names:
                self._estimate(work, facts)
                self._look_up(work, facts)
        return {sentence: _Done(made=each.result(), now=sentence in now) for sentence, each in work.items()}

    def _first(self, work: Mapping[str, _Work], facts: SentenceFacts) -> Mapping[str, str]:
        """Recall or translate; what was translated now."""
        keys = {sentence: each.key for sentence, each in work.items()}
        known = facts.known(keys)
        made = self._translated({s: each.protected for s, each in work.items() if s not in known})
        facts.note(keys, made)
        for sentence, each in work.items():
            each.text = made[sentence] if sentence in made else known[sentence]
        return made

    def _returns(self, work: Mapping[str, _Work], facts: SentenceFacts) -> Mapping[str, Returned]:
        """A round trip for each sentence, where the engine can; kept like a translation."""
        keys = {sentence: memory_key(["returned", each.key]) for sentence, each in work.items()}
        known = facts.known(keys)
        missing = [sentence for sentence in work if sentence not in known]
        masked = [work[sentence].protected.masked for sentence in missing]
        trips = self.translator.returned(masked, self.source, self.target) if missing else []
        made = dict(zip(missing, trips, strict=False))
        facts.note(keys, {sentence: json.dumps([trip.there, trip.back]) for sentence, trip in made.items()})
        for sentence, trip in known.items():
            there, back = json.loads(trip)
            made[sentence] = Returned(there=there, back=back)
        return made

    def _name_again(self, work: Mapping[str, _Work], facts: SentenceFacts) -> None:
        """Mask the names that got lost: neither copied nor, by the way back, translated."""
        missing = {sentence: each.protected.lost(each.text) for sentence, each in work.items()}
        free = {sentence: set(lost) - self.protection.settled for sentence, lost in missing.items()}
        returns = self._returns({sentence: each for sentence, each in work.items() if free[sentence]}, facts)
        for sentence, each in work.items():
            trip = returns.get(sentence)
            renamed = {name for name in free[sentence] if trip is not None and is_renamed(name, trip)}
            renamed |= {name for name in free[sentence] if is_part(name, renamed, sentence)}
            each.lost = tuple(name for name in missing[sentence] if name not in renamed)
            masked = self._protect(sentence, each.lost)
            each.kept = (
                *(target for _, target in masked.targets),
                *(target for name, target in masked.watched if name not in renamed),
            )
            if each.lost:
                each.protected = masked
        losing = {sentence: each for sentence, each in work.items() if each.lost}
        keys = {sentence: memory_key(["named", each.key, each.lost]) for sentence, each in losing.items()}
        known = facts.known(keys)
        made = self._translated({s: each.protected for s, each in losing.items() if s not in known})
        facts.note(keys, made)
        for sentence, each in losing.items():
            each.text = made[sentence] if sentence in made else known[sentence]

    def _estimate(self, work: Mapping[str, _Work], facts: SentenceFacts) -> None:
        """Expect a quality of each sentence by its words, and by how many of its translation's a dictionary knows."""
        long = {sentence: each.text for sentence, each in work.items() if len(sentence) >= _SHORTEST_ESTIMATED}
        covered = covers(self.translator, self.version, long, source=self.source, target=self.target, facts=facts)
        for sentence in long:
            work[sentence].estimate = expected(sentence, covered.get(sentence))

    def _look_up(self, work: Mapping[str, _Work], facts: SentenceFacts) -> None:
        """Note the words of each text that are none of its language; kept like a translation."""
        keys = {s: memory_key(["unknown", self.version, self.target, each.text]) for s, each in work.items()}
        known = facts.known(keys)
        missing = [sentence for sentence in work if sentence not in known]
        texts = [work[sentence].text for sentence in missing]
        found = self.translator.unknown(texts, self.source, self.target) if missing else ()
        facts.note(keys, {each: json.dumps(words) for each, words in zip(missing, found, strict=False)})
        for sentence, words in facts.known(keys).items():
            names = " ".join(work[sentence].kept)
            work[sentence].unknown = tuple(word for word in json.loads(words) if word not in names)

    def _again(self, failing: Mapping[str, _Work], facts: SentenceFacts) -> None:
        """Better translations of the sentences that fail a check, where another way gives one; kept like the first."""
        if not failing:
            return
        versions = [[way.name, way.version(self.source, self.target)] for way in self.ways]
        keys = {sentence: memory_key(["again", each.key, each.lost, versions]) for sentence, each in failing.items()}
        known = facts.known(keys)
        open_ = {sentence: each for sentence, each in failing.items() if sentence not in known}
        if self.translator.copies_names:
            self._improve(open_, self._with_values_masked, draft_by="")
        self._improve(open_, self._in_halves, draft_by="")
        for way in self.ways:
            by_rules = self.translator.copies_names and not way.copies_names
            drafting = way.draft and (by_rules or not self.translator.draft)
            doubtful = {s: each for s, each in open_.items() if not drafting or _LOSSES.intersection(each.faults)}
            self._improve(doubtful, self._by(way), draft_by=way.name if drafting else "")
        facts.note(keys, {sentence: f"{each.draft_by}\n{each.text}" for sentence, each in open_.items()})
        for sentence, kept in known.items():
            failing[sentence].draft_by, _, failing[sentence].text = kept.partition("\n")

    def _improve(
        self,
        failing: Mapping[str, _Work],
        attempt: Callable[[Mapping[str, _Work]], Mapping[str, str]],
        *,
        draft_by: str,
    ) -> None:
        """Take what has fewer faults; of a draft, only what has none."""
        for sentence, text in attempt({s: each for s, each in failing.items() if each.faults}).items():
            each = failing[sentence]
            faults = self._faults(sentence, text, each.kept)
            if not faults or (len(faults) < len(each.faults) and not draft_by):
                each.text, each.faults, each.draft_by = text, faults, draft_by

    def _faults(self, sentence: str, text: str, kept: Sequence[str]) -> tuple[str, ...]:
        """Names of the checks that a translation fails."""
        checks = check_line(sentence, text, kept=kept, languages=(self.source, self.target))
        return tuple(check.name for check in checks if not check.passed)

    def _protect(self, sentence: str, lost: Sequence[str] = ()) -> Protected:
        """A model that copies names writes amounts rightly, too, and in better sentences than round a mask."""
        return self.protection.protect(sentence, masking=lost, values=not self.translator.copies_names)

    def _with_values_masked(self, failing: Mapping[str, _Work]) -> Mapping[str, str]:
        """Sentences whose values came out as others, with masks over money and parts of a hundred."""
        wrong = {sentence: each for sentence, each in failing.items() if "numbers" in each.faults}
        return self._translated(
            {sentence: self.protection.protect(sentence, masking=each.lost) for sentence, each in wrong.items()}
        )

    def _in_halves(self, failing: Mapping[str, _Work]) -> Mapping[str, str]:
        """Sentences cut at the clause that is nearest to their middle: models drop and repeat less in short ones."""
        cut = {sentence: halves(sentence) for sentence in failing}
        parts = {
            half: self._protect(half, failing[sentence].lost) for sentence, pair in cut.items() for half in pair or ()
        }
        made = self._translated(parts)
        return {sentence: " ".join(made[half] for half in pair) for sentence, pair in cut.items() if pair}

    def _by(self, way: Translator) -> Callable[[Mapping[str, _Work]], Mapping[str, str]]:
        watched = self.protection.watched if way.copies_names else frozenset()
        protection = replace(self.protection, mask=mask_of(way, self.source, self.target), watched=watched)
        other = replace(self, translator=way, protection=protection, ways=())
        return lambda failing: other._translated(  # noqa: SLF001 # the same class
            {sentence: protection.protect(sentence, masking=each.lost) for sentence, each in failing.items()}
        )

    def _translated(self, protected: Mapping[str, Protected]) -> Mapping[str, str]:
        """One call for all; one more for those whose masks came back damaged, without these masks."""
        first = self._ask(protected)
        damaged = {sentence: protected[sentence].damaged(text) for sentence, text in first.items()}
        again = {
            sentence: self.protection.protect(
                sentence, without=targets, masking=protected[sentence].masking, values=protected[sentence].values
            )
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
        text = " ".join(begun_like(protected.masked, answer).split())
        text = protected.unmasked(text)
        for mask in leftovers(text, [mask for mask, target in protected.targets if mask != target]):
            text = re.sub(rf"\w*{mask}\w*", "", text, flags=re.IGNORECASE)
        text = in_plural(rewritten(sentence, " ".join(text.split()), self.source, self.target), self.target)
        return text[:1].upper() + text[1:] if sentence[:1].isupper() else text

    def _put_right(self, text: str, targets: frozenset[str]) -> str:
        """Terms that the engine passed through in the source's words, or spelt in another way."""
        for source, target in self.protection.targets.items():
            if target in targets and target not in text:
                text = re.sub(rf"(?<!\w){re.escape(source)}(?!\w)", target.replace("\\", r"\\"), text)
            if target in targets and target not in text and target[:1].isupper():
                text = respelt(text, target, but=targets)
        return text

    def _key(self, protected: Protected) -> ContentKey:
        return memory_key(
            [
                _METHOD,
                self.translator.name,
                self.version,
                self.source,
                self.target,
                protected.masked,
                [target for _, target in protected.targets],
                *([list(protected.watched)] if protected.watched else []),
            ]
        )
