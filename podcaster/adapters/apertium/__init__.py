"""Apertium, rule-based and offline, as a Translator of drafts: one call for a report and language."""

import os
import re
import threading
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path

from cachetools import TTLCache, cachedmethod

from podcaster import language as languages
from podcaster.adapters.apertium.dictionaries import Dictionaries, data_of
from podcaster.adapters.apertium.kept_chains import KeptChains
from podcaster.adapters.apertium.programs import commands_of, data_files, installed, paragraph, said
from podcaster.adapters.child_process.kept_answers import KeptAnswers
from podcaster.errors import NoTranslationPath
from podcaster.translation.translator import Marked, OneWay
from podcaster.units import LanguageTag

_WAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("en", "es"): ("eng-spa",), ("en", "ca"): ("eng-cat",), ("en", "gl"): ("en-gl",),
    ("en", "pt"): ("eng-spa", "es-pt"), ("en", "pt-BR"): ("eng-spa", "es-pt_BR"), ("es", "en"): ("spa-eng",),
    ("es", "pt"): ("es-pt",), ("es", "pt-BR"): ("es-pt_BR",), ("pt", "es"): ("pt-es",), ("ca", "en"): ("cat-eng",),
    ("gl", "en"): ("gl-en",), ("pt", "ca"): ("por-cat",), ("es", "ca"): ("spa-cat",), ("es", "gl"): ("es-gl",),
    ("pt", "gl"): ("pt-gl",), ("ca", "es"): ("cat-spa",), ("ca", "pt"): ("cat-por",), ("ca", "pt-BR"): ("cat-por_BR",),
    ("gl", "es"): ("gl-es",), ("gl", "pt"): ("gl-pt",),
}  # fmt: skip
"""The modes of the pairs whose output can be understood. Others exist; theirs is not good enough to be heard."""
_LARGEST = ("ca", "es", "gl", "pt", "pt-BR", "en")
"""Languages in the order of their pairs' dictionaries of another one, the largest first."""
_MODES = (Path("/usr/share/apertium/modes"), Path("/usr/local/share/apertium/modes"))
_STREAM_SIGNS = str.maketrans(
    dict.fromkeys("^$\\@#*~{}[]_\0", " ") | {"/": "\u2215", "<": "\u2039", ">": "\u203a", "+": "\uff0b", "\u00ad": None}
)
"""Signs with a meaning in Apertium's stream, replaced by spaces or look-alikes: escapes would be read aloud."""
_GIVEN_BACK = str.maketrans({"\u2215": "/", "\u2039": "<", "\u203a": ">", "\uff0b": "+"})
"""Signs that a sentence cannot do without went through as others that look like them."""
_COMPOUND = re.compile(r"(?<=[a-z])-(?=[a-z])")
"""Its transfer turns `closed-door talks` into one long word."""
_ENGLISH = "en"
_MARK = re.compile(r"[*@#](?=\w)")
"""Before a word that is not in a dictionary, has no translation, or cannot be inflected."""
_WORD = re.compile(r"[^\W\d_]+(?:['’·-][^\W\d_]+)*")
_UNKNOWN = re.compile(r"(?<!\w)\*(\w+(?:['’·-]\w+)*)")
_KEPT = 4096
"""Sentences whose answers are kept in memory, about a megabyte."""
_STAMP_SECONDS = 1.0
"""A new package is seen so late: a report asks for its modes' versions a dozen times."""
_MODES_KNOWN = 64
_SECONDS = 60
_SECONDS_A_SENTENCE = 1
_VOWELS, _CONSONANTS = "aeiou", "bdgklmnprtvxz"


class ApertiumTranslator(OneWay):
    """Fills `translation.translator.Translator`."""

    name = "apertium"
    draft = True

    def __init__(self, modes: Sequence[Path] = _MODES) -> None:
        self._folders = tuple(modes)
        self._kept = KeptAnswers(_KEPT)
        self._stamps: TTLCache[Hashable, str] = TTLCache(_MODES_KNOWN, ttl=_STAMP_SECONDS)
        self._stamping = threading.Lock()
        self._chains = KeptChains()
        self._dictionaries = Dictionaries(self._chains)

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the programs and every mode on the way are installed."""
        way = self._way(source, target)
        return way is not None and installed() and all(self._mode(step) for step in way)

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The modes on the way, with the age and size of their data: it changes with every package."""
        return self._version(self._way(source, target) or ())

    def mask(self, index: int) -> str:
        """Words that no dictionary has and that end in a consonant: en-gl takes a final vowel for a word of its own."""
        index, last = divmod(index, len(_CONSONANTS))
        more, vowel = divmod(index, len(_VOWELS))
        return f"Zorb{_VOWELS[vowel]}{_CONSONANTS[last]}" + ("" if not more else f"{_VOWELS[more % 5]}k" * more)

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """All sentences through each mode on the way."""
        return [each.text for each in self.marked(sentences, source, target)]

    def marked(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Marked]:
        """The same, with the words that no dictionary on the way has."""
        way = self._way(source, target)
        if way is None or not self.serves(source, target):
            raise NoTranslationPath(
                f"Apertium does not translate from {source} into {target} here.",
                "Install the pair's Debian package, or leave the language out.",
            )
        english = languages.base(source) == _ENGLISH
        plain = [_plain(sentence, english=english) for sentence in sentences]
        known = self._kept_answers(way, plain)
        return [_read(known[sentence]) if sentence else Marked(text="") for sentence in plain]

    def close(self) -> None:
        """End the programs."""
        self._chains.close()

    def analyses(self, words: Iterable[str], language: LanguageTag) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The readings of words by the dictionary of a language; none without one."""
        asked = list(dict.fromkeys(word.lower() for word in words if _WORD.fullmatch(word)))
        return self._dictionaries.readings(asked, self._analyser(language))

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        """The words of each text that the dictionary of its language lacks; None without one."""
        plain = [_plain(text, english=False) for text in texts]
        return self._dictionaries.lacking(plain, self._analyser(language))

    def cover(
        self, sentences: Sequence[str], texts: Sequence[str], source: LanguageTag, target: LanguageTag
    ) -> Sequence[float | None]:
        """For each translation, the share of its content words that a word of its sentence is rendered by."""
        way = self._way(source, target) or ()
        mode = self._mode(way[0]) if len(way) == 1 else None
        analyser, own, bilingual = self._analyser(target), data_of(mode, "automorf"), data_of(mode, "autobil")
        if analyser is None or own is None or bilingual is None:
            return [None] * len(texts)
        ours, theirs = ([_plain(text, english=False) for text in each] for each in (sentences, texts))
        return self._dictionaries.cover(ours, theirs, analyser=analyser, own=own, bilingual=bilingual)

    def _analyser(self, language: LanguageTag) -> str | None:
        """The analyser's data of a language, by the pair that has the largest."""
        base = str(languages.base(language))
        for (source, _), (mode, *_) in sorted(_WAYS.items(), key=lambda way: _LARGEST.index(way[0][1])):
            found = data_of(self._mode(mode), "automorf") if source == base else None
            if found is not None:
                return found
        return None

    def _kept_answers(self, way: Sequence[str], sentences: Sequence[str]) -> Mapping[str, str]:
        """The same sentence is asked for once, though several languages come by one pair."""
        version = self._version(way)
        wanted = [sentence for sentence in sentences if sentence]
        return self._kept.of(version, wanted, lambda missing: self._through(way, missing)) or {}

    def _through(self, way: Sequence[str], sentences: Sequence[str]) -> Sequence[str]:
        texts = sentences
        for name in way:
            mode = self._mode(name)
            if mode is None:
                raise NoTranslationPath(f"Apertium's mode {name} is gone.", "Install its package, and render again.")
            seconds = _SECONDS + _SECONDS_A_SENTENCE * len(texts)
            asked = [paragraph(_MARK.sub("", text)) for text in texts]
            texts = [said(each) for each in self._chains.ask(commands_of(mode), asked, name=name, seconds=seconds)]
        return texts

    def _way(self, source: LanguageTag, target: LanguageTag) -> tuple[str, ...] | None:
        base = str(languages.base(source))
        return _WAYS.get((base, str(target))) or _WAYS.get((base, str(languages.base(target))))

    def _mode(self, name: str) -> Path | None:
        return next((file for folder in self._folders if (file := folder / f"{name}.mode").is_file()), None)

    def _version(self, way: Sequence[str]) -> str:
        return "+".join(f"{step}:{self._stamp(step)}" for step in way)

    @cachedmethod(lambda self: self._stamps, lock=lambda self: self._stamping)
    def _stamp(self, name: str) -> str:
        file = self._mode(name)
        if file is None:
            return "missing"
        status = [found for each in data_files(file) if (found := _status(each)) is not None]
        return f"{max((int(each.st_mtime) for each in status), default=0)}.{sum(each.st_size for each in status)}"


def _status(file: str) -> os.stat_result | None:
    try:
        return Path(file).stat()
    except OSError:
        return None


def _plain(sentence: str, *, english: bool) -> str:
    """One line without signs of the stream, English compounds as words, straight apostrophes, which its dictionaries know."""
    text = sentence.translate(_STREAM_SIGNS).replace("’", "'")
    return " ".join((_COMPOUND.sub(" ", text) if english else text).split())


def _read(answer: str) -> Marked:
    """One line without marks, with the blanks that Apertium's transfer leaves closed; and the words behind `*`."""
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(answer.split()))
    unknown = tuple(dict.fromkeys(_UNKNOWN.findall(text)))
    return Marked(text=_MARK.sub("", text).translate(_GIVEN_BACK), unknown=unknown)
