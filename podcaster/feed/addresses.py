"""URLs of episodes, their files and pages, and of feeds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self
from urllib.parse import quote

from podcaster.feed.section import Section, SectionKind
from podcaster.model import Episode


class EpisodeFileKind(StrEnum):
    """The public files of an episode; each value is the end of the file's URL."""

    AUDIO = ".mp3"
    AAC = ".m4a"
    OPUS = ".opus"
    VTT = ".vtt"
    SRT = ".srt"
    TRANSCRIPT = ".json"
    HTML = ".html"
    CHAPTERS = ".chapters.json"
    PICTURE = ".jpg"
    """The report's own picture, square; only where `Episode.picture` says so."""

    @property
    def media_type(self) -> str:
        """Media type in HTTP headers and feeds."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final[Mapping[EpisodeFileKind, str]] = {
    EpisodeFileKind.AUDIO: "audio/mpeg",
    EpisodeFileKind.AAC: "audio/mp4",
    EpisodeFileKind.OPUS: "audio/ogg",
    EpisodeFileKind.VTT: "text/vtt",
    EpisodeFileKind.SRT: "application/x-subrip",
    EpisodeFileKind.TRANSCRIPT: "application/json",
    EpisodeFileKind.HTML: "text/html",
    EpisodeFileKind.CHAPTERS: "application/json+chapters",
    EpisodeFileKind.PICTURE: "image/jpeg",
}
_SERVED: Final[Mapping[EpisodeFileKind, str]] = {
    file: f"/media/{{article}}/{{language}}/{{revision}}{file}" for file in EpisodeFileKind
}
_IN_FOLDER: Final[Mapping[EpisodeFileKind, str]] = {
    EpisodeFileKind.AUDIO: "/{article}/{language}/episode.mp3",
    EpisodeFileKind.AAC: "/{article}/{language}/episode.m4a",
    EpisodeFileKind.OPUS: "/{article}/{language}/episode.opus",
    EpisodeFileKind.VTT: "/{article}/{language}/transcript.vtt",
    EpisodeFileKind.SRT: "/{article}/{language}/transcript.srt",
    EpisodeFileKind.TRANSCRIPT: "/{article}/{language}/transcript.json",
    EpisodeFileKind.CHAPTERS: "/{article}/{language}/chapters.json",
}

PAGE_OF: Final = re.compile(r"(.+)/archive/([1-9][0-9]{0,8})", re.ASCII)
"""Name of an archive page: the feed's name and a number. No topic or author slug has two parts after it."""


def page_name(feed: str, number: int) -> str:
    """The name of a page of a feed's archive: `es/china/archive/3`."""
    return f"{feed}/archive/{number}"


def files_key(article: str, language: str) -> str:
    """Cache key of an episode's files, every revision of them: what a CDN is told to drop at a takedown."""
    return f"media/{article}/{language}"


def feed_key(name: str) -> str:
    """Cache key of a feed."""
    return f"feeds/{name}"


def takedown_mark(article: str, language: str) -> str:
    """Name of the blob that is there while an episode's files are taken down; deploy/nginx.conf looks for it too."""
    return f"gone/{article}/{language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Absolute URLs under one base; paths are patterns over an episode's `article`, `language` and `revision`."""

    base_url: str
    """Without a trailing slash."""
    files: Mapping[EpisodeFileKind, str] = field(hash=False)
    """Path pattern of each file; files left out are not offered."""
    page_path: str | None
    """Path pattern of an episode's page; None if there are no pages."""
    topic_cover_path: str | None = None
    """Path pattern of a topic's cover over `language` and `topic`; None if none is drawn."""
    statistics_prefix: str = ""
    """Prefix of a download counter that redirects to the file, such as `https://op3.dev/e`, without a trailing slash."""
    former_base_url: str = ""
    """Base URL of before a move, which the feeds' guids keep; empty to use `base_url`."""

    @classmethod
    def served(
        cls, base_url: str, *, statistics_prefix: str = "", former_base_url: str = "", topic_covers: bool = True
    ) -> Self:
        """URLs of the service itself; an episode file's bytes never change under its URL.

        `topic_covers` is whether the service draws them: where the show has a picture of its own, it does not.
        """
        return cls(
            base_url=base_url.rstrip("/"),
            files=MappingProxyType(_SERVED),
            page_path="/episodes/{article}/{language}",
            topic_cover_path="/covers/{language}/{topic}.jpg" if topic_covers else None,
            statistics_prefix=statistics_prefix.rstrip("/"),
            former_base_url=former_base_url.rstrip("/"),
        )

    @classmethod
    def folder(cls, base_url: str) -> Self:
        """URLs of the folder that `podcaster render --out` writes, served at `base_url`."""
        return cls(base_url=base_url.rstrip("/"), files=MappingProxyType(_IN_FOLDER), page_path=None)

    def file(self, episode: Episode, file: EpisodeFileKind) -> str | None:
        """URL of one of an episode's files; None if it is not offered."""
        return self._filled(self.files.get(file), episode)

    def audio(self, episode: Episode) -> str:
        """URL of the MP3 file."""
        return self.base_url + self.files[EpisodeFileKind.AUDIO].format(**_names(episode))

    def enclosure(self, episode: Episode) -> str:
        """URL of the MP3 file after the statistics prefix, whose services expect https URLs without a scheme."""
        audio = self.audio(episode)
        return f"{self.statistics_prefix}/{audio.removeprefix('https://')}" if self.statistics_prefix else audio

    def page(self, episode: Episode) -> str | None:
        """URL of the episode's page; None if there are no pages."""
        return self._filled(self.page_path, episode)

    def topic_cover(self, section: Section) -> str | None:
        """URL of the cover of a topic; None if none is drawn, as for authors."""
        if self.topic_cover_path is None or section.kind is not SectionKind.TOPIC:
            return None
        return self.base_url + self.topic_cover_path.format(language=quote(section.language), topic=quote(section.slug))

    def feed(self, name: str) -> str:
        """URL of a feed by its name: `es`, `es/china`."""
        return f"{self.base_url}/feeds/{quote(name)}.xml"

    def guid_feed_url(self, name: str) -> str:
        """URL from which a feed's guid is made; it stays the same when the show moves."""
        return f"{self.former_base_url or self.base_url}/feeds/{quote(name)}.xml"

    @property
    def site(self) -> str:
        """URL of the start page."""
        return f"{self.base_url}/"

    def _filled(self, path: str | None, episode: Episode) -> str | None:
        return None if path is None else self.base_url + path.format(**_names(episode))


def _names(episode: Episode) -> dict[str, str]:
    return {"article": quote(episode.article), "language": quote(episode.language), "revision": episode.revision}
