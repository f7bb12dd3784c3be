"""Cards for episodes in lists, and what the player needs of an episode."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcaster import language as languages
from podcaster.episode.search_text import Phrase, highlight
from podcaster.feed.addresses import Addresses
from podcaster.feed.section import Section, sections_of
from podcaster.model import Episode, Show
from podcaster.ports import Library, PublishedEpisode
from podcaster.units import LanguageTag
from podcaster.web.site.artwork import artwork_path

_MS_A_SECOND = 1_000
_MS_A_MINUTE = 60_000
_PATHS = Addresses.served("")
_PLAYER_PIXELS = 320
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An episode in a list."""

    episode: Episode
    path: str
    day: str
    """Date of the report, in the episode's language."""
    minutes: int
    sections: Sequence[Section]
    """Topics and authors."""
    teaser: str
    """A key point or summary sentence, preferably one that matches the search; may be empty."""
    show: str
    """Title of the show."""

    @property
    def item(self) -> str:
        """The episode as the player's queue keeps it, as JSON."""
        return _json(self._item())

    @property
    def full_item(self) -> str:
        """The same with its chapters, `[seconds, title]` each."""
        chapters = [[chapter.start_ms / _MS_A_SECOND, chapter.title] for chapter in self.episode.chapters]
        return _json({**self._item(), "chapters": chapters})

    def _item(self) -> Mapping[str, object]:
        episode = self.episode
        return {
            "id": f"{episode.article}/{episode.language}",
            "page": self.path,
            "audio": _PATHS.audio(episode),
            "title": episode.title,
            "show": self.show,
            "by": ", ".join(episode.authors),
            "art": artwork_path(episode, _PLAYER_PIXELS),
            "seconds": round(episode.duration_ms / _MS_A_SECOND, 1),
            "language": episode.language,
        }

    @classmethod
    def of(cls, published: PublishedEpisode, show: Show, asked: Sequence[Phrase] = ()) -> "Card":
        """A card for an episode of a show; `asked` are the search phrases."""
        episode = published.episode
        said = [*episode.key_points, *_SENTENCE.split(episode.summary)]
        telling = (each for each in said if any(hit for hit, _ in highlight(each, asked)))
        return cls(
            episode=episode,
            path=page_path(episode),
            day=languages.long_date(episode.published.date(), episode.language),
            minutes=minutes_of(episode.duration_ms),
            sections=sections_of(episode),
            teaser=next(telling, said[0]),
            show=show.title,
        )


def minutes_of(length_ms: float) -> int:
    """Minutes as every page states them: rounded, at least one. Of several episodes, their lengths are summed first."""
    return max(1, round(length_ms / _MS_A_MINUTE))


def minutes_in_all(cards: Sequence[Card]) -> int:
    """Minutes of several episodes together."""
    return minutes_of(sum(card.episode.duration_ms for card in cards))


class SectionLists:
    """Topics and authors of each show, cached for each generation of the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read = lru_cache(maxsize=64)(self._read_now)

    def of(self, language: LanguageTag) -> Sequence[Section]:
        """Sections of a show, by label."""
        return self._read(language, self._library.generation())

    def _read_now(self, language: LanguageTag, _generation: int) -> Sequence[Section]:
        return sorted(self._library.sections(language=language), key=lambda section: section.label.casefold())


def distinct_sections(cards: Sequence[Card]) -> Iterator[Section]:
    """Sections of the cards, each once, in order of appearance."""
    yield from {section.feed: section for card in cards for section in card.sections}.values()


def page_path(episode: Episode) -> str:
    """The path of an episode's page."""
    return f"/episodes/{episode.article}/{episode.language}"


def show_path(language: LanguageTag) -> str:
    """The path of a show's page."""
    return f"/shows/{language}"


def section_path(section: Section) -> str:
    """The path of a section's page."""
    return f"{show_path(section.language)}?{section.kind.value}={section.slug}"


def _json(item: Mapping[str, object]) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))
