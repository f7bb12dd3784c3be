"""FFmpeg's `atempo` filter in process, by PyAV, as a Stretcher."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from podcaster.errors import EngineFailed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from podcaster.units import Hertz


class AtempoStretcher:
    """Fills `audio.stretching.Stretcher`: waveform-similarity overlap-add, which keeps the pitch."""

    @property
    def version(self) -> str:
        """PyAV bundles FFmpeg, so its version stands for both."""
        return f"atempo av-{version('av')}"

    def stretch(self, samples: NDArray[np.int16], rate: Hertz, tempo: float) -> NDArray[np.int16]:
        """One graph for each sentence: a filter's state is no part of the next one."""
        import av  # noqa: PLC0415 # FFmpeg: only a voice with one pace needs it
        import av.filter  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415

        graph = av.filter.Graph()
        source = graph.add_abuffer(sample_rate=rate, format="s16", layout="mono")
        filtered, sink = graph.add("atempo", str(tempo)), graph.add("abuffersink")
        source.link_to(filtered)
        filtered.link_to(sink)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        pieces: list[NDArray[np.int16]] = []
        try:
            graph.configure()
            graph.push(frame)
            graph.push(None)
            while True:
                pieces.append(graph.pull().to_ndarray().reshape(-1).astype(np.int16))
        except (av.error.EOFError, av.error.BlockingIOError):
            if not pieces:
                raise EngineFailed("A line is too short to change its pace.", "Correct its text.") from None
            return np.concatenate(pieces)
        except av.error.FFmpegError as error:
            raise EngineFailed(f"FFmpeg cannot change the pace of a line: {error}.", "Reinstall av.") from error
