"""An editor's wording of single lines, which wins over everything that was made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from podcaster.model import Check
from podcaster.script.writing import SCRIPT_CHECK, translatable

RECORDED = "recording"
"""Name of the check of a line that an editor has spoken; it passes, and its detail is the editor, if known: of a line with
an editor's words, only who wrote them is kept."""
TIMING, ALIGNED, SHARED = "timing", "alignment", "share"
"""Name and details of the check that says how the times inside a recorded line were found; it passes."""

if TYPE_CHECKING:
    from collections.abc import Mapping

    from podcaster.model import Line, Script, Wording


def worded(script: Script, wordings: Mapping[str, Wording]) -> Script:
    """A script in which the voice says what an editor wants it to say; `wordings` are by the source sentence.

    What is displayed is settled before: `translation.script_translation.translate_script` takes it in place of an engine's answer.
    """
    return replace(script, lines=tuple(_worded(line, wordings.get(line.source)) for line in script.lines))


def _worded(line: Line, wording: Wording | None) -> Line:
    if wording is None or (wording.spoken is None and wording.recording is None) or not translatable(line):
        return line
    checks = tuple(check for check in line.checks if check.name != SCRIPT_CHECK)
    speaker = wording.editor if wording.text is None and wording.spoken is None else ""
    own = (Check(name=RECORDED, passed=True, detail=speaker),) if wording.recording else ()
    return replace(line, spoken=wording.spoken or line.spoken, checks=(*checks, *own), recording=wording.recording)
