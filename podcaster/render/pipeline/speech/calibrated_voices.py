"""Voices with their gain."""

from dataclasses import replace

from podcaster.model import Voice
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.speech.synthesizer import Synthesizer


def calibrated(voice: Voice, synthesizer: Synthesizer, context: RenderContext) -> Voice:
    """The voice, or, where its file gives no gain, one whose gain was measured once on the phrases of its language."""
    if voice.gain_db is not None:
        return voice
    from podcaster.render.pipeline.speech.loudness_calibration import gain_of  # noqa: PLC0415 # numpy: voices that come with podcaster have been measured

    return replace(voice, gain_db=gain_of(voice, synthesizer, context))
