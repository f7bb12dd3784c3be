"""Reports that are read and shown before they are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from podcaster.model import Article, Render
from podcaster.ports.work import Submission
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A report as it was read."""

    id: str
    """Names the preview for a day, in 32 hexadecimal digits."""
    article: Article
    known: bool
    """Whether a report with this id is in the library already."""


class PreviewDesk(Protocol):
    """Reads reports, and adds them once an editor has seen what was understood."""

    def read(self, source: Submission) -> Preview:
        """Read a report and keep what was read for a day; nothing is rendered.

        Raises:
            InputRefused: it cannot be read.
            SourceUnreachable: its URL does not answer.
        """

    def add(
        self,
        preview: str,
        correction: Mapping[str, object],
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
    ) -> Render:
        """Add a report as it was read, with corrections of its fields, and have it rendered.

        Raises:
            PreviewUnknown: the preview is unknown or older than a day.
            InputRefused: a correction is refused.
        """
