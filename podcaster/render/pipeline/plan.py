"""Plans a render without doing it, and hashes everything that it would be made of."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from podcaster.article.serialisation import to_record
from podcaster.errors import PodcasterError
from podcaster.model import Article, LanguagePlan, RenderState
from podcaster.ports import Library
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import clip_keys, translate
from podcaster.translation.memory import Memory
from podcaster.translation.translator import Returned, WrappedTranslator
from podcaster.units import ArticleId, ContentKey, LanguageTag

_STAGES_S: Final = 0.3
"""Seconds that the stages take when nothing has to be made."""
_A_LINE_S: Final = 0.05
"""The estimate used when the report has no earlier render."""
_TELLING: Final = 10
"""Lines from which on an earlier render tells how long one takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Looks a render up in the stores, line by line; no engine is asked."""

    library: Library
    context: Callable[[], RenderContext]

    def plan(self, article: Article, languages: Sequence[LanguageTag]) -> Mapping[LanguageTag, LanguagePlan]:
        """Plan each language; a language that cannot be made says why."""
        context = self.context()
        looking = replace(context, translators=[_Unasked(each) for each in context.translators])
        a_line = self._seconds_a_line(article.id)
        return {language: _plan(article, language, looking, a_line) for language in languages}

    def contents(self, article: Article, languages: Sequence[LanguageTag]) -> Mapping[LanguageTag, str]:
        """A hash for each language over what editors can change: the report, wordings, terms, words."""
        context, record = self.context(), to_record(article)
        return {language: _content(article, record, language, context) for language in languages}

    def _seconds_a_line(self, article: ArticleId) -> float:
        """As the last render that had enough to do took."""
        for render in self.library.renders(article):
            for report in render.languages.values():
                if report.state is RenderState.DONE and report.spoken >= _TELLING:
                    return report.seconds / report.spoken
        return _A_LINE_S


def _plan(article: Article, language: LanguageTag, context: RenderContext, a_line: float) -> LanguagePlan:
    store = context.sentences
    try:
        text = translate(article, language, context, _Looking(store))
        keys = clip_keys(text.script, context)
    except PodcasterError as error:
        return LanguagePlan(error=f"{error.code}: {error}")
    there = store.clips(keys)
    reused = sum(key in there for key in keys)
    spoken = len(keys) - reused
    return LanguagePlan(
        lines=len(keys),
        translated=text.translated,
        spoken=spoken,
        reused=reused,
        seconds=round(_STAGES_S + spoken * a_line, 1),
    )


def _content(article: Article, record: object, language: LanguageTag, context: RenderContext) -> str:
    wordings, approval = context.wordings(article.id, language), context.approvals(article.id, language)
    shaping = [
        record,
        sorted(
            [source, each.text or "", each.spoken or "", *filter(None, [each.recording])]
            for source, each in wordings.items()
        ),
        sorted(context.glossary(article.language, language).terms.items()),
        context.lexicon_for(article, article.language).words,
        context.lexicon_for(article, language).words,
        sorted(approval.lines) if approval else [],
    ]
    preferred = context.catalogue.preferred(language)
    shaping += [preferred] if preferred else []
    return hashlib.sha256(json.dumps(shaping, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Looking:
    """A memory that is only looked into."""

    memory: Memory

    def recall(self, keys: Sequence[ContentKey]) -> Mapping[ContentKey, str]:
        return self.memory.recall(keys)

    def remember(self, entries: Mapping[ContentKey, str]) -> None:
        """Does nothing: a plan translates nothing."""


@dataclass(frozen=True, slots=True)
class _Unasked(WrappedTranslator):
    """An engine that is known, and left alone: sentences stay as they are."""

    def translate(self, sentences: Sequence[str], _source: LanguageTag, _target: LanguageTag) -> Sequence[str]:
        return list(sentences)

    def returned(self, _sentences: Sequence[str], _source: LanguageTag, _target: LanguageTag) -> Sequence[Returned]:
        return ()

    def unknown(self, _texts: Sequence[str], _source: LanguageTag, _target: LanguageTag) -> Sequence[tuple[str, ...]]:
        return ()

    def cover(
        self, _sentences: Sequence[str], texts: Sequence[str], _source: LanguageTag, _target: LanguageTag
    ) -> Sequence[None]:
        return [None] * len(texts)

    def lacking(self, _texts: Sequence[str], _language: LanguageTag) -> None:
        return None
