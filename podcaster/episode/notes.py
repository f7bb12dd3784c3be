"""Show notes: the text that podcast apps show below an episode."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol
from xml.etree import ElementTree as ET

from podcaster.article.text import one_line
from podcaster.episode.credits import credits_line
from podcaster.episode.timings import clock_time
from podcaster.model import Episode
from podcaster.model.reviews import translation_state
from podcaster.script.notices import NoticePhrases, translation_notice


class NotesPhrases(NoticePhrases, Protocol):
    """The notes' fixed phrases, in the episode's language; `script.phrases.Phrases` has them."""

    @property
    def key_points(self) -> str:
        """Heading of the key points."""

    @property
    def report(self) -> str:
        """Text of the link to the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _English:
    key_points: str = "Key points"
    report: str = "The report"
    draft: str = "This is a draft machine translation."
    machine_translation: str = "This is a machine translation."
    reviewed_translation: str = "This machine translation was reviewed by an editor."
    synthetic_voice: str = "This episode is read by a synthetic voice."


ENGLISH: Final[NotesPhrases] = _English()


def notes_html(episode: Episode, phrases: NotesPhrases = ENGLISH) -> str:
    """A fragment of well-formed HTML in the elements that apps show (`p`, `ul`, `li`, `a`, `strong`, `em`).

    It has the key points, or else the summary; chapters, with times that apps turn into links; a link to the report;
    notices and credits for voice and translation.
    """
    parts = _parts(episode, phrases)
    return "".join(ET.tostring(part, encoding="unicode", short_empty_elements=False) for part in parts)


def _parts(episode: Episode, phrases: NotesPhrases) -> Iterator[ET.Element]:
    if translation := translation_notice(phrases, translation_state(episode)):
        yield _paragraph("em", translation)
    if episode.key_points:
        yield _paragraph("strong", phrases.key_points.rstrip(".:"))
        yield _list(episode.key_points)
    elif episode.summary:
        yield _paragraph(None, episode.summary)
    if episode.chapters:
        yield _list(f"{clock_time(each.start_ms)} {each.title}" for each in episode.chapters)
    if episode.link and episode.link.startswith(("https://", "http://")):
        paragraph = _paragraph("a", phrases.report)
        paragraph[0].set("href", one_line(episode.link))
        yield paragraph
    if phrases.synthetic_voice:
        yield _paragraph("em", phrases.synthetic_voice)
    credited = credits_line(episode)
    if credited:
        yield _paragraph(None, credited)


def _paragraph(inner: str | None, text: str) -> ET.Element:
    paragraph = ET.Element("p")
    holder = ET.SubElement(paragraph, inner) if inner else paragraph
    holder.text = one_line(text)
    return paragraph


def _list(texts: Iterable[str]) -> ET.Element:
    items = ET.Element("ul")
    for text in texts:
        ET.SubElement(items, "li").text = one_line(text)
    return items
