"""Translation paths: engines one after another, with a measured quality each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from podcaster import language as languages
from podcaster.errors import LanguageUnknown, NoTranslationPath, SettingsWrong
from podcaster.translation.copied_names import Carried
from podcaster.translation.names import territories
from podcaster.translation.post_editing.corrections import NO_CORRECTIONS, Corrections
from podcaster.translation.post_editing.english_words import translated_first_words
from podcaster.translation.post_editing.fluency import post_edited
from podcaster.translation.post_editing.place_names import bare, elided, placed
from podcaster.translation.post_editing.unknown_words import UnknownWords, replaced
from podcaster.translation.translator import Covering, Marking, Returned, Translator
from podcaster.units import LanguageTag

_STEPS_AT_ONCE = 2
"""Close pairs whose dictionaries are in memory at a time (`adapters.apertium.kept_chains`)."""
_STEP = re.compile(r"^(?P<engine>\w+) (?P<source>[\w-]+) (?P<target>[\w-]+)$")

_METHOD = "paths-2"
"""Part of every version: grows when paths would make something else of the engines' answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One engine, from one language into another."""

    engine: str
    source: LanguageTag
    target: LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPath:
    """A path for a pair: its steps, and their quality."""

    source: LanguageTag
    target: LanguageTag
    steps: tuple[Step, ...]
    chrf: float | None = None
    """chrF2 of 0 to 100 on the table's test set; None where it was not measured."""
    share: float | None = None
    """`chrf` as a share of the best public model's into the language."""
    draft: bool = True
    """Whether `share` is below the table's limit, or nothing was measured."""
    measured_on: str = ""

    @property
    def name(self) -> str:
        """`bergamot+apertium`: the engines, each once."""
        return "+".join(dict.fromkeys(step.engine for step in self.steps))

    def __str__(self) -> str:
        """`en → pt-BR (bergamot) → es (apertium), chrF 49.5 on FLORES-200 devtest`."""
        way = " → ".join([self.source, *(f"{step.target} ({step.engine})" for step in self.steps)])
        quality = f", chrF {self.chrf:.1f} on {self.measured_on}" if self.chrf is not None else ""
        return f"{way}{quality}{', draft' if self.draft else ''}"


def paths_of(table: Mapping[str, Any]) -> Sequence[TranslationPath]:
    """The paths of voices/translation_paths.toml, the best of each pair first.

    Raises:
        SettingsWrong: names every entry that is wrong.
    """
    best, limit = table.get("best_chrf", {}), table.get("draft_below", 1.0)
    measured_on = str(table.get("measured_on", ""))
    found, wrong = [], []
    for entry in table.get("paths", []):
        try:
            path = _path(entry)
        except (LanguageUnknown, KeyError, TypeError, ValueError) as error:
            wrong.append(f"{entry}: {error}")
            continue
        top = best.get(f"{path.source}-{languages.base(path.target)}")
        share = path.chrf / top if path.chrf is not None and top else None
        draft = bool(entry.get("draft")) or share is None or share < limit
        found.append(_replaced(path, share=share, draft=draft, measured_on=measured_on))
    if wrong:
        raise SettingsWrong(f"translation_paths.toml has wrong paths: {'; '.join(wrong)}.", "Correct them.")
    return sorted(found, key=lambda path: -(path.chrf or 0.0))


def _path(entry: Mapping[str, Any]) -> TranslationPath:
    steps = [match for step in entry["steps"] if (match := _STEP.match(step))]
    if len(steps) != len(entry["steps"]) or not steps:
        raise ValueError("a step is `engine from to`")
    chrf = entry.get("chrf")
    return TranslationPath(
        source=languages.parse(entry["from"]),
        target=languages.parse(entry["to"]),
        steps=tuple(
            Step(
                engine=step["engine"],
                source=languages.parse(step["source"]),
                target=languages.parse(step["target"]),
            )
            for step in steps
        ),
        chrf=float(chrf) if chrf is not None else None,
    )


def _replaced(path: TranslationPath, *, share: float | None, draft: bool, measured_on: str) -> TranslationPath:
    return TranslationPath(
        source=path.source,
        target=path.target,
        steps=path.steps,
        chrf=path.chrf,
        share=share,
        draft=draft,
        measured_on=measured_on,
    )


@dataclass(frozen=True, slots=True)
class PathTranslator:
    """A path as a translator of its pair. Fills `translation.translator.Translator`."""

    path: TranslationPath
    engines: Mapping[str, Translator]
    """By the name that steps call them."""
    corrections: Corrections = NO_CORRECTIONS

    @property
    def name(self) -> str:
        """The engines, each once."""
        return self.path.name

    @property
    def draft(self) -> bool:
        """By the path's measured quality."""
        return self.path.draft

    @property
    def copies_names(self) -> bool:
        """The first step's; behind it, names that it copied are masked."""
        return self.engines[self.path.steps[0].engine].copies_names

    @property
    def sentences_a_call(self) -> int:
        """The first step's, unless there are more steps behind it than a worker has room for at once."""
        first, *rest = self.path.steps
        return self.engines[first.engine].sentences_a_call if len(rest) <= _STEPS_AT_ONCE else 0

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether this is the pair, and every step can be taken here and now."""
        return self._is_pair(source, target) and all(
            step.engine in self.engines and self.engines[step.engine].serves(step.source, step.target)
            for step in self.path.steps
        )

    def version(self, source: LanguageTag, target: LanguageTag) -> str:  # noqa: ARG002 # the path's own
        """The versions of its steps, and of what puts them right."""
        steps = [self.engines[step.engine].version(step.source, step.target) for step in self.path.steps]
        return " > ".join([*steps, self.corrections.version, _METHOD])

    def mask(self, index: int) -> str:
        """The first step's: the neural engines are choosier than the rule-based ones behind them."""
        return self.engines[self.path.steps[0].engine].mask(index)

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:  # noqa: ARG002 # the path's own
        """The first step's, of a path of one; the rules behind a model know the words of `mask`."""
        first, *rest = self.path.steps
        return "" if rest else self.engines[first.engine].mask_form(first.source, first.target)

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """All sentences through one step after the other."""
        if not self.serves(source, target):
            raise NoTranslationPath(
                f"The path {self.path} does not translate from {source} into {target} here.",
                "`podcaster doctor` shows what does.",
            )
        first, *rest = self.path.steps
        slips = self.corrections.slips(first.source, first.target)
        engine = self.engines[first.engine]
        answers = engine.translate(sentences, first.source, first.target)
        if engine.copies_names and languages.base(first.source) == "en":
            ask = partial(engine.translate, source=first.source, target=first.target)
            answers = translated_first_words(sentences, answers, ask)
        texts = [slips.put_right(sentence, text) for sentence, text in zip(sentences, answers, strict=True)]
        if not rest:
            return texts
        countries = territories(first.source, first.target)
        pairs = zip(texts, sentences, strict=True)
        carried = [Carried.of(text, sentence, but=countries) for text, sentence in pairs]
        rules = self.engines[rest[0].engine]
        texts = [self.corrections.reworded(first.target, each.masked(rules.mask)) for each in carried]
        before: list[tuple[LanguageTag, Sequence[str]]] = []
        for step in rest:
            made = self._close_step(step, texts)
            earlier = [(first.source, sentences), *before] if step is rest[-1] else before
            for language, sources in earlier:
                slips = self.corrections.slips(language, step.target)
                made = [slips.put_right(source, text) for source, text in zip(sources, made, strict=True)]
            before.append((step.source, texts))
            texts = made
        texts = list(post_edited(texts, sentences, self.path.target, rules))
        if languages.base(first.target) == "pt":
            texts = [placed(text, each.text, self.path.target) for each, text in zip(carried, texts, strict=True)]
        return [
            elided(bare(each.unmasked(text, rules.mask), sentence, each.names, self.path.target), self.path.target)
            for each, text, sentence in zip(carried, texts, sentences, strict=True)
        ]

    def returned(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Returned]:  # noqa: ARG002 # the path's own
        """The first step's: the close pairs behind it are rules, which say the same on the way back."""
        first = self.path.steps[0]
        return self.engines[first.engine].returned(sentences, first.source, first.target)

    def unknown(self, texts: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[tuple[str, ...]]:
        """By the last step's dictionary, where that is a close pair's."""
        last = self.path.steps[-1]
        rules = self.engines[last.engine]
        if len(self.path.steps) == 1 or not isinstance(rules, Marking):
            return ()
        return UnknownWords(self.corrections, self.engines, rules, source, target).unknown(texts)

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        """By the dictionary of any engine; None without one, and for a close pair, whose words `unknown` looks up."""
        if len(self.path.steps) > 1:
            return None
        found = (each.lacking(texts, language) for each in self.engines.values() if isinstance(each, Marking))
        return next((each for each in found if each is not None), None)

    def cover(
        self, sentences: Sequence[str], texts: Sequence[str], source: LanguageTag, target: LanguageTag
    ) -> Sequence[float | None]:
        """By the last step's dictionary of the pair, where it has one."""
        rules = self.engines[self.path.steps[-1].engine]
        if len(self.path.steps) == 1 or not isinstance(rules, Covering):
            return [None] * len(texts)
        return rules.cover(sentences, texts, source, target)

    def _close_step(self, step: Step, texts: Sequence[str]) -> list[str]:
        """A step by rules: its known slips put right, words that it does not know found another way."""
        engine = self.engines[step.engine]
        if not isinstance(engine, Marking):
            return list(engine.translate(texts, step.source, step.target))
        marked = engine.marked(texts, step.source, step.target)
        elsewhere = UnknownWords(self.corrections, self.engines, engine, step.source, step.target)
        found = elsewhere.translated([word for each in marked for word in each.unknown])
        slips = self.corrections.slips(step.source, step.target)
        return [
            _begun(source, slips.put_right(source, replaced(each, found)))
            for source, each in zip(texts, marked, strict=True)
        ]

    def _is_pair(self, source: LanguageTag, target: LanguageTag) -> bool:
        """A path is for its own regional form of the target, or for the language as such."""
        fits = target == self.path.target or languages.base(target) == self.path.target
        return fits and languages.match(source, [self.path.source]) is not None


def _begun(source: str, text: str) -> str:
    """A translation whose first word is not shouted because its source's is one large letter: `A água`, `L'aigua`."""
    word, _, rest = text.partition(" ")
    first = source.replace("'", " ").partition(" ")[0]
    return f"{word.capitalize()} {rest}" if len(first) == 1 and rest and len(word) > 1 and word.isupper() else text


def path_translators(
    paths: Iterable[TranslationPath], engines: Mapping[str, Translator], corrections: Corrections = NO_CORRECTIONS
) -> Sequence[PathTranslator]:
    """A translator for each path, in order."""
    return [PathTranslator(path, engines, corrections) for path in paths]
