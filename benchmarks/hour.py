"""A report of an hour, from text to MP3 in one language on one core: `./run bench`.

In turns, and the best of the rounds: the engine, the resampler and the encoder alone on the report's own lines, which is the
floor; the whole render from nothing; the render with one sentence changed. What was changed must be byte for byte what a
render from nothing gives. Then the other forms of the audio, in multiples of real time.
"""

import hashlib
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from podcaster.audio.recording import at_show_rate
from podcaster.audio.splicing import splice
from podcaster.audio.tags import EpisodeTags
from podcaster.model import Article, AudioFormat, Rendition, Script
from podcaster.ports import Submission
from podcaster.render.edition import make_edition
from podcaster.render.pipeline import speak, translate
from podcaster.render.sentences import SentenceStore
from podcaster.settings import load
from podcaster.units import LanguageTag
from podcaster.wiring.studios import Studios

EN = LanguageTag("en")
DAY = datetime(2026, 5, 4, tzinfo=UTC)
ROUNDS = 3


def report(word: str) -> bytes:
    """About an hour of it; `word` stands in one of its sentences."""
    paragraphs = [
        f"Report number {part} of harbour {place} says that prices rose by {part}.{place}% in {part + place} of the regions, "
        f"and fell in the others. Nobody in town number {place} had {word if (part, place) == (40, 2) else 'ever'} asked "
        f"for ferry {part}, and it was full again that morning."
        for part in range(70)
        for place in range(4)
    ]
    return "\n\n".join(["# A harbour for Vigo", "By Marta Reis\n4 May 2026", *paragraphs]).encode()


def studios(folder: Path) -> Studios:
    return Studios(load({"PODCASTER_DATA": str(folder), "PODCASTER_WORKERS": "1"}, folder))


def read(made: Studios, word: str) -> Article:
    return made.read(Submission(body=report(word), media_type="text/markdown", name="report.md", language=EN))


def rendered(made: Studios, article: Article) -> tuple[Rendition, str]:
    """The rendition, and the SHA-256 of its MP3 file."""
    rendition = speak(translate(article, EN, made.studio).script, made.studio).rendition
    edition = make_edition(article, rendition, made.studio, published=DAY)
    digest = hashlib.sha256()
    for piece in edition.audio():
        digest.update(piece)
    return rendition, digest.hexdigest()


def floor(made: Studios, script: Script) -> None:
    """The three engines and nothing else."""
    voice, synthesizer = made.catalogue.choose(EN, made.synthesizers)
    for line in script.lines:
        speech = synthesizer.speak(line.spoken, voice)
        samples = at_show_rate(speech.samples.astype("float32") / 32_768, speech.rate)
        made.studio.encoder.encode((samples * 32_767).astype("int16"))


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    folder = Path(tempfile.mkdtemp())
    times: dict[str, list[float]] = {"floor": [], "first": [], "changed": []}
    for number in range(ROUNDS):
        made = studios(folder / str(number))
        article, changed = read(made, "ever"), read(made, "never")
        script = translate(article, EN, made.studio).script
        times["floor"].append(timed(lambda made=made, script=script: floor(made, script)))
        times["first"].append(timed(lambda made=made, article=article: rendered(made, article)))
        before = {clip.key for clip in rendered(made, article)[0].clips}
        times["changed"].append(timed(lambda made=made, changed=changed: rendered(made, changed)))
    rendition, digest = rendered(made, changed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = 0.024 * sum(clip.frames for clip in rendition.heard)
    untouched = len(before & {clip.key for clip in rendition.clips})
    alone = studios(folder / "alone")
    same = rendered(alone, read(alone, "never"))[1] == digest
    best = {name: min(each) for name, each in times.items()}
    print(f"a report of {seconds / 60:.0f} minutes, {len(rendition.clips)} lines, one core, best of {ROUNDS}")
    print(f"  engines alone          {best['floor']:6.2f} s   {seconds / best['floor']:.0f} x real time")
    print(f"  text to episode        {best['first']:6.2f} s   {best['first'] / best['floor']:.2f} of the engines alone")
    print(
        f"  one sentence changed   {best['changed']:6.2f} s   1/{best['first'] / best['changed']:.0f} of the first time"
    )
    print(f"  clips untouched        {untouched} of {len(rendition.clips)}; as from nothing, byte for byte: {same}")
    print(f"  peak memory            {peak:6.0f} MB")
    forms(made, rendition, seconds)
    for each in (made, alone):
        for synthesizer in each.synthesizers.values():
            synthesizer.close()


def forms(made: Studios, rendition: Rendition, seconds: float) -> None:
    """AAC and Opus of the same episode."""
    from podcaster.adapters.ffmpeg import FfmpegTranscoder

    audio = SentenceStore(made.blobs).audio([clip.key for clip in rendition.heard])
    tags = EpisodeTags(title="T", artist="A", album="B", language="eng", published=DAY, chapters=())
    transcoder = FfmpegTranscoder()
    for form in AudioFormat:
        frames = list(splice(rendition.heard, audio.__getitem__))
        started = time.perf_counter()
        size = len(transcoder.transcode(frames, form, tags))
        took = time.perf_counter() - started
        print(f"  {form.name:<22} {seconds / took:6.0f} x real time, {size * 8 / seconds / 1000:.0f} kbit/s")


if __name__ == "__main__":
    main()
