"""Short lines are said with a sentence behind them, which is cut off: alone, Kokoro mangles titles of a word or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from podcaster.adapters.kokoro.model import FRAME_SAMPLES
from podcaster.adapters.kokoro.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

FOLLOWING: Final = {
    "es": "El informe sigue a continuación.",
    "es-419": "El informe sigue a continuación.",
    "pt-BR": "O relatório segue agora.",
}
"""The languages in which it was measured to help: docs/voices.md."""
SHORT_PHONEMES: Final = 24
_SILENT: Final = 0.006
"""About -44 dB; `audio.recording` fades what is left."""
_WINDOW_SAMPLES: Final = 240


def end_of_lead(samples: NDArray[np.float32], lead: str, frames: Sequence[float]) -> int | None:
    """End of a first sentence, in samples: in the silence that its mark is given; None where there is none.

    Args:
        samples: Both sentences, from -1 to 1, shape (n,).
        lead: Phonemes of the first one, with its mark and the space behind it.
        frames: How long each phoneme lasts; one more stands in front of the first.
    """
    import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

    signs = [sign for sign in lead if sign in VOCABULARY]
    spoken = max(place for place, sign in enumerate(signs, 1) if sign.isalpha())
    start, end = (round(sum(frames[: count + 1]) * FRAME_SAMPLES) for count in (spoken, len(signs)))
    windows = np.lib.stride_tricks.sliding_window_view(np.abs(samples[start:end]), _WINDOW_SAMPLES).max(axis=1)
    quietest = int(windows.argmin())
    return start + quietest + _WINDOW_SAMPLES // 2 if windows[quietest] < _SILENT else None
