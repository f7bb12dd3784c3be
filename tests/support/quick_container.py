"""A container whose engines cost next to nothing and note each line that they make; all the rest is real."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from podcaster.model import Voice
from podcaster.settings import Settings
from podcaster.speech.synthesizer import Speech
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.testing.translators import PseudoTranslator
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.databases import data_folder
from support.page_reader import shared_reader
from support.voice_files import PHRASES

VOICE = """
language = "{language}"
name = "{language}"

[[voices]]
name = "{language}-tone"
engine = "tone"
engine_voice = "{language}"
gain_db = 0
"""


@dataclass
class Made:
    """Lines that the engines made, in order."""

    lines: list[str] = field(default_factory=list)
    seconds: float = 0.0
    """That each takes."""
    act: Callable[[str], object] = lambda _: None
    """Called with each before it is made."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self, line: str) -> None:
        """One more."""
        self.act(line)
        time.sleep(self.seconds)
        with self.lock:
            self.lines.append(line)


class TellingSynthesizer(ToneSynthesizer):
    """A tone, and a note of what it said."""

    def __init__(self, made: Made) -> None:
        self._made = made

    def speak(self, text: str, voice: Voice) -> Speech:
        """Write it down, then a tone."""
        self._made.make(f"{voice.language} {text}")
        return super().speak(text, voice)


class TellingTranslator(PseudoTranslator):
    """Words turned round, and a note of each call."""

    def __init__(self, made: Made) -> None:
        self._made = made

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Write down how many there were."""
        self._made.make(f"{target} translated {len(sentences)}: {sentences[0]}")
        return super().translate(sentences, source, target)


@contextmanager
def quick_container(folder: Path, *languages: str, made: Made | None = None, **settings: object) -> Iterator[Container]:
    """A container on a folder; the same folder again is the same installation after a restart."""
    made = made or Made()
    voices = folder / "voices"
    voices.mkdir(parents=True, exist_ok=True)
    for language in languages:
        (voices / f"{language}.toml").write_text(VOICE.format(language=language) + PHRASES)
    data_folder(folder / "data")
    values = {"data": folder / "data", "voices": voices, "languages": languages, "publish_drafts": True}
    container = Container(Settings(**{**values, "allow_loopback": True, "source_delay_s": 0, **settings}))  # type: ignore[arg-type]
    container.__dict__["synthesizers"] = {"tone": TellingSynthesizer(made)}
    container.__dict__["translators"] = (TellingTranslator(made),)
    container.prepare_service()
    try:
        with shared_reader(container):
            yield container
    finally:
        container.close()
