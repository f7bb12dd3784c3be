"""Show notes: what an app shows below an episode."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from podcaster.episode.plain_text import one_line
from podcaster.episode.timings import clock_time
from podcaster.model import Episode


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesPhrases:
    """The notes' own words, in the episode's language."""

    key_points: str = "Key points"
    chapters: str = "Chapters"
    report: str = "Read the report"
    voice: str = "Voice"
    translation: str = "Translation"
    draft: str = "Draft machine translation: it has not been checked by a person."


ENGLISH = NotesPhrases()


def notes_html(episode: Episode, phrases: NotesPhrases = ENGLISH) -> str:
    """A fragment of well-formed HTML, made of the elements that apps show (`p`, `ul`, `li`, `a`, `strong`, `em`).

    Key points as a list, chapters with times that apps turn into links, the report, the voice and the translation.
    """
    return "".join(
        ET.tostring(each, encoding="unicode", short_empty_elements=False) for each in _parts(episode, phrases)
    )


def _parts(episode: Episode, phrases: NotesPhrases) -> Iterator[ET.Element]:
    if episode.draft:
        yield _paragraph("em", phrases.draft)
    if episode.key_points:
        yield _paragraph("strong", phrases.key_points)
        yield _list(episode.key_points)
    elif episode.summary:
        yield _paragraph(None, episode.summary)
    if episode.chapters:
        yield _paragraph("strong", phrases.chapters)
        yield _list(f"{clock_time(each.start_ms)} {each.title}" for each in episode.chapters)
    if episode.link and episode.link.startswith(("https://", "http://")):
        paragraph = _paragraph("a", phrases.report)
        paragraph[0].set("href", one_line(episode.link))
        yield paragraph
    made_with = ((phrases.voice, episode.voice), (phrases.translation, episode.translator))
    yield _paragraph(None, " · ".join(f"{what}: {name}" for what, name in made_with if name))


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
