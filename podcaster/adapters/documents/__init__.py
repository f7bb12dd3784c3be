"""PDF, Word, EPUB and mail, each document read in a process of its own with limits."""

import json
import os
import subprocess
import sys
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from podcaster.article.draft import Draft
from podcaster.errors import NoArticleFound, PodcasterError, SourceNotText
from podcaster.model import Block, BlockKind

_PROGRAM = "podcaster.adapters.documents.program"
_REFUSALS: dict[str, type[PodcasterError]] = {
    "damaged": SourceNotText,
    "encrypted": SourceNotText,
    "scan": NoArticleFound,
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
        """The report in a document."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
        try:
            done = subprocess.run(  # noqa: S603 # our own program, and no shell
                [sys.executable, "-m", _PROGRAM, form, *map(str, astuple(self._limits))],
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
        found = json.loads(done.stdout)
        if "refusal" in found:
            raise _REFUSALS[found["refusal"]](f"{name or 'The document'} {found['what']}", found["remedy"])
        return _draft(found)


def _draft(found: dict[str, Any]) -> Draft:
    published, body = found.pop("published"), found.pop("body")
    return Draft(
        published=datetime.fromisoformat(published) if published else None,
        body=tuple(Block(kind=BlockKind(kind), text=text) for kind, text in body),
        **{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()},  # type: ignore[arg-type] # our own JSON
    )
