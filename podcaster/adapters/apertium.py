"""Apertium, rule-based and offline, as a Translator of drafts: one call for a report and language."""

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from cachetools import LRUCache

from podcaster import language as languages
from podcaster.errors import EngineFailed, EngineTimedOut, NoTranslationPath
from podcaster.translation.translator import Marked, OneWay
from podcaster.units import LanguageTag

_WAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("en", "es"): ("eng-spa",),
    ("en", "ca"): ("eng-cat",),
    ("en", "gl"): ("en-gl",),
    ("en", "pt"): ("eng-spa", "es-pt"),
    ("en", "pt-BR"): ("eng-spa", "es-pt_BR"),
    ("es", "en"): ("spa-eng",),
    ("es", "pt"): ("es-pt",),
    ("es", "pt-BR"): ("es-pt_BR",),
    ("pt", "es"): ("pt-es",),
    ("ca", "en"): ("cat-eng",),
    ("gl", "en"): ("gl-en",),
    ("pt", "ca"): ("por-cat",),
    ("es", "ca"): ("spa-cat",),
    ("es", "gl"): ("es-gl",),
    ("pt", "gl"): ("pt-gl",),
    ("ca", "es"): ("cat-spa",),
    ("ca", "pt"): ("cat-por",),
    ("ca", "pt-BR"): ("cat-por_BR",),
    ("gl", "es"): ("gl-es",),
    ("gl", "pt"): ("gl-pt",),
}
"""The modes of the pairs whose output can be understood. Others exist; theirs is not good enough to be heard."""
_LARGEST = ("ca", "es", "gl", "pt", "pt-BR", "en")
"""Languages in the order of their pairs' dictionaries of another one, the largest first."""
_MODES = (Path("/usr/share/apertium/modes"), Path("/usr/local/share/apertium/modes"))
_STREAM_SIGNS = str.maketrans(
    dict.fromkeys("^$\\@#*~{}[]+_", " ") | {"/": "\u2215", "<": "\u2039", ">": "\u203a", "\u00ad": None}
)
"""Signs with a meaning in Apertium's stream, replaced by spaces or look-alikes: escapes would be read aloud."""
_GIVEN_BACK = str.maketrans({"\u2215": "/", "\u2039": "<", "\u203a": ">"})
"""Signs that a sentence cannot do without went through as others that look like them."""
_COMPOUND = re.compile(r"(?<=[a-z])-(?=[a-z])")
"""Its transfer turns `closed-door talks` into one long word."""
_ENGLISH = "en"
_MARK = re.compile(r"[*@#](?=\w)")
"""Before a word that is not in a dictionary, has no translation, or cannot be inflected."""
_WORD = re.compile(r"[^\W\d_]+(?:['’·-][^\W\d_]+)*")
_ANALYSED = re.compile(r"\^([^/^$]+)/([^$^]*)\$")
_TAG = re.compile(r"<([^<>]+)>")
_AUTOMORF = re.compile(r"'(/[^']+\.automorf\.bin)'")
_UNKNOWN = re.compile(r"(?<!\w)\*(\w+(?:['’·-]\w+)*)")
_BREAK = "\n\n"
_KEPT = 4096
"""Sentences whose answers are kept in memory, about a megabyte."""
_SECONDS = 60
_SECONDS_A_SENTENCE = 1
_VOWELS, _CONSONANTS = "aeiou", "bdgklmnprtvxz"


class ApertiumTranslator(OneWay):
    """Fills `translation.translator.Translator`."""

    name = "apertium"
    draft = True

    def __init__(self, modes: Sequence[Path] = _MODES) -> None:
        self._folders = tuple(modes)
        self._kept: LRUCache[tuple[str, str], str] = LRUCache(_KEPT)
        self._lock = threading.Lock()

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the command and every mode on the way are installed."""
        way = self._way(source, target)
        return way is not None and self._command is not None and all(self._mode(step) for step in way)

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The modes on the way, with the age and size of their data: it changes with every package."""
        return self._version(self._way(source, target) or ())

    def mask(self, index: int) -> str:
        """Words that no dictionary has and that end in a consonant: en-gl takes a final vowel for a word of its own."""
        index, last = divmod(index, len(_CONSONANTS))
        more, vowel = divmod(index, len(_VOWELS))
        return f"Zorb{_VOWELS[vowel]}{_CONSONANTS[last]}" + ("" if not more else f"{_VOWELS[more % 5]}k" * more)

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """All sentences in one call of each mode on the way, kept apart by empty lines."""
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

    def analyses(self, words: Iterable[str], language: LanguageTag) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The readings of words by the dictionary of a language; none without one."""
        asked = dict.fromkeys(word.lower() for word in words if _WORD.fullmatch(word))
        found = {}
        for surface, readings in _ANALYSED.findall("\n".join(self._analysed(list(asked), language) or ())):
            tags = tuple(tuple(_TAG.findall(reading)) for reading in readings.split("/") if not reading.startswith("*"))
            if tags and all(tags):
                found[surface.lower()] = tags
        return found

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        """The words of each text that the dictionary of its language lacks; None without one."""
        found = self._analysed([_plain(text, english=False) for text in texts], language)
        if found is None:
            return None
        units = [_ANALYSED.findall(each) for each in found]
        return [tuple(word for word, readings in each if readings.startswith("*")) for each in units]

    def _analysed(self, lines: Sequence[str], language: LanguageTag) -> Sequence[str] | None:
        """Each line in the stream's form, by the dictionary alone, which starts in a tenth of a pair's time."""
        dictionary, program = self._dictionary(str(languages.base(language))), shutil.which("lt-proc")
        if dictionary is None or program is None:
            return None
        if not lines:
            return []
        return self._run([program, dictionary], "\n".join(lines), name=dictionary, seconds=_SECONDS).split("\n")

    def _dictionary(self, language: str) -> str | None:
        """The analyser's data of a language, by the pair that has the largest."""
        for (source, _), (mode, *_) in sorted(_WAYS.items(), key=lambda way: _LARGEST.index(way[0][1])):
            file = self._mode(mode) if source == language else None
            if file is not None:
                found = _AUTOMORF.search(file.read_text(encoding="utf-8"))
                if found is not None:
                    return found[1]
        return None

    def _kept_answers(self, way: Sequence[str], sentences: Sequence[str]) -> Mapping[str, str]:
        """The same sentence is asked for once, though several languages come by one pair."""
        version = self._version(way)
        wanted = [sentence for sentence in dict.fromkeys(sentences) if sentence]
        with self._lock:
            known = {text: self._kept[version, text] for text in wanted if (version, text) in self._kept}
        missing = [text for text in wanted if text not in known]
        made = dict(zip(missing, self._through(way, missing) if missing else (), strict=True))
        with self._lock:
            self._kept.update({(version, text): answer for text, answer in made.items()})
        return known | made

    def _through(self, way: Sequence[str], sentences: Sequence[str]) -> Sequence[str]:
        text = _BREAK.join(sentences)
        for mode in way:
            text = _MARK.sub("", text)
            text = self._call(mode, text, seconds=_SECONDS + _SECONDS_A_SENTENCE * len(sentences))
        answers = text.strip("\n").split(_BREAK)
        if len(answers) == len(sentences):
            return answers
        if len(sentences) == 1:
            return [text]
        middle = len(sentences) // 2
        return [*self._through(way, sentences[:middle]), *self._through(way, sentences[middle:])]

    def _call(self, mode: str, text: str, *, seconds: float) -> str:
        return self._run([str(self._command), mode], text, name=mode, seconds=seconds)

    @staticmethod
    def _run(command: Sequence[str], text: str, *, name: str, seconds: float) -> str:
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        with subprocess.Popen(  # noqa: S603 # no shell, a fixed program, and the text comes over a pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        ) as process:
            try:
                answer, complaint = process.communicate(text.encode("utf-8", "replace"), timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise EngineTimedOut(f"Apertium ({name}) gave no answer in {seconds:.0f} s.", "Render again.") from None
        if process.returncode != 0:
            reason = complaint.decode(errors="replace").strip().splitlines()
            raise EngineFailed(
                f"Apertium ({name}) failed: {reason[-1] if reason else f'status {process.returncode}'}.",
                "Reinstall its packages and render again.",
            )
        return answer.decode("utf-8", errors="replace")

    def _way(self, source: LanguageTag, target: LanguageTag) -> tuple[str, ...] | None:
        base = str(languages.base(source))
        return _WAYS.get((base, str(target))) or _WAYS.get((base, str(languages.base(target))))

    def _mode(self, name: str) -> Path | None:
        return next((file for folder in self._folders if (file := folder / f"{name}.mode").is_file()), None)

    def _version(self, way: Sequence[str]) -> str:
        return "+".join(f"{step}:{self._stamp(step)}" for step in way)

    def _stamp(self, name: str) -> str:
        file = self._mode(name)
        if file is None:
            return "missing"
        data = [Path(each) for each in re.findall(r"'(/[^']+)'", file.read_text(encoding="utf-8"))]
        status = [each.stat() for each in data if each.is_file()]
        return f"{max((int(each.st_mtime) for each in status), default=0)}.{sum(each.st_size for each in status)}"

    @cached_property
    def _command(self) -> str | None:
        return shutil.which("apertium")


def _plain(sentence: str, *, english: bool) -> str:
    """One line without signs of the stream, English compounds as words, straight apostrophes, which its dictionaries know."""
    text = sentence.translate(_STREAM_SIGNS).replace("’", "'")
    return " ".join((_COMPOUND.sub(" ", text) if english else text).split())


def _read(answer: str) -> Marked:
    """One line without marks, with the blanks that Apertium's transfer leaves closed; and the words behind `*`."""
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(answer.split()))
    unknown = tuple(dict.fromkeys(_UNKNOWN.findall(text)))
    return Marked(text=_MARK.sub("", text).translate(_GIVEN_BACK), unknown=unknown)
