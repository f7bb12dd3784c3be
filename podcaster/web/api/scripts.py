"""script.json as the editors' API has it: what is read out, with what editors settled."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from podcaster.model import LineKind
from podcaster.web.api.examples import LINE


class LineCheck(BaseModel):
    """One thing that was verified about a line."""

    name: str
    passed: bool
    detail: str = Field(description="What is wrong; empty where it passed.")


class LineWord(BaseModel):
    """A part of the text, and when it is heard."""

    start: float
    end: float
    text: str


class LineWording(BaseModel):
    """What an editor made of a line; null: the engines' own."""

    text: str | None
    spoken: str | None
    editor: str
    changed: datetime


class OfferedWording(LineWording):
    """What an editor made of the same sentence of another report."""

    article: str


class ScriptLine(BaseModel):
    """One sentence, as it is read out now; times in seconds."""

    model_config = ConfigDict(json_schema_extra={"examples": [LINE]})

    index: int
    kind: LineKind
    source: str = Field(description="The sentence as the report has it.")
    text: str
    spoken: str = Field(description="What the voice is given.")
    start: float
    end: float
    words: list[LineWord] = Field(default=[], description="Empty where the engine does not say when each is heard.")
    clip: str
    checks: list[LineCheck]
    etag: str = Field(description="For If-Match.")
    wording: LineWording | None = Field(default=None, description="Only where an editor has worded the line.")
    offered: OfferedWording | None = Field(default=None, description="Only where there is one.")


class ScriptDocument(BaseModel):
    """Every line of a report in one language, in order."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"article": "a-cable-levy-1f3a9c02", "language": "es", "lines": [LINE]}]}
    )

    article: str
    language: str
    lines: list[ScriptLine]
