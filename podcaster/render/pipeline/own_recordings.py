"""Editors' own recordings of lines, kept by the hash of their samples."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from podcaster.model import Wording
from podcaster.ports import BlobStore
from podcaster.units import ContentKey

if TYPE_CHECKING:
    from podcaster.speech.synthesizer import Speech

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
