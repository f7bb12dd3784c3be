"""MP3 back to samples, by PyAV."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.errors import StorageFailed
from podcaster.speech.synthesizer import Speech

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
