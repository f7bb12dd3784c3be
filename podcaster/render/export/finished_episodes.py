"""Finished episodes with their scripts, from a folder that a render wrote or from the library."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from podcaster.errors import EpisodeUnknown, SourceNotFound
from podcaster.feed.addresses import EpisodeFileKind
from podcaster.ports import BlobStore, Library
from podcaster.render.pipeline.episode_builder import SCRIPT
from podcaster.units import ArticleId, LanguageTag

_AUDIO, _SCRIPT = "episode.mp3", "script.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedEpisode:
    """An episode's audio and what is said in it."""

    name: str
    """Its folder, or its report."""
    language: LanguageTag
    script: Mapping[str, Any]
    """script.json."""
    audio: Callable[[], bytes]
    """Reads the MP3 file."""


def episodes_in(folder: Path, languages: Collection[LanguageTag] = ()) -> Iterator[FinishedEpisode]:
    """The episodes in a folder and below it, in these languages; in all where none is named.

    Raises:
        SourceNotFound: there is none.
    """
    found = False
    for file in sorted(folder.rglob(_SCRIPT)):
        audio = file.with_name(_AUDIO)
        script = _read(file)
        if audio.is_file() and (not languages or script["language"] in languages):
            found = True
            yield FinishedEpisode(
                name=str(file.parent), language=LanguageTag(script["language"]), script=script, audio=audio.read_bytes
            )
    if not found:
        raise SourceNotFound(
            f"There is no {_AUDIO} with a {_SCRIPT} in {folder}.", "Name a folder that `podcaster render` wrote."
        )


def episodes_of(
    article: ArticleId, library: Library, blobs: BlobStore, languages: Collection[LanguageTag] = ()
) -> Iterator[FinishedEpisode]:
    """The published episodes of a report, in these languages; in all where none is named.

    Raises:
        EpisodeUnknown: there is none.
    """
    found = False
    for published in library.episodes(article=article):
        episode = published.episode
        if languages and episode.language not in languages:
            continue
        found = True
        stem = f"media/{episode.article}/{episode.language}/{episode.revision}"
        name = f"{stem}{EpisodeFileKind.AUDIO}"
        yield FinishedEpisode(
            name=f"{episode.article}, {episode.language}",
            language=episode.language,
            script=json.loads(blobs.get(f"{stem}{SCRIPT}")),
            audio=lambda name=name: blobs.get(name),  # type: ignore[misc] # the name of this turn
        )
    if not found:
        raise EpisodeUnknown(
            f"{article} has no published episode here.", "`podcaster articles list` shows what there is."
        )


def _read(file: Path) -> dict[str, Any]:
    try:
        script = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(script, dict) and {"language", "lines"} <= script.keys():
            return script
    except (OSError, ValueError) as error:
        raise SourceNotFound(f"{file} cannot be read: {error}.", "Render the report again.") from error
    raise SourceNotFound(f"{file} is not a script.", "Render the report again.")
