"""FFmpeg's codecs in process, by PyAV, as a Transcoder; tags by mutagen."""

from __future__ import annotations

import base64
import io
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Literal

import av
from mutagen.flac import Picture
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.tags import AI_CONTENT_FIELD, SOURCE_TYPE_FIELD
from podcaster.errors import EngineFailed
from podcaster.model import AudioFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from podcaster.audio.splicing import Frames
    from podcaster.audio.tags import EpisodeTags

_BIT_RATES: Final[Mapping[AudioFormat, int]] = {AudioFormat.AAC: 56_000, AudioFormat.OPUS: 32_000}
"""Bits a second, one channel of speech."""
_CODECS: Final[Mapping[AudioFormat, Literal["aac", "libopus"]]] = {AudioFormat.AAC: "aac", AudioFormat.OPUS: "libopus"}
_CONTAINERS: Final[Mapping[AudioFormat, str]] = {AudioFormat.AAC: "ipod", AudioFormat.OPUS: "ogg"}
_OPTIONS: Final[Mapping[AudioFormat, dict[str, str]]] = {
    AudioFormat.AAC: {"movflags": "+faststart", "fflags": "+bitexact"},
    AudioFormat.OPUS: {"fflags": "+bitexact"},
}
"""The index in front, so that players need not wait for the end; no times of encoding and no random serial numbers."""
_MILLISECONDS = Fraction(1, 1000)
_FRONT_COVER = 3


class FfmpegTranscoder:
    """Fills `audio.transcoder.Transcoder`."""

    @property
    def version(self) -> str:
        """PyAV bundles FFmpeg, so its version stands for both."""
        return f"av-{version('av')}"

    def transcode(self, frames: Iterable[Frames], form: AudioFormat, tags: EpisodeTags) -> bytes:
        """By way of a file: an index can only be put in front of what can be read again."""
        with TemporaryDirectory() as folder:
            file = Path(folder, f"episode{form}")
            try:
                _encode(io.BytesIO(b"".join(frames)), file, form, tags)
            except (av.FFmpegError, ValueError) as error:
                raise EngineFailed(
                    f"FFmpeg cannot make the {form} file: {error}.",
                    "Take it out of PODCASTER_FORMATS, or reinstall av.",
                ) from error
            _TAGGERS[form](file, tags)
            return file.read_bytes()


def _encode(mp3: io.BytesIO, file: Path, form: AudioFormat, tags: EpisodeTags) -> None:
    with (
        av.open(mp3, "r", format="mp3") as source,
        av.open(str(file), "w", format=_CONTAINERS[form], options=_OPTIONS[form]) as made,
    ):
        stream = made.add_stream(_CODECS[form], rate=SAMPLE_RATE, layout="mono", bit_rate=_BIT_RATES[form])
        stream.metadata["language"] = tags.language
        if form is AudioFormat.AAC:
            made.set_chapters(_chapters(tags))
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=SAMPLE_RATE)
        place = 0
        for decoded in source.decode(audio=0):
            for frame in resampler.resample(decoded):
                # Counted in samples: from a clock that rounds, a container could not tell how much the encoder put in front.
                frame.pts, frame.time_base = place, Fraction(1, SAMPLE_RATE)
                place += frame.samples
                made.mux(stream.encode(frame))
        made.mux(stream.encode(None))


def _chapters(tags: EpisodeTags) -> list[Any]:
    return [
        {
            "id": number,
            "start": chapter.start_ms,
            "end": chapter.end_ms,
            "time_base": _MILLISECONDS,
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(tags.chapters, start=1)
    ]


def _tag_mp4(file: Path, tags: EpisodeTags) -> None:
    """As iTunes has it, since there is no standard."""
    made = MP4(file)
    texts = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9day": f"{tags.published:%Y-%m-%d}",
        "\xa9gen": "Podcast",
        "\xa9lyr": "\n".join(tags.lyrics),
        "\xa9cmt": tags.link or "",
        "desc": tags.notice,
    }
    for name, text in texts.items():
        if text:
            made[name] = [text]
    if tags.source_type:
        for name, text in ((SOURCE_TYPE_FIELD, tags.source_type), (AI_CONTENT_FIELD, "true")):
            made[f"----:com.apple.iTunes:{name}"] = [MP4FreeForm(text.encode())]
    if tags.cover:
        form = MP4Cover.FORMAT_PNG if tags.cover_type == "image/png" else MP4Cover.FORMAT_JPEG
        made["covr"] = [MP4Cover(tags.cover, form)]
    made.save(padding=lambda _: 0)


def _tag_opus(file: Path, tags: EpisodeTags) -> None:
    """Vorbis comments (RFC 7845 §5.2), with the fields for chapters that players have agreed on."""
    made = OggOpus(file)
    texts = {
        "TITLE": tags.title,
        "ARTIST": tags.artist,
        "ALBUM": tags.album,
        "DATE": f"{tags.published:%Y-%m-%d}",
        "GENRE": "Podcast",
        "LANGUAGE": tags.language,
        "LYRICS": "\n".join(tags.lyrics),
        "CONTACT": tags.link or "",
        "DESCRIPTION": tags.notice,
        SOURCE_TYPE_FIELD.upper(): tags.source_type,
        AI_CONTENT_FIELD: "true" if tags.source_type else "",
    }
    for name, text in texts.items():
        if text:
            made[name] = [text]
    for number, chapter in enumerate(tags.chapters):
        made[f"CHAPTER{number:03}"] = [_clock(chapter.start_ms)]
        made[f"CHAPTER{number:03}NAME"] = [chapter.title]
    if tags.cover:
        picture = Picture()
        picture.type, picture.mime, picture.data = _FRONT_COVER, tags.cover_type, tags.cover
        made["METADATA_BLOCK_PICTURE"] = [base64.b64encode(picture.write()).decode()]
    made.save(padding=lambda _: 0)


def _clock(time_ms: int) -> str:
    seconds, millisecond = divmod(time_ms, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{millisecond:03}"


_TAGGERS = {AudioFormat.AAC: _tag_mp4, AudioFormat.OPUS: _tag_opus}
