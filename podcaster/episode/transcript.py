"""Transcripts in the formats of `podcast:transcript`: WebVTT, SRT, JSON and HTML.

A cue is a whole sentence; apps wrap it themselves. The JSON format adds the words' times if the engine reports them.
"""

from collections.abc import Iterator, Sequence
from html import escape

from podcaster.article.text import one_line
from podcaster.episode import json_document
from podcaster.episode.timings import clock_time, seconds
from podcaster.episode.word_times import timed_words
from podcaster.model import Cue
from podcaster.units import LanguageTag, Milliseconds


def vtt(cues: Sequence[Cue], language: LanguageTag) -> bytes:
    """A WebVTT file (W3C WebVTT §4.1); each cue's identifier is its number, from 1.

    The language goes into the header text after `WEBVTT`, the only place for it in the syntax.
    """
    blocks = [f"WEBVTT Language: {language}\n"]
    blocks += [
        f"{number}\n{_stamp(cue.start_ms, '.')} --> {_stamp(cue.end_ms, '.')}\n{escape(text, quote=False)}\n"
        for number, cue, text in _shown(cues)
    ]
    return "\n".join(blocks).encode()


def srt(cues: Sequence[Cue]) -> bytes:
    """A SubRip file in UTF-8; `-->` within a text becomes `→`, so that no parser takes it for a time line."""
    blocks = [
        f"{number}\n{_stamp(cue.start_ms, ',')} --> {_stamp(cue.end_ms, ',')}\n{text.replace('-->', '→')}\n"
        for number, cue, text in _shown(cues)
    ]
    return "\n".join(blocks).encode()


def transcript_json(cues: Sequence[Cue], *, speaker: str | None = None) -> bytes:
    """A JSON transcript of the podcast namespace, version 1.0.0; times in seconds.

    A segment's `words` are an extension: parts of its body in order, each with `startTime`, `endTime` and `body`. They are
    left out if the words' times are unknown.
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
    """An HTML page of `time` and `p` elements, as the podcast namespace describes it."""
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
    """Cues with their numbers and texts, without empty ones, which no format allows."""
    texts = ((number, cue, one_line(cue.text)) for number, cue in enumerate(cues, start=1))
    return ((number, cue, text) for number, cue, text in texts if text)


def _stamp(time_ms: Milliseconds, point: str) -> str:
    whole_seconds, millisecond = divmod(time_ms, 1000)
    minutes, second = divmod(whole_seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{millisecond:03}"
