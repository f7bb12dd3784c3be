"""Loudness of the demo's voices beside one another: every one that can speak here, on the same short text."""

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np

LANGUAGES = ("en", "es", "pt-BR", "ca", "gl")


def loudness(data: Path) -> Mapping[str, float]:
    """Integrated loudness in LUFS (ITU-R BS.1770) of what each voice's preview is heard as."""
    from podcaster.audio.encoder import SAMPLE_RATE
    from podcaster.audio.loudness import integrated_lufs
    from podcaster.render.editing.voice_preview import voice_preview
    from podcaster.settings import Settings
    from podcaster.units import LanguageTag
    from podcaster.wiring import Container

    container = Container(Settings(data=data, languages=LANGUAGES))
    voices = [voice for language in LANGUAGES for voice in container.catalogue.voices(LanguageTag(language))]
    engines = container.synthesizers
    here = [voice for voice in voices if voice.engine in engines and engines[voice.engine].has(voice)]
    found = {
        voice.name: integrated_lufs(heard(b"".join(voice_preview(voice, container.context))), SAMPLE_RATE)
        for voice in here
    }
    container.close()
    return found


def heard(mp3: bytes) -> np.ndarray:
    """Samples from -1 to 1, shape (n,)."""
    with av.open(io.BytesIO(mp3), mode="r", format="mp3") as container:
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    samples = np.concatenate(frames)
    return samples.astype(np.float64) / (32_768 if samples.dtype == np.int16 else 1)


def main() -> None:
    """A line a voice, and the spread."""
    with tempfile.TemporaryDirectory() as folder:
        found = loudness(Path(folder))
    for name, lufs in found.items():
        print(f"  {name:<20} {lufs:6.2f} LUFS")
    print(f"  spread over {len(found)} voices  {max(found.values()) - min(found.values()):5.2f} LU")


if __name__ == "__main__":
    main()
