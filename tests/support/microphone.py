"""A microphone for Chromium: a file that it plays again and again as what is heard."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

RATE = 48_000


def write_microphone(file: Path) -> Sequence[str]:
    """Writes a tone that swells as speech does; the browser's arguments."""
    clock = np.arange(4 * RATE) / RATE
    tone = 0.2 * np.sin(2 * np.pi * 180 * clock) * (0.7 + 0.3 * np.sin(2 * np.pi * 4 * clock))
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(np.rint(tone * 32_767).astype(np.int16).tobytes())
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
    ]
