"""Response models for script.json with editors' wordings."""

from datetime import datetime

from pydantic import Field

from podcaster.model import LineKind
from podcaster.model.reviews import TranslationState
from podcaster.web.api.schemas.base_models import ApiModel


class LineCheck(ApiModel):
    """A check of a line."""

    name: str
    passed: bool
    detail: str = Field(description="The problem; empty if passed.")


class LineWord(ApiModel):
    """A part of the text with its times."""

    start: float
    end: float
    text: str


class LineWording(ApiModel):
    """An editor's wording of a line; null for the engine's own."""

    text: str | None
    spoken: str | None
    recorded: bool = Field(description="Whether an editor's own recording is heard.")
    editor: str
    changed: datetime


class OfferedWording(LineWording):
    """An editor's wording of the same sentence in another report."""

    article: str


class ScriptLine(ApiModel):
    """A line of a script; times in seconds."""

    index: int
    kind: LineKind
    source: str = Field(description="The sentence in the report.")
    text: str
    spoken: str = Field(description="The text given to the voice.")
    start: float
    end: float
    words: list[LineWord] = Field(default=[], description="Empty if the engine reports no word times.")
    clip: str
    checks: list[LineCheck]
    etag: str = Field(description="For If-Match.")
    wording: LineWording | None = Field(default=None, description="Only if an editor reworded the line.")
    offered: OfferedWording | None = Field(default=None, description="Only if there is one.")


class TranslationReview(ApiModel):
    """State of a translation: what the next render announces."""

    state: TranslationState
    editor: str | None = Field(description="Name of the key that reviewed last; null unless reviewed.")
    at: datetime | None = Field(description="Time of the review; null unless reviewed.")


class ScriptDocument(ApiModel):
    """All lines of a report in one language, in order."""

    article: str
    language: str
    etag: str = Field(description="Covers all lines; for If-Match of a review.")
    translation: TranslationReview
    lines: list[ScriptLine]
