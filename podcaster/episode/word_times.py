"""Word times of a line: the engine's onsets in the spoken form, mapped to the text that is shown.

Where the two differ (`1.5%`, `one point five per cent`), the shown text lasts as long as its spoken form. A word
without an onset joins the word before it. So no time is guessed and no word is lost.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from podcaster.model import SpokenWord, TimedWords
from podcaster.units import Milliseconds

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and ideographs
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}][^\s{_UNSPACED}]*|[^\s{_UNSPACED}]+")
"""A token of a script without spaces is one letter, with the punctuation after it."""


_KEPT = 4096
"""Lines cached, about 8 MB: a re-rendered report usually has one new line."""


def word_cues(
    text: str, spoken: str, words: Sequence[SpokenWord], *, clip_start_ms: Milliseconds, end_ms: Milliseconds
) -> TimedWords:
    """Parts of a line's text with the time at which each is heard.

    Empty if the engine gave no onsets, or the line has only one word.

    Args:
        text: The text shown, as one clean line.
        spoken: The text given to the voice.
        words: Onsets in `spoken`, relative to the clip.
        clip_start_ms: Start of the clip in the episode.
        end_ms: End of the clip's voice in the episode.
    """
    texts, onsets = _timed_parts(text, spoken, tuple(words))
    if len(texts) < 2:  # noqa: PLR2004 # a whole line is a cue already
        return TimedWords()
    times = [Milliseconds(clip_start_ms + onset) for onset in onsets]
    return TimedWords(texts=texts, times_ms=(*times, max(times[-1], end_ms)))


def timed_words(words: TimedWords, *, start: str, end: str, text: str) -> list[dict[str, object]]:
    """Timed words as JSON objects with the given names; times in seconds."""
    times = [time_ms / 1000 for time_ms in words.times_ms]
    return [
        {start: begins, end: ends, text: shown}
        for begins, ends, shown in zip(times, times[1:], words.texts, strict=False)
    ]


@lru_cache(_KEPT)
def _timed_parts(
    text: str, spoken: str, words: tuple[SpokenWord, ...]
) -> tuple[tuple[str, ...], tuple[Milliseconds, ...]]:
    """Parts of the shown text, and the onset of each, relative to the clip.

    Parts without an onset later than the previous one are merged into it. The first part starts the text.
    """
    joined: list[tuple[int, Milliseconds]] = []
    for start, onset in _part_onsets(text, spoken, words):
        if onset is not None and (not joined or onset > joined[-1][1]):
            joined.append((start if joined else 0, onset))
    starts = [start for start, _ in joined]
    ends = [*starts, len(text)][1:]
    texts = tuple(text[start:end].strip() for start, end in zip(starts, ends, strict=True))
    return texts, tuple(onset for _, onset in joined)


def _part_onsets(text: str, spoken: str, words: Sequence[SpokenWord]) -> Iterator[tuple[int, Milliseconds | None]]:
    shown, said = tokens(text), tokens(spoken)
    onsets = _onsets(said, words)
    for tag, first, behind, said_first, said_behind in _aligned(shown, said):
        if tag == "equal":
            yield from zip(
                (token.start() for token in shown[first:behind]), onsets[said_first:said_behind], strict=True
            )
        elif first < behind:
            onset = next((each for each in onsets[said_first:said_behind] if each is not None), None)
            yield shown[first].start(), onset


def _aligned(shown: Sequence[re.Match[str]], said: Sequence[re.Match[str]]) -> Sequence[tuple[str, int, int, int, int]]:
    """`difflib` opcodes that align both token lists, with a shortcut for lines spoken as written."""
    if [token[0] for token in shown] == [token[0] for token in said]:
        return [("equal", 0, len(shown), 0, len(said))]
    ours, theirs = [_letters(token) for token in shown], [_letters(token) for token in said]
    return SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()


def _onsets(said: Sequence[re.Match[str]], words: Sequence[SpokenWord]) -> Sequence[Milliseconds | None]:
    """First onset of each token; an engine speaks a number as several words."""
    onsets: list[Milliseconds | None] = [None] * len(said)
    starts = [token.start() for token in said]
    for word in words:
        token = bisect_right(starts, word.place) - 1
        if token >= 0 and onsets[token] is None:
            onsets[token] = word.start_ms
    return onsets


def tokens(text: str) -> Sequence[re.Match[str]]:
    """A text's words with the punctuation after them; in a script without spaces, its letters."""
    return list(_TOKEN.finditer(text))


def _letters(token: re.Match[str]) -> str:
    return "".join(sign for sign in token[0].casefold() if sign.isalnum()) or token[0]
