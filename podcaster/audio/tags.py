"""The tag before the audio: ID3v2.3 with chapters."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDAT,
    TIT2,
    TLAN,
    TPE1,
    TXXX,
    TYER,
    USLT,
    WOAF,
    CTOCFlags,
)

from podcaster.model import Chapter

SOURCE_TYPE_FIELD = "DigitalSourceType"
"""Name of the IPTC's property (Digital Source Type NewsCodes)."""
AI_CONTENT_FIELD = "AI-CONTENT"
"""The purpose of podcast:txt, as a field."""
_NO_OFFSET = 0xFFFFFFFF
"""In CHAP: go by the times, not by byte offsets (ID3v2 Chapter Frame Addendum §3.1)."""
"""The tag is version 2.3: what Apple's and older players read chapters and pictures from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeTags:
    """Metadata that a player shows without the feed."""

    title: str
    artist: str
    album: str
    language: str
    """ISO 639-2, three letters."""
    published: datetime
    chapters: Sequence[Chapter]
    lyrics: Sequence[str] = ()
    """Spoken text, one line each; without it the frame is left out."""
    link: str | None = None
    notice: str = ""
    """Disclosure of the synthetic voice and the machine's translation; empty: none."""
    source_type: str = ""
    """URI of the IPTC's digital source type; empty: the frame is left out."""
    cover: bytes | None = None
    cover_type: str = "image/png"


def id3(tags: EpisodeTags) -> bytes:
    """The tag as bytes: equal tags give equal bytes."""
    tag = ID3()
    for frame in (
        TIT2(encoding=1, text=tags.title),
        TPE1(encoding=1, text=tags.artist),
        TALB(encoding=1, text=tags.album),
        TLAN(encoding=0, text=tags.language),
        TCON(encoding=0, text="Podcast"),
        TYER(encoding=0, text=f"{tags.published:%Y}"),
        TDAT(encoding=0, text=f"{tags.published:%d%m}"),
    ):
        tag.add(frame)
    if tags.lyrics:
        tag.add(USLT(encoding=1, lang=tags.language, desc="", text="\n".join(tags.lyrics)))
    if tags.notice:
        tag.add(COMM(encoding=1, lang=tags.language, desc="", text=tags.notice))
    if tags.source_type:
        tag.add(TXXX(encoding=0, desc=SOURCE_TYPE_FIELD, text=tags.source_type))
        tag.add(TXXX(encoding=0, desc=AI_CONTENT_FIELD, text="true"))
    if tags.link:
        tag.add(WOAF(url=tags.link))
    if tags.cover:
        tag.add(APIC(encoding=0, mime=tags.cover_type, type=3, desc="", data=tags.cover))
    _add_chapters(tag, tags.chapters)
    written = io.BytesIO()
    tag.save(written, v2_version=3, padding=lambda _: 0)
    return written.getvalue()


def _add_chapters(tag: ID3, chapters: Sequence[Chapter]) -> None:
    names = [f"chp{place}" for place in range(len(chapters))]
    for name, chapter in zip(names, chapters, strict=True):
        title = TIT2(encoding=1, text=chapter.title)
        tag.add(
            CHAP(
                element_id=name,
                start_time=chapter.start_ms,
                end_time=chapter.end_ms,
                start_offset=_NO_OFFSET,
                end_offset=_NO_OFFSET,
                sub_frames=[title],
            )
        )
    if names:
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        tag.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
