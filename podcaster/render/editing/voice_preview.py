"""A voice heard before a report is given to it."""

from collections.abc import Iterator

from podcaster.audio.recording import make_clip
from podcaster.audio.splicing import Frames, info_frame, splice
from podcaster.audio.stored_clips import content_key
from podcaster.errors import NoVoice
from podcaster.model import Voice
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.speech.loudness_calibration import gain_of, texts
from podcaster.speech.speaking import speak_line
from podcaster.units import Milliseconds

_PAUSE_MS = Milliseconds(450)


def voice_preview(voice: Voice, context: RenderContext) -> Iterator[Frames]:
    """An MP3 file in which a voice says what podcaster itself says in its language, as loud as in an episode.

    Raises:
        NoVoice: its engine is not here, or does not have it.
        EngineFailed: the engine failed more often than it may; nothing has been yielded.
    """
    synthesizer = context.synthesizers.get(voice.engine)
    if synthesizer is None or not synthesizer.has(voice):
        raise NoVoice(
            f"{voice.name} cannot speak here; it is for {voice.engine}.",
            "`podcaster voices list` shows the voices that can.",
        )
    gain = gain_of(voice, synthesizer, context) if voice.gain_db is None else voice.gain_db
    takes = [
        make_clip(
            content_key(voice_preview=voice.name, spoken=text),
            speak_line(text, voice, synthesizer),
            gain_db=gain,
            pause_ms=_PAUSE_MS,
            encoder=context.encoder,
        )
        for text in texts(context, voice)
    ]
    frames = {clip.key: encoded for clip, encoded in takes}
    yield info_frame(sum(clip.frames for clip, _ in takes))
    yield from splice([clip for clip, _ in takes], frames.__getitem__)
