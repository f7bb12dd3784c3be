"""Editors' own recordings of lines, kept by the hash of their samples."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from podcaster.errors import EngineFailed
from podcaster.model import Check, Clip, Line, Wording
from podcaster.ports import BlobStore
from podcaster.proofing.recognizer import Recognizer
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.script.wording import ALIGNED, SHARED, TIMING
from podcaster.units import ContentKey, LanguageTag

if TYPE_CHECKING:
    from podcaster.speech.synthesizer import Speech

log = structlog.get_logger()
_PREFIX = "recordings/"


def keep(blobs: BlobStore, speech: "Speech") -> ContentKey:
    """Keep a recording at the show's rate; its key."""
    body = speech.samples.tobytes()
    key = ContentKey(hashlib.sha256(body).hexdigest())
    blobs.put(_name(key), body)
    return key


def recall(blobs: BlobStore, key: ContentKey) -> "Speech":
    """A kept recording.

    Raises:
        BlobMissing: it is gone.
    """
    import numpy as np  # noqa: PLC0415 # a render that makes nothing new needs none

    from podcaster.audio.encoder import SAMPLE_RATE  # noqa: PLC0415 # the same
    from podcaster.speech.synthesizer import Speech  # noqa: PLC0415 # the same

    return Speech(samples=np.frombuffer(blobs.get(_name(key)), dtype=np.int16), rate=SAMPLE_RATE)


def sound(line: Line, language: LanguageTag, context: RenderContext) -> "Speech":
    """The recording of a line, with the onsets of its words where a recognizer understands it; one that fails costs no line.

    Raises:
        BlobMissing: it is gone.
    """
    from podcaster.proofing.recording_alignment import word_onsets  # noqa: PLC0415 # as above

    speech = recall(context.blobs, line.recording or ContentKey(""))
    recognizer = _recognizer(language, context)
    if recognizer is None:
        return speech
    try:
        return replace(speech, words=word_onsets(speech, line.spoken, language, recognizer))
    except EngineFailed as failure:
        log.warning("a recording has no word times", line=line.index, reason=failure.what)
        return speech


def key_fields(line: Line, language: LanguageTag, context: RenderContext) -> dict[str, str]:
    """Key fields of a recording's clip whose words a recognizer times."""
    recognizer = _recognizer(language, context)
    return {} if recognizer is None else {"spoken": line.spoken, "aligned_by": recognizer.version}


def _recognizer(language: LanguageTag, context: RenderContext) -> Recognizer | None:
    """The recognizer that hears the language here, if any."""
    found = context.proofreader.recognizer if context.proofreader else None
    return found if found and found.recognizes(language) else None


def timed(line: Line, clip: Clip) -> Line:
    """A recorded line that says how the times inside it were found: by alignment, or by each part's share of its length."""
    if line.recording is None:
        return line
    others = tuple(check for check in line.checks if check.name != TIMING)
    return replace(line, checks=(*others, Check(name=TIMING, passed=True, detail=ALIGNED if clip.words else SHARED)))


def present(wordings: Mapping[str, Wording], blobs: BlobStore) -> Mapping[str, Wording]:
    """Wordings without recordings that are gone, as those of a report that was removed long ago and came back."""
    return {
        source: replace(each, recording=None)
        if each.recording is not None and blobs.size(_name(each.recording)) is None
        else each
        for source, each in wordings.items()
    }


def _name(key: ContentKey) -> str:
    return f"{_PREFIX}{key[:2]}/{key}.pcm"
