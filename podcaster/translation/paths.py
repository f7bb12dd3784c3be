"""Translation paths: engines one after another, with a measured quality each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from podcaster import language as languages
from podcaster.errors import LanguageUnknown, NoTranslationPath, SettingsWrong
from podcaster.translation.translator import Translator
from podcaster.units import LanguageTag

_STEP = re.compile(r"^(?P<engine>\w+) (?P<source>[\w-]+) (?P<target>[\w-]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One engine, from one language into another."""

    engine: str
    source: LanguageTag
    target: LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationPath:
    """How a pair can be translated, and how well."""

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

    @property
    def name(self) -> str:
        """The engines, each once."""
        return self.path.name

    @property
    def draft(self) -> bool:
        """By the path's measured quality."""
        return self.path.draft

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether this is the pair, and every step can be taken here and now."""
        return self._is_pair(source, target) and all(
            step.engine in self.engines and self.engines[step.engine].serves(step.source, step.target)
            for step in self.path.steps
        )

    def version(self, source: LanguageTag, target: LanguageTag) -> str:  # noqa: ARG002 # the path's own
        """The versions of its steps."""
        return " > ".join(self.engines[step.engine].version(step.source, step.target) for step in self.path.steps)

    def mask(self, index: int) -> str:
        """The first step's: the neural engines are choosier than the rule-based ones behind them."""
        return self.engines[self.path.steps[0].engine].mask(index)

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """All sentences through one step after the other."""
        if not self.serves(source, target):
            raise NoTranslationPath(
                f"The path {self.path} does not translate from {source} into {target} here.",
                "`podcaster doctor` shows what does.",
            )
        texts = list(sentences)
        for step in self.path.steps:
            texts = list(self.engines[step.engine].translate(texts, step.source, step.target))
        return texts

    def _is_pair(self, source: LanguageTag, target: LanguageTag) -> bool:
        """A path is for its own regional form of the target, or for the language as such."""
        fits = target == self.path.target or languages.base(target) == self.path.target
        return fits and languages.match(source, [self.path.source]) is not None


def path_translators(paths: Iterable[TranslationPath], engines: Mapping[str, Translator]) -> Sequence[PathTranslator]:
    """A translator for each path, in order."""
    return [PathTranslator(path, engines) for path in paths]
