"""Editors' own recordings: read, brought to the show's loudness, cut into lines, kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import structlog

from podcaster.errors import Conflict, EngineFailed, InputRefused
from podcaster.model import LineKind
from podcaster.ports import BlobStore, LineEditor
from podcaster.proofing.recognizer import Recognizer
from podcaster.proofing.recording_alignment import line_gaps
from podcaster.render.pipeline.speech import own_recordings
from podcaster.script.writing import OWN_LINES
from podcaster.units import ArticleId, Decibels, LanguageTag

if TYPE_CHECKING:
    from podcaster.proofing.recording_alignment import Gap
    from podcaster.speech.synthesizer import Speech

log = structlog.get_logger()
_AT_LEAST_S: Final = 60.0
_SLOWER: Final = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Fills `ports.RecordingDesk`."""

    lines: LineEditor
    blobs: BlobStore
    decoded: Callable[[bytes, float], "Speech"]
    """The samples of an uploaded file, up to a length in seconds; raises InputRefused."""
    encoder_db: Callable[[], Decibels]
    recognizer: Callable[[], Recognizer | None]
    """Hears where the lines of a whole recording meet; None: they are cut by their shares."""
    whole: Lock = field(default_factory=Lock)
    """Held while a whole report is read, whose samples take much memory."""

    def record_line(
        self, article: ArticleId, language: LanguageTag, index: int, sound: bytes, *, editor: str
    ) -> Sequence[int]:
        """Keep a recording of one line."""
        script = self.lines.script(article, language)
        lines = [line for line in script["lines"] if line["index"] == index]
        key = own_recordings.keep(self.blobs, self._normalised(sound, _longest_s(lines)))
        return self.lines.record(article, language, {index: key}, editor=editor)

    def record_episode(self, article: ArticleId, language: LanguageTag, sound: bytes, *, editor: str) -> Sequence[int]:
        """Keep a recording of the whole report, line by line."""
        if not self.whole.acquire(blocking=False):
            raise Conflict("Another whole recording is being read.", "Send it again in a minute.")
        try:
            return self._record_episode(article, language, sound, editor=editor)
        finally:
            self.whole.release()

    def _record_episode(self, article: ArticleId, language: LanguageTag, sound: bytes, *, editor: str) -> Sequence[int]:
        from podcaster.audio.own_recording import cut_at_gaps  # noqa: PLC0415 # numpy

        script = self.lines.script(article, language)
        lines = [line for line in script["lines"] if LineKind(line["kind"]) not in OWN_LINES]
        if not lines:
            raise InputRefused("The script has no line to record.", "Render the report first.")
        speech = self._normalised(sound, _longest_s(lines))
        cuts = cut_at_gaps(speech, [_length(line) for line in lines], self._gaps(speech, lines, language))
        keys = {line["index"]: own_recordings.keep(self.blobs, cut) for line, cut in zip(lines, cuts, strict=True)}
        return self.lines.record(article, language, keys, editor=editor)

    def _gaps(
        self, speech: "Speech", lines: Sequence[Mapping[str, Any]], language: LanguageTag
    ) -> "Sequence[Gap | None]":
        """Gaps between the lines, as far as a recognizer understands them; it costs no recording if it fails."""
        unknown = [None] * (len(lines) - 1)
        recognizer = self.recognizer()
        if recognizer is None or not recognizer.recognizes(language):
            return unknown
        try:
            return line_gaps(speech, [str(line["spoken"]) for line in lines], language, recognizer)
        except EngineFailed as failure:
            log.warning("a recording is cut by shares", reason=failure.what)
            return unknown

    def drop(self, article: ArticleId, language: LanguageTag, index: int | None, *, editor: str) -> Sequence[int]:
        """Let the voice say a line again, or every line."""
        script = self.lines.script(article, language)
        recorded = [line["index"] for line in script["lines"] if line.get("wording", {}).get("recorded")]
        wanted = recorded if index is None else [index]
        return self.lines.record(article, language, dict.fromkeys(wanted), editor=editor)

    def _normalised(self, sound: bytes, longest_s: float) -> "Speech":
        from podcaster.audio.own_recording import normalised  # noqa: PLC0415 # numpy

        return normalised(self.decoded(sound, longest_s), encoder_db=self.encoder_db())


def _longest_s(lines: Sequence[Mapping[str, Any]]) -> float:
    """Longest recording of these lines: half as long again as what is heard now, and a minute."""
    return _AT_LEAST_S + _SLOWER * sum(float(line["end"]) - float(line["start"]) for line in lines)


def _length(line: Mapping[str, Any]) -> int:
    """Letters that are said: what a line's share of a recording goes by."""
    return max(sum(sign.isalnum() for sign in str(line["spoken"])), 1)
