"""A script in another language: protected, looked up, translated in one call, put right and checked."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

from podcaster.errors import NoTranslationPath
from podcaster.model import Check, Line, LineKind, Script
from podcaster.translation.checks import check_line
from podcaster.translation.estimates import DOUBTFUL
from podcaster.translation.glossary import Glossary
from podcaster.translation.masks import mask_of
from podcaster.translation.memory import Memory
from podcaster.translation.names import names_in, territories
from podcaster.translation.protection import Protection
from podcaster.translation.results import Sentence
from podcaster.translation.sentence_job import SentenceJob
from podcaster.translation.titles import proper_words, quiet, reads_like_a_title, sentence_case
from podcaster.translation.translator import Informable, Translator
from podcaster.units import LanguagePair, LanguageTag

_ACRONYM_LENGTH = 3
"""Capitals that are no longer than this are not a country's shouted name."""
_TITLES = frozenset({LineKind.TITLE, LineKind.HEADING})
_SETTLED = Check(name="editor", passed=True, detail="worded by an editor")
_TOPIC_PREFIX = re.compile(r"^(?P<topics>[^\W\d_][^:]{1,60}?):\s+(?P<rest>\S.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslatedScript:
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
        f"`podcaster models install {source}-{target}`, or an Apertium pair; `podcaster doctor` shows what is there.",
    )


def other_ways(
    translators: Sequence[Translator], chosen: Translator, source: LanguageTag, target: LanguageTag
) -> Sequence[Translator]:
    """The engines behind the chosen one that serve the pair, too, each with a version of its own."""
    behind = [each for each in translators[list(translators).index(chosen) + 1 :] if each.serves(source, target)]
    others: dict[str, Translator] = {}
    for each in behind:
        others.setdefault(each.version(source, target), each)
    others.pop(chosen.version(source, target), None)
    return list(others.values())


def translate_script(
    script: Script,
    target: LanguageTag,
    *,
    translator: Translator,
    memory: Memory,
    glossary: Glossary,
    names: Sequence[str],
    translatable: Callable[[Line], bool],
    ways: Sequence[Translator] = (),
    settled: Mapping[str, str] = MappingProxyType({}),
) -> TranslatedScript:
    """Translate every translatable line of a script; a line that fails a check is flagged, never dropped.

    A line that fails is tried again in two halves, then by the other `ways`; by a draft engine only where numbers or names
    got lost, and then flagged. `settled` are sentences that an editor has translated: no engine is asked for them, and no
    check doubts them.

    Raises:
        NoTranslationPath: the engine does not serve the pair.
        EngineFailed: the engine gave an error.
    """
    pair = (script.source_language, target)
    asked = [line for line in script.lines if translatable(line) and _has_words(line) and line.source not in settled]
    texts = [line.text for line in asked]
    if isinstance(translator, Informable):
        translator = translator.informed(glossary.terms_in("\n".join(texts)), script.title)
    targets = protected_texts([*texts, *script.topics], *pair, glossary, names)
    job = _job(pair, translator, glossary, targets, ways)
    proper = proper_words(
        [line.text for line in asked if not _is_headline(line)], script.source_language, (*names, *targets)
    )
    parts = [_split_title(line, script.topics, proper) for line in asked]
    done = job.run([rest for _, rest in parts], memory)
    translated = iter(
        _translated(line, prefix(targets) + made.text, made, pair)
        for line, (prefix, _), made in zip(asked, parts, done.sentences, strict=True)
    )

    def in_target(line: Line) -> Line:
        if not (translatable(line) and (_has_words(line) or line.source in settled)):
            return line
        if line.source in settled:
            return replace(line, text=settled[line.source], spoken=settled[line.source], checks=(_SETTLED,))
        return next(translated)

    lines = tuple(in_target(line) for line in script.lines)
    return TranslatedScript(
        script=replace(
            script,
            language=target,
            title=next((line.text for line in lines if line.kind is LineKind.TITLE), script.title),
            topics=tuple(_named(topic, targets) for topic in script.topics),
            lines=lines,
            translator=translator.name,
            draft=translator.draft,
        ),
        translated=done.translated,
        recalled=len(asked) - done.translated,
    )


def _has_words(line: Line) -> bool:
    """Whether there is something to translate: of emoji alone an engine makes words that nobody wrote."""
    return any(map(str.isalnum, line.text))


def _job(
    pair: LanguagePair,
    translator: Translator,
    glossary: Glossary,
    targets: Mapping[str, str],
    ways: Sequence[Translator],
) -> SentenceJob:
    source, target = pair
    protection = Protection(
        targets,
        mask_of(translator, source, target),
        pair,
        watched=frozenset(targets) if translator.copies_names else frozenset(),
        settled=frozenset(text for text in targets if glossary.settles(text)),
    )
    return SentenceJob(
        source=source,
        target=target,
        translator=translator,
        version=translator.version(source, target),
        protection=protection,
        ways=tuple(ways),
    )


def protected_texts(
    texts: Sequence[str], source: LanguageTag, target: LanguageTag, glossary: Glossary, names: Sequence[str]
) -> Mapping[str, str]:
    """Protected terms and their targets: names stay, countries are translated, glossary terms take precedence."""
    whole = "\n".join(texts)
    places = {
        name: known for name, known in _world(source, target).items() if name in whole and not _is_church(name, whole)
    }
    found = {name: name for name in names_in([text for text in texts if not reads_like_a_title(text)], source, names)}
    terms = glossary.terms_in(whole)
    capital = {term[:1].upper() + term[1:]: text[:1].upper() + text[1:] for term, text in terms.items()}
    settled = {**{term: text for term, text in capital.items() if term in whole}, **terms}
    every = {**found, **places, **settled}
    return {**{_curly(name): text for name, text in every.items()}, **every}


@cache
def _world(source: LanguageTag, target: LanguageTag) -> Mapping[str, str]:
    """Countries and regions in both languages, shouted, too."""
    world = territories(source, target)
    shouted = {name.upper(): known.upper() for name, known in world.items() if len(name) > _ACRONYM_LENGTH}
    return {**shouted, **world}


def _is_church(name: str, text: str) -> bool:
    """Whether an island's name is that of a church or school: `St. Martin's`."""
    return name.startswith("St. ") and re.search(rf"{re.escape(name)}['’]s", text) is not None


def _curly(name: str) -> str:
    return name.replace("'", "’")


def _split_title(
    line: Line, topics: Sequence[str], proper: frozenset[str]
) -> tuple[Callable[[Mapping[str, str]], str], str]:
    """A title's `US/CHINA:` as something to be named, and the rest; other lines whole, shouting put into a sentence."""
    wording = partial(sentence_case, proper=proper) if _is_headline(line) else quiet
    found = _TOPIC_PREFIX.match(line.text) if line.kind is LineKind.TITLE and topics else None
    shouted = found["topics"].split("/") if found else []
    if found and [topic.strip().casefold() for topic in shouted] == [topic.casefold() for topic in topics]:
        loud = found["topics"].isupper()
        return lambda targets: _prefix(topics, targets, loud=loud), wording(found["rest"])
    return lambda _: "", wording(line.text)


def _is_headline(line: Line) -> bool:
    return line.kind in _TITLES or reads_like_a_title(line.text)


def _prefix(topics: Sequence[str], targets: Mapping[str, str], *, loud: bool) -> str:
    named = "/".join(_named(topic, targets) for topic in topics)
    return f"{named.upper() if loud else named}: "


def _named(topic: str, targets: Mapping[str, str]) -> str:
    return targets.get(topic, topic)


def _translated(line: Line, text: str, made: Sentence, pair: LanguagePair) -> Line:
    checks = check_line(line.source, text, kept=made.kept, languages=pair)
    return replace(line, text=text, spoken=text, checks=(*checks, *_doubts(made)))


def _doubts(made: Sentence) -> Iterator[Check]:
    """Estimate of a line, its unknown words, and the path that reworded it."""
    if made.estimate is not None:
        yield Check(name="estimate", passed=made.estimate >= DOUBTFUL, detail=f"{made.estimate:.2f}")
    if made.unknown:
        yield Check(name="unknown", passed=False, detail=f"in no dictionary: {', '.join(made.unknown)}")
    if made.draft_by:
        yield Check(name="draft", passed=False, detail=f"worded by {made.draft_by}: the others lost a number or a name")
