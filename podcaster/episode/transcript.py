"""A transcript in the four forms that podcast apps read (`podcast:transcript`): WebVTT, SRT, JSON and HTML.

A cue is a whole sentence, whose times are always known; apps wrap it themselves. In the JSON form, which programs read, a
sentence has its words' times as well, where the engine gave them.
"""

from collections.abc import Iterator, Sequence
from html import escape

from podcaster.article.text import one_line
from podcaster.episode import json_document
from podcaster.episode.timings import clock_time, seconds
from podcaster.episode.words import timed_words
from podcaster.model import Cue
from podcaster.units import LanguageTag, Milliseconds


def vtt(cues: Sequence[Cue], language: LanguageTag) -> bytes:
    """WebVTT (W3C WebVTT §4.1); each cue's identifier is its number, from 1.

    The language stands in the free text behind `WEBVTT`, the one place that the syntax has for it.
    """
    blocks = [f"WEBVTT Language: {language}\n"]
    blocks += [
        f"{number}\n{_stamp(cue.start_ms, '.')} --> {_stamp(cue.end_ms, '.')}\n{escape(text, quote=False)}\n"
        for number, cue, text in _shown(cues)
    ]
    return "\n".join(blocks).encode()


def srt(cues: Sequence[Cue]) -> bytes:
    """SubRip, UTF-8; an arrow within the text is written so that no parser takes it for a time line."""
    blocks = [
        f"{number}\n{_stamp(cue.start_ms, ',')} --> {_stamp(cue.end_ms, ',')}\n{text.replace('-->', '→')}\n"
        for number, cue, text in _shown(cues)
    ]
    return "\n".join(blocks).encode()


def transcript_json(cues: Sequence[Cue], *, speaker: str | None = None) -> bytes:
    """The podcast namespace's JSON transcript, version 1.0.0; times in seconds.

    `words` of a segment is our own: parts of its body in order, each with a `startTime`, an `endTime` and a `body`. It is left
    out where the words' times are not known.
    """
    said_by = {"speaker": one_line(speaker)} if speaker else {}
    segments = (
        {
            **said_by,
            **_segment(cue, text),
            **(
                {"words": timed_words(cue.words, start="startTime", end="endTime", text="body")}
                if cue.words.texts
                else {}
            ),
        }
        for _, cue, text in _shown(cues)
    )
    return json_document.encode({"version": "1.0.0", "segments": segments})


def transcript_html(cues: Sequence[Cue], language: LanguageTag, *, title: str) -> bytes:
    """An HTML page of `time` and `p` elements, as the podcast namespace's HTML transcript asks."""
    name = escape(one_line(title), quote=False)
    said = (
        f'<time datetime="PT{seconds(cue.start_ms)}S">{clock_time(cue.start_ms)}</time>\n'
        f'<p dir="auto">{escape(text, quote=False)}</p>\n'
        for _, cue, text in _shown(cues)
    )
    return "".join(
        (
            f'<!doctype html>\n<html lang="{escape(language)}">\n',
            f'<head>\n<meta charset="utf-8">\n<title>{name}</title>\n</head>\n<body>\n<h1 dir="auto">{name}</h1>\n',
            *said,
            "</body>\n</html>\n",
        )
    ).encode()


def _segment(cue: Cue, body: str) -> dict[str, object]:
    return {"startTime": seconds(cue.start_ms), "endTime": seconds(cue.end_ms), "body": body}


def _shown(cues: Sequence[Cue]) -> Iterator[tuple[int, Cue, str]]:
    """Cues with their numbers and texts; those with nothing to show are left out, as no format has empty ones."""
    texts = ((number, cue, one_line(cue.text)) for number, cue in enumerate(cues, start=1))
    return ((number, cue, text) for number, cue, text in texts if text)


def _stamp(time_ms: Milliseconds, point: str) -> str:
    whole_seconds, millisecond = divmod(time_ms, 1000)
    minutes, second = divmod(whole_seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{millisecond:03}"
