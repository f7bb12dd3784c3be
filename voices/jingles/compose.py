"""Composes opening.wav and closing.wav, from sine waves alone: `python voices/jingles/compose.py`."""

from pathlib import Path

from pydub import AudioSegment
from pydub.generators import Sine

RATE = 24_000
OPENING = ((392.00, 0), (493.88, 180), (587.33, 360), (783.99, 540))
"""Hertz and start in milliseconds: a chord of G, opened upwards."""
CLOSING = ((783.99, 0), (587.33, 200), (493.88, 400), (392.00, 600))
RING_MS = 1_500
OVERTONES = ((1, -14), (2, -24), (3, -32), (4, -42))
"""Multiple of the note, and its level in decibels."""


def note(hertz: float) -> AudioSegment:
    """A note that is struck and rings out."""
    rung = AudioSegment.silent(RING_MS, frame_rate=RATE)
    for multiple, level in OVERTONES:
        partial = Sine(hertz * multiple, sample_rate=RATE).to_audio_segment(RING_MS, volume=level)
        rung = rung.overlay(partial.fade(to_gain=-36, start=0, duration=RING_MS))
    return rung.fade_in(8).fade_out(RING_MS // 2)


def melody(notes: tuple[tuple[float, int], ...]) -> AudioSegment:
    """Notes that ring into one another."""
    length = max(start for _, start in notes) + RING_MS
    played = AudioSegment.silent(length, frame_rate=RATE)
    for hertz, start in notes:
        played = played.overlay(note(hertz), position=start)
    return played.fade_out(400).set_channels(1).set_sample_width(2)


if __name__ == "__main__":
    here = Path(__file__).parent
    melody(OPENING).export(here / "opening.wav", format="wav").close()
    melody(CLOSING).export(here / "closing.wav", format="wav").close()
