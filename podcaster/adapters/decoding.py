"""MP3 and editors' recordings to samples, by PyAV."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.errors import InputRefused, StorageFailed
from podcaster.speech.synthesizer import Speech

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_UPLOADED = {"wav", "mp3", "matroska,webm", "ogg", "flac", "mov,mp4,m4a,3gp,3g2,mj2"}
"""Formats that an editor's browser records in, or that recorders write."""


def decoded_upload(sound: bytes, longest_s: float) -> Speech:
    """The samples of a recording that an editor has sent, one channel at the show's rate.

    Raises:
        InputRefused: it is no audio, or longer than `longest_s`: a small file can hold hours, and its samples take gigabytes.
    """
    import av  # noqa: PLC0415 # slow to load
    import numpy as np  # noqa: PLC0415 # the same

    refused = InputRefused("This is not a recording that can be read.", "Send WAV, MP3, M4A, FLAC, Ogg or WebM.")
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    pieces: list[NDArray[np.int16]] = []
    seconds = 0.0
    try:
        with av.open(io.BytesIO(sound), "r") as container:
            if container.format.name not in _UPLOADED:
                raise refused
            for frame in container.decode(audio=0):
                pieces += [each.to_ndarray()[0] for each in resampler.resample(frame)]
                seconds += frame.samples / max(frame.sample_rate, 1)
                if seconds > longest_s:
                    raise InputRefused(
                        f"The recording is longer than {round(longest_s)} seconds, which is too long for this text.",
                        "Record it again, or line by line.",
                    )
        pieces += [each.to_ndarray()[0] for each in resampler.resample(None)]
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise refused from error
    return Speech(samples=np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int16), rate=SAMPLE_RATE)


def decoded(mp3: bytes) -> Speech:
    """The samples of an MP3 file, one channel at the show's rate; every frame's, the encoder's delay included.

    Raises:
        StorageFailed: it is no MP3, or it is damaged.
    """
    import av  # noqa: PLC0415 # slow to load
    import numpy as np  # noqa: PLC0415 # the same

    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    pieces: list[NDArray[np.int16]] = []
    try:
        with av.open(io.BytesIO(mp3), "r", format="mp3") as container:
            for frame in container.decode(audio=0):
                pieces += [each.to_ndarray()[0] for each in resampler.resample(frame)]
        pieces += [each.to_ndarray()[0] for each in resampler.resample(None)]
    except (av.FFmpegError, IndexError) as error:
        raise StorageFailed(f"The audio cannot be decoded: {error}.", "Render the report again.") from error
    return Speech(samples=np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int16), rate=SAMPLE_RATE)
