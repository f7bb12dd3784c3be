"""The straight way, as anyone would write it in an afternoon; what podcaster is measured against.

One Apertium call a language, one espeak-ng process a sentence, pydub's `+=` in a loop, one export, one feedgen feed.
It keeps nothing, so every run is a first run. Usage: straight_script.py REPORT OUT LANGUAGE...
"""

import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from feedgen.feed import FeedGenerator
from pydub import AudioSegment

MODES = {"es": ("eng-spa",), "ca": ("eng-cat",), "gl": ("en-gl",), "pt-BR": ("eng-spa", "es-pt_BR")}
VOICES = {"gl": "es"}
"""eSpeak NG has no Galician voice; Spanish is the nearest in sound and spelling."""
SENTENCE_END = re.compile(r"(?<=[.!?;:”])\s+")
PAUSE = AudioSegment.silent(duration=300, frame_rate=22_050)


def sentences_of(report: Path) -> list[str]:
    """Every non-empty line, split after full stops."""
    lines = (line.strip() for line in report.read_text(encoding="utf-8").splitlines())
    return [sentence for line in lines if line for sentence in SENTENCE_END.split(line)]


def translated(sentences: list[str], language: str) -> list[str]:
    """All sentences through Apertium, one a line."""
    text = "\n".join(sentences)
    for mode in MODES.get(language, ()):
        done = subprocess.run(["apertium", "-u", mode], input=text, capture_output=True, text=True, check=True)
        text = done.stdout
    return text.splitlines()


def spoken(sentences: list[str], language: str) -> AudioSegment:
    """Every sentence by a process of its own, joined one after the other."""
    episode = AudioSegment.empty()
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "sentence.wav"
        for sentence in filter(str.strip, sentences):
            subprocess.run(
                ["espeak-ng", "-v", VOICES.get(language, language), "-w", str(wav), "--", sentence], check=True
            )
            episode += AudioSegment.from_wav(str(wav)) + PAUSE
    return episode


def feed(language: str, episode: Path) -> bytes:
    """A feed with the one episode."""
    generator = FeedGenerator()
    generator.load_extension("podcast")
    generator.title(f"Reports ({language})")
    generator.link(href="http://127.0.0.1:8000/")
    generator.description("Reports, read aloud.")
    entry = generator.add_entry()
    entry.id(f"report-{language}")
    entry.title("Report")
    entry.published(datetime(2026, 1, 1, tzinfo=UTC))
    entry.enclosure(f"http://127.0.0.1:8000/{language}.mp3", str(episode.stat().st_size), "audio/mpeg")
    return bytes(generator.rss_str(pretty=True))


def main(report: str, out: str, *languages: str) -> None:
    """Render one report into every language."""
    sentences = sentences_of(Path(report))
    for language in languages:
        folder = Path(out) / language
        folder.mkdir(parents=True, exist_ok=True)
        mp3 = folder / "episode.mp3"
        audio = spoken(translated(sentences, language), language)
        audio.set_frame_rate(24_000).set_channels(1).export(mp3, format="mp3", bitrate="64k")
        (folder / "feed.xml").write_bytes(feed(language, mp3))


if __name__ == "__main__":
    main(*sys.argv[1:])
