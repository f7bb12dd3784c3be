"""The folder that `podcaster render --out` writes: an episode's folder swapped whole, and feeds made only when they change."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcaster.audio.stored import content_key
from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore
from podcaster.render.export.render_cache import CachedRender, RenderCache
from podcaster.units import ArticleId, ContentKey, LanguageTag

AUDIO, EPISODE = "episode.mp3", "episode.json"
_WRITTEN_AT_A_TIME = 1 << 20
"""Bytes of audio: a file grows faster in large pieces, and a clip is a small one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFolder:
    """One folder, and the store that remembers what was written into it and its like."""

    out: Path
    blobs: BlobStore
    shape: str
    """Everything about the show and its addresses that stands in a feed."""

    def put_episode(
        self, article: ArticleId, language: LanguageTag, audio: Iterable[bytes | memoryview], texts: Mapping[str, bytes]
    ) -> None:
        """Write an episode's folder beside, then put it in the place of the old one."""
        folder = self.out / article / language
        beside = folder.with_name(f".{folder.name}.{os.getpid()}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        try:
            with (beside / AUDIO).open("wb", buffering=_WRITTEN_AT_A_TIME) as file:
                file.writelines(audio)
            for name, content in texts.items():
                (beside / name).write_bytes(content)
            old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
            if folder.exists():
                folder.rename(old)
            beside.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def languages(self) -> Sequence[LanguageTag]:
        """Languages of the episodes in the folder, sorted."""
        return sorted({LanguageTag(file.parent.name) for file in self.out.glob(f"[!.]*/[!.]*/{EPISODE}")})

    def put_feed(
        self, language: LanguageTag, others: Sequence[LanguageTag], render: Callable[[Sequence[bytes]], bytes]
    ) -> Path | None:
        """The feed of every episode in the folder, made by `render` of their records; None where there are none.

        `others` are the languages that it recommends.
        """
        records = [file.read_bytes() for file in sorted(self.out.glob(f"[!.]*/{language}/{EPISODE}"))]
        if not records:
            return None
        digests = " ".join(hashlib.sha256(record).hexdigest() for record in records)
        key = content_key(shape=self.shape, language=language, episodes=digests, others=" ".join(others))
        name = f"foldered/{key}"
        try:
            xml = self.blobs.get(name)
        except BlobMissing:
            xml = render(records)
            self.blobs.put(name, xml)
        file = self.out / "feeds" / f"{language}.xml"
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        beside.write_bytes(xml)
        beside.replace(file)
        return file

    def repeat(self, key: ContentKey) -> CachedRender | None:
        """Write once more what the render of this key wrote; None where there was none, or a clip of it is gone."""
        memory = RenderCache(self.blobs)
        render = memory.recall(key)
        if render is None:
            return None
        for episode in render.episodes:
            audio = memory.audio(episode)
            if audio is None:
                return None
            texts = {name: text.encode("utf-8") for name, text in episode.texts.items()}
            self.put_episode(render.article, LanguageTag(episode.language), audio, texts)
        return render
