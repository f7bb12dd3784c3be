"""An episode's MP3 file: tag, Info frame, spliced clips; its length is known before its first byte."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from podcaster.audio.encoder import FRAME_BYTES
from podcaster.audio.splicing import Frames, audio_bytes, info_frame, splice
from podcaster.audio.tags import EpisodeTags, id3
from podcaster.model import Clip
from podcaster.units import ContentKey


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFile:
    """A file that is made while it is read."""

    tag: bytes
    clips: Sequence[Clip]

    @classmethod
    def of(cls, clips: Sequence[Clip], tags: EpisodeTags) -> "EpisodeFile":
        """The file of these clips."""
        return cls(tag=id3(tags), clips=clips)

    @property
    def length(self) -> int:
        """Exact number of bytes."""
        return len(self.tag) + FRAME_BYTES + audio_bytes(self.clips)

    def pieces(self, read: Callable[[ContentKey], Frames]) -> Iterator[Frames]:
        """The bytes, in pieces; each clip is read when its turn comes, so that an hour of them need not be held.

        Raises:
            ClipMissing: `read` does not know a clip, or gives another length than the clip has; what came before has been yielded.
        """
        yield self.tag
        yield info_frame(sum(clip.frames for clip in self.clips))
        for clip in self.clips:
            yield from splice([clip], read)
