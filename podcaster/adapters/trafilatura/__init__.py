"""Pages read by trafilatura, in a process of their own that can be killed."""

import json
import os
import subprocess
import sys
from datetime import datetime

from podcaster.article.draft import Draft
from podcaster.errors import NoArticleFound
from podcaster.model import Block, BlockKind

_PROGRAM = "podcaster.adapters.trafilatura.extraction"
_SECONDS = 30.0


class TrafilaturaReader:
    """Fills `article.page.PageReader`. A page that takes too much time or memory costs its process and nothing else."""

    def read(self, page: bytes, *, charset: str, url: str | None) -> Draft:
        """The report on a page."""
        command = [sys.executable, "-m", _PROGRAM, charset, url or ""]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
        try:
            done = subprocess.run(  # noqa: S603 # our own program, and no shell
                command, input=page, capture_output=True, timeout=_SECONDS, check=False, env=environment
            )
        except subprocess.TimeoutExpired:
            raise NoArticleFound("The page could not be read in 30 s.", "Hand in the text of the report.") from None
        if done.returncode != 0:
            raise NoArticleFound(
                "The page could not be understood within the limits of memory and time.",
                "Hand in the text of the report.",
            )
        return _draft(json.loads(done.stdout))


def _draft(found: dict[str, object]) -> Draft:
    published = found.pop("published")
    body = found.pop("body")
    return Draft(
        published=datetime.fromisoformat(str(published)) if published else None,
        body=tuple(Block(kind=BlockKind(kind), text=text) for kind, text in body),  # type: ignore[attr-defined] # our own JSON
        **{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()},  # type: ignore[arg-type] # the same
    )
