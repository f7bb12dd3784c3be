"""The port of what makes an episode's audio in another form than MP3."""

from collections.abc import Iterable
from typing import Protocol

from podcaster.audio.splicing import Frames
from podcaster.audio.tags import EpisodeTags
from podcaster.model import AudioFormat


class Transcoder(Protocol):
    """Makes whole files. The promise is tests/contracts/test_transcoder.py.

    Safe to call from several threads at once.
    """

    @property
    def version(self) -> str:
        """Changes whenever the same sound may give other bytes."""

    def transcode(self, frames: Iterable[Frames], form: AudioFormat, tags: EpisodeTags) -> bytes:
        """A file of these MP3 frames, which stand without a tag and an Info frame; equal arguments give equal bytes.

        Every sample is heard when it is heard in the MP3 file, so times and chapters are the same. The file can be played
        before all of it is there.

        Raises:
            EngineFailed: the frames cannot be decoded, or the form cannot be encoded here.
        """
