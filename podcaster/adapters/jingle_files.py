"""Jingles in files: decoded by PyAV, faded by pydub."""

from __future__ import annotations

import hashlib
import warnings
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.jingle import LONGEST_SECONDS, Jingle
from podcaster.errors import SettingsWrong
from podcaster.speech.synthesizer import Speech

if TYPE_CHECKING:
    from pathlib import Path

_FADE_IN_MS = 20
_FADE_OUT_MS = 400
_CHANNELS, _SAMPLE_BYTES = 1, 2


def jingle_in(file: Path) -> Jingle:
    """The jingle of an audio file in any form that FFmpeg reads.

    Raises:
        SettingsWrong: it cannot be read.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsWrong(f"The jingle {file} cannot be read: {error}.", "Correct PODCASTER_JINGLES.") from error
    made_by = f"{_FADE_IN_MS} {_FADE_OUT_MS} pydub-{version('pydub')} av-{version('av')}"
    return Jingle(
        digest=f"{hashlib.sha256(content).hexdigest()} {made_by}",
        sound=partial(_faded, file),
    )


def _faded(file: Path) -> Speech:
    import numpy as np  # noqa: PLC0415 # a jingle is recorded once in a show's life

    with warnings.catch_warnings():
        # It looks for a command to decode with, and has no need of one here.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 # the same

    segment = AudioSegment(_decoded(file), sample_width=_SAMPLE_BYTES, frame_rate=SAMPLE_RATE, channels=_CHANNELS)
    faded = segment.fade_in(min(_FADE_IN_MS, len(segment) // 2)).fade_out(min(_FADE_OUT_MS, len(segment) // 2))
    return Speech(samples=np.frombuffer(faded.raw_data, dtype=np.int16), rate=SAMPLE_RATE)


def _decoded(file: Path) -> bytes:
    """16-bit samples of one channel, shape (n,)."""
    import av  # noqa: PLC0415 # see above

    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    pieces: list[bytes] = []
    samples = 0
    try:
        with av.open(str(file), "r") as container:
            for decoded in container.decode(audio=0):
                for frame in resampler.resample(decoded):
                    pieces.append(frame.to_ndarray().tobytes())
                    samples += frame.samples
                if samples > LONGEST_SECONDS * SAMPLE_RATE:
                    raise _unfit(file, f"is longer than {LONGEST_SECONDS} s")
            pieces += [frame.to_ndarray().tobytes() for frame in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        raise _unfit(file, f"holds no sound that can be decoded ({error})") from error
    if not any(map(any, pieces)):
        raise _unfit(file, "is silent")
    return b"".join(pieces)


def _unfit(file: Path, why: str) -> SettingsWrong:
    return SettingsWrong(f"The jingle {file} {why}.", "Name another file in PODCASTER_JINGLES.")
