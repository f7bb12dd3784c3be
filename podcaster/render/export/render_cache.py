"""Caches the output of a whole `podcaster render` by its inputs, so that the same command only copies.

Kept are the texts and the names of the clips; the clips themselves are in the sentence store, once.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from podcaster.audio.splicing import Frames, info_frame, splice
from podcaster.errors import BlobMissing
from podcaster.model import Clip
from podcaster.ports import BlobStore
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.units import ArticleId, ContentKey, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedEpisode:
    """The files of one language."""

    language: LanguageTag
    tag: bytes
    """The tag and the Info frame before the audio."""
    clips: Sequence[ContentKey]
    """In the order in which they are heard."""
    lines: int
    """How many clips are lines rather than jingles."""
    texts: Mapping[str, str]
    """Every other file, by its name in the folder."""
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedRender:
    """An article's folder."""

    article: ArticleId
    episodes: Sequence[CachedEpisode]


@dataclass(frozen=True, slots=True)
class RenderCache:
    """Remembered renders in a blob store."""

    blobs: BlobStore

    def recall(self, key: ContentKey) -> CachedRender | None:
        """The render of this key; None where there was none."""
        try:
            record = json.loads(self.blobs.get(_name(key)))
        except BlobMissing:
            return None
        episodes = [CachedEpisode(**{**each, "tag": base64.b64decode(each["tag"])}) for each in record["episodes"]]
        return CachedRender(article=ArticleId(record["article"]), episodes=episodes)

    def remember(self, key: ContentKey, render: CachedRender) -> None:
        """Keep a render."""
        episodes = [
            {
                "language": each.language,
                "tag": base64.b64encode(each.tag).decode(),
                "clips": list(each.clips),
                "lines": each.lines,
                "texts": dict(each.texts),
                "warnings": list(each.warnings),
            }
            for each in render.episodes
        ]
        record = {"article": render.article, "episodes": episodes}
        self.blobs.put(_name(key), json.dumps(record, ensure_ascii=False).encode())

    def audio(self, episode: CachedEpisode) -> Iterator[Frames] | None:
        """The MP3 file; None where a clip is missing or damaged."""
        clips, frames = SentenceStore(self.blobs).both(episode.clips)
        if len(clips) < len(set(episode.clips)):
            return None
        return _pieces(episode.tag, [clips[key] for key in episode.clips], frames)


def _pieces(tag: bytes, clips: Sequence[Clip], frames: Mapping[ContentKey, memoryview]) -> Iterator[Frames]:
    yield tag
    yield info_frame(sum(clip.frames for clip in clips))
    yield from splice(clips, frames.__getitem__)


def _name(key: ContentKey) -> str:
    return f"renders/{key[:2]}/{key}"
