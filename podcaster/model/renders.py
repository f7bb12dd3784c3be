"""A request to render a report, and how far it has got."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from podcaster.units import ArticleId, LanguageTag, RenderId


class RenderState(StrEnum):
    """State of a render, or of one of its languages."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    """Some languages are done, some failed; only for whole renders."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self not in {RenderState.QUEUED, RenderState.RUNNING}


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageReport:
    """Lines made and reused for one language of a render."""

    state: RenderState
    lines: int = 0
    translated: int = 0
    """Lines that an engine translated now."""
    spoken: int = 0
    """Lines that were synthesized and encoded now."""
    reused: int = 0
    """Lines whose clip was already there."""
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    error: str = ""
    """Code and message of the error that stopped it, else empty."""
    stage: str = ""
    """`translate`, `speak`, `assemble`, `publish` while it runs; empty before and behind."""
    done: int = 0
    """Lines that are through: spoken now, or there already."""
    seconds_left: float | None = None
    """An estimate; None while nothing is known."""
    held: bool = False
    """Whether the episode waits for somebody who may publish: the render was asked for by somebody who may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePlan:
    """The work that a render of one language would do."""

    lines: int = 0
    translated: int = 0
    """Lines that an engine would translate."""
    spoken: int = 0
    """Lines that would be synthesized and encoded."""
    reused: int = 0
    """Lines whose clip is there."""
    seconds: float = 0.0
    """An estimate."""
    error: str = ""
    """Code and message of the error that would stop it, else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Render:
    """One request to render an article, and how far it has got."""

    id: RenderId
    article: ArticleId
    state: RenderState
    requested: datetime
    languages: Mapping[LanguageTag, LanguageReport] = field(default_factory=dict)
    urgent: bool = True
    """Whether somebody waits for it; background renders, such as a back-fill's, yield to those."""
