"""Where episodes, their files, pages and feeds are reached."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self
from urllib.parse import quote

from podcaster.model import Episode


class EpisodeFile(StrEnum):
    """The files of an episode that others fetch; the value is the ending that each has at its address."""

    AUDIO = ".mp3"
    AAC = ".m4a"
    OPUS = ".opus"
    VTT = ".vtt"
    SRT = ".srt"
    TRANSCRIPT = ".json"
    HTML = ".html"
    CHAPTERS = ".chapters.json"

    @property
    def media_type(self) -> str:
        """What the file is served as and what a feed says that it is."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final[Mapping[EpisodeFile, str]] = {
    EpisodeFile.AUDIO: "audio/mpeg",
    EpisodeFile.AAC: "audio/mp4",
    EpisodeFile.OPUS: "audio/ogg",
    EpisodeFile.VTT: "text/vtt",
    EpisodeFile.SRT: "application/x-subrip",
    EpisodeFile.TRANSCRIPT: "application/json",
    EpisodeFile.HTML: "text/html",
    EpisodeFile.CHAPTERS: "application/json+chapters",
}
_SERVED: Final[Mapping[EpisodeFile, str]] = {
    file: f"/media/{{article}}/{{language}}/{{revision}}{file}" for file in EpisodeFile
}
_IN_FOLDER: Final[Mapping[EpisodeFile, str]] = {
    EpisodeFile.AUDIO: "/{article}/{language}/episode.mp3",
    EpisodeFile.AAC: "/{article}/{language}/episode.m4a",
    EpisodeFile.OPUS: "/{article}/{language}/episode.opus",
    EpisodeFile.VTT: "/{article}/{language}/transcript.vtt",
    EpisodeFile.SRT: "/{article}/{language}/transcript.srt",
    EpisodeFile.TRANSCRIPT: "/{article}/{language}/transcript.json",
    EpisodeFile.CHAPTERS: "/{article}/{language}/chapters.json",
}

PAGE_OF: Final = re.compile(r"(.+)/archive/([1-9][0-9]{0,8})", re.ASCII)
"""Name of a page of a feed's archive: the feed's, and a number. No topic and no author has an address with two parts behind it."""


def page_name(feed: str, number: int) -> str:
    """`es/china/archive/3`."""
    return f"{feed}/archive/{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Absolute URLs below one base; paths are patterns over an episode's `article`, `language` and `revision`."""

    base_url: str
    """Without a slash at the end."""
    files: Mapping[EpisodeFile, str] = field(hash=False)
    """Files that are not in it are not offered."""
    page_path: str | None
    """Of an episode's page; None: there are no pages."""
    statistics_prefix: str = ""
    """What counts downloads and leads on to the file, as `https://op3.dev/e`, without a slash at the end; empty: nothing."""
    guids_below: str = ""
    """The base of before a move, of which the feeds' guids are made; empty: they are made of the addresses that they have."""

    @classmethod
    def served(cls, base_url: str, *, statistics_prefix: str = "", guids_below: str = "") -> Self:
        """The service's own addresses, in which a file's never stands for other bytes."""
        return cls(
            base_url=base_url.rstrip("/"),
            files=MappingProxyType(_SERVED),
            page_path="/episodes/{article}/{language}",
            statistics_prefix=statistics_prefix.rstrip("/"),
            guids_below=guids_below.rstrip("/"),
        )

    @classmethod
    def folder(cls, base_url: str) -> Self:
        """The layout of the folder that `podcaster render --out` writes, as it is reached at `base_url`."""
        return cls(base_url=base_url.rstrip("/"), files=MappingProxyType(_IN_FOLDER), page_path=None)

    def file(self, episode: Episode, file: EpisodeFile) -> str | None:
        """Where one of an episode's files is reached; None where it is not offered."""
        return self._filled(self.files.get(file), episode)

    def audio(self, episode: Episode) -> str:
        """Where the MP3 file is reached."""
        return self.base_url + self.files[EpisodeFile.AUDIO].format(**_names(episode))

    def enclosure(self, episode: Episode) -> str:
        """The MP3 file behind the statistics prefix, whose services take an https address without its scheme."""
        audio = self.audio(episode)
        return f"{self.statistics_prefix}/{audio.removeprefix('https://')}" if self.statistics_prefix else audio

    def page(self, episode: Episode) -> str | None:
        """The episode's page; None where there are no pages."""
        return self._filled(self.page_path, episode)

    def feed(self, name: str) -> str:
        """A feed by its name: `es`, `es/china`."""
        return f"{self.base_url}/feeds/{quote(name)}.xml"

    def first_feed(self, name: str) -> str:
        """Where a feed was, or would have been, when the show got its guids: it keeps them when it moves."""
        return f"{self.guids_below or self.base_url}/feeds/{quote(name)}.xml"

    @property
    def site(self) -> str:
        """The page that leads to everything."""
        return f"{self.base_url}/"

    def _filled(self, path: str | None, episode: Episode) -> str | None:
        return None if path is None else self.base_url + path.format(**_names(episode))


def _names(episode: Episode) -> dict[str, str]:
    return {"article": quote(episode.article), "language": quote(episode.language), "revision": episode.revision}
