"""The folder that `podcaster render --out` writes: an episode's folder is swapped whole."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcaster.units import ArticleId, LanguageTag

AUDIO, EPISODE = "episode.mp3", "episode.json"
_WRITTEN_AT_A_TIME = 1 << 20
"""Bytes of audio: a file grows faster in large pieces, and a clip is a small one."""


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """One folder of episodes and their feeds."""

    out: Path

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

    def put_feed(self, language: LanguageTag, render: Callable[[Sequence[bytes]], bytes]) -> Path | None:
        """Write the feed of every episode in the folder, rendered from their records; None if there are none."""
        records = [file.read_bytes() for file in sorted(self.out.glob(f"[!.]*/{language}/{EPISODE}"))]
        if not records:
            return None
        file = self.out / "feeds" / f"{language}.xml"
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        beside.write_bytes(render(records))
        beside.replace(file)
        return file
