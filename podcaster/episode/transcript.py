"""Transcripts in the formats of `podcast:transcript`: WebVTT, SRT, JSON and HTML.

WebVTT and SRT break a sentence into captions; JSON and HTML keep it whole. JSON adds the words' times if the engine reports them.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from podcaster.article.text import one_line
from podcaster.episode import json_document
from podcaster.episode.captions import captions
from podcaster.episode.timings import clock_time, seconds
from podcaster.episode.word_times import timed_words
from podcaster.model import Cue
from podcaster.script.wording import ALIGNED, SHARED
from podcaster.units import LanguageTag, Milliseconds

_TIMINGS: Final = {
    ALIGNED: "timed by aligning its words",
    SHARED: "timed by each part's share of its length",
}


def vtt(cues: Sequence[Cue], language: LanguageTag, *, speaker: str | None = None) -> bytes:
    """A WebVTT file (W3C WebVTT §4.1); a cue's identifier is its sentence's number, from 1, and `-2`, `-3` … go on.

    The language goes into the header text after `WEBVTT`, the only place for it in the syntax. A note says where times
    inside sentences are estimated by length. `speaker` is the voice span (`<v>`) of each cue.
    """
    said_by = f"<v {escape(one_line(speaker), quote=False)}>" if speaker else ""
    shown = [(number, captions(cue)) for number, cue in enumerate(cues, start=1)]
    blocks = [f"WEBVTT Language: {language}\n"]
    if any(caption.estimated for _, parts in shown for caption in parts):
        blocks.append("NOTE Sentences are timed exactly; where one is broken, the times inside it follow its length.\n")
    blocks += _notes(cues)
    blocks += [
        f"{number}{f'-{part}' if part > 1 else ''}\n"
        f"{_stamp(caption.start_ms, '.')} --> {_stamp(caption.end_ms, '.')}\n"
        f"{said_by}{escape(caption.text, quote=False)}\n"
        for number, parts in shown
        for part, caption in enumerate(parts, start=1)
    ]
    return "\n".join(blocks).encode()


def srt(cues: Sequence[Cue]) -> bytes:
    """A SubRip file in UTF-8; `-->` within a text becomes `→`, so that no parser takes it for a time line."""
    shown = (caption for cue in cues for caption in captions(cue))
    blocks = [
        f"{number}\n{_stamp(caption.start_ms, ',')} --> {_stamp(caption.end_ms, ',')}\n"
        f"{caption.text.replace('-->', '→')}\n"
        for number, caption in enumerate(shown, start=1)
    ]
    return "\n".join(blocks).encode()


def transcript_json(cues: Sequence[Cue]) -> bytes:
    """A JSON transcript of the podcast namespace, version 1.0.0; times in seconds.

    A segment's `words` are an extension: parts of its body in order, each with `startTime`, `endTime` and `body`. They are
    left out if the words' times are unknown. So is `timing`: how an editor's own recording was timed, `alignment` or `share`.
    """
    segments = (
        {
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


def _notes(cues: Sequence[Cue]) -> Iterator[str]:
    """A note for each way in which an editor's own recordings were timed."""
    for timing, how in _TIMINGS.items():
        numbers = [str(number) for number, cue in enumerate(cues, start=1) if cue.timing == timing]
        if numbers:
            yield f"NOTE An editor's own recording, {how}: {', '.join(numbers)}.\n"


def _segment(cue: Cue, body: str) -> dict[str, object]:
    timing = {"timing": cue.timing} if cue.timing else {}
    return {"startTime": seconds(cue.start_ms), "endTime": seconds(cue.end_ms), **timing, "body": body}


def _shown(cues: Sequence[Cue]) -> Iterator[tuple[int, Cue, str]]:
    """Cues with their numbers and texts, without empty ones, which no format allows."""
    texts = ((number, cue, one_line(cue.text)) for number, cue in enumerate(cues, start=1))
    return ((number, cue, text) for number, cue, text in texts if text)


def _stamp(time_ms: Milliseconds, point: str) -> str:
    whole_seconds, millisecond = divmod(time_ms, 1000)
    minutes, second = divmod(whole_seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{millisecond:03}"
