"""PDF, Word, EPUB and mail, each document read in a process of its own with limits."""

import json
import os
import subprocess
import sys
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from podcaster.adapters.documents.reader_program import COUNT
from podcaster.article.document import EPUB, document_form
from podcaster.article.draft import Draft
from podcaster.errors import NoArticleFound, PodcasterError, SourceNotText
from podcaster.model import Block, BlockKind

_PROGRAM = "podcaster.adapters.documents.reader_program"
_REFUSALS: dict[str, type[PodcasterError]] = {
    "damaged": SourceNotText,
    "encrypted": SourceNotText,
    "scan": NoArticleFound,
    "absent": NoArticleFound,
}


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Memory and time that a document may take."""

    memory_bytes: int = 3 << 30
    cpu_seconds: int = 110
    seconds: int = 120


_LIMITS = DocumentLimits()


class ProcessDocumentReader:
    """Fills `article.document.DocumentReader`. A document that takes too much costs its process and nothing else."""

    def __init__(self, limits: DocumentLimits = _LIMITS) -> None:
        self._limits = limits

    def read(self, body: bytes, *, form: str, name: str) -> Draft:
        """The report in a document; in one chapter of an EPUB if its number stands behind the name, as in `book.epub#3`."""
        return _draft(self._answer(body, form, name, chapter_of(name)))

    def chapters(self, body: bytes, *, name: str) -> int:
        """Number of chapters of an EPUB; 0 for every other document."""
        if document_form(body) != EPUB:
            return 0
        return int(self._answer(body, EPUB, name, COUNT)["chapters"])

    def _answer(self, body: bytes, form: str, name: str, chapter: str) -> dict[str, Any]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
        try:
            done = subprocess.run(  # noqa: S603 # our own program, and no shell
                [sys.executable, "-m", _PROGRAM, form, *map(str, astuple(self._limits)), chapter],
                input=body, capture_output=True, timeout=self._limits.seconds, env=environment, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NoArticleFound(
                f"{name or 'The document'} could not be read in {self._limits.seconds} s.",
                "Hand in a part of it, or its text.",
            ) from error
        if not done.stdout.endswith(b"\n"):
            raise NoArticleFound(
                f"{name or 'The document'} could not be read within the limits of memory and time.",
                "Hand in a part of it, or its text.",
            )
        found: dict[str, Any] = json.loads(done.stdout)
        if "refusal" in found:
            raise _REFUSALS[found["refusal"]](f"{name or 'The document'} {found['what']}", found["remedy"])
        return found


def chapter_of(name: str) -> str:
    """The chapter's number behind a document's name; empty if there is none."""
    number = name.rpartition("#")[2] if "#" in name else ""
    return number if number.isascii() and number.isdecimal() else ""


def _draft(found: dict[str, Any]) -> Draft:
    published, body = found.pop("published"), found.pop("body")
    return Draft(
        published=datetime.fromisoformat(published) if published else None,
        body=tuple(Block(kind=BlockKind(kind), text=text) for kind, text in body),
        **{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()},  # type: ignore[arg-type] # our own JSON
    )
