"""Documents that the tools answer with; their schemas tell assistants what each field means."""

from pydantic import BaseModel, Field

from podcaster.feed.addresses import Addresses
from podcaster.model import Episode
from podcaster.model.reviews import TranslationState, translation_state

_PLAY = "Address of the page that plays from there."


class ReportSummary(BaseModel):
    """A published report in one language."""

    report: str = Field(description="Identifier, for read_report.")
    language: str = Field(description="BCP 47 tag.")
    title: str
    published: str = Field(description="ISO 8601.")
    authors: list[str]
    topics: list[str]
    summary: str
    minutes: float = Field(description="Length of the audio.")
    page: str = Field(description="Address of the page with player and transcript.")
    audio: str = Field(description="Address of the MP3.")
    synthetic_voice: bool = Field(
        default=True, description="The voice is a machine's. Say so when you offer the audio."
    )
    translation: TranslationState = Field(
        description="State of the words; `draft` and `machine`: nobody has reviewed them."
    )

    @classmethod
    def of(cls, episode: Episode, addresses: Addresses) -> "ReportSummary":
        """The document of an episode."""
        return cls(
            report=episode.article,
            language=episode.language,
            title=episode.title,
            published=episode.published.isoformat(),
            authors=list(episode.authors),
            topics=list(episode.topics),
            summary=episode.summary,
            minutes=round(episode.duration_ms / 60_000, 1),
            page=addresses.page(episode) or addresses.site,
            audio=addresses.audio(episode),
            translation=translation_state(episode),
        )


class ReportList(BaseModel):
    """Reports, the newest first."""

    found: int = Field(
        description="Number of matches, of which these are the first; in any language: in the one that has most."
    )
    reports: list[ReportSummary]


class SpokenSentence(BaseModel):
    """A line of a report, as it is heard."""

    line: int
    kind: str = Field(
        description="`title`, `key_point`, `heading`, `paragraph`, `quote`, `item`, `row`, or words of the show."
    )
    text: str
    start: float = Field(description="Seconds from the start of the audio.")
    end: float
    play: str = Field(description=_PLAY)


class Report(BaseModel):
    """A report, line by line."""

    summary: ReportSummary
    languages: list[str] = Field(description="Languages in which this report is published.")
    lines: list[SpokenSentence]
    next_line: int | None = Field(description="Ask for this `from_line` to read on; null at the end.")


class BriefingChapter(BaseModel):
    """A report in a briefing."""

    title: str
    start: float = Field(description="Seconds from the start of the briefing.")


class PersonalBriefing(BaseModel):
    """A listener's own briefing."""

    title: str
    language: str
    minutes: float
    audio: str = Field(description="Address of the MP3, for this listener alone; it works for a day.")
    chapters: list[BriefingChapter]
    synthetic_voice: bool = True
