"""A render watched from the command line, with a bar for each language."""

import sys
import time
from typing import TYPE_CHECKING, Final

import typer

from podcaster.cli.container import warned
from podcaster.cli.terminal.progress_bars import progress_bars
from podcaster.model import LanguageReport, Render, RenderState
from podcaster.units import LanguageTag, RenderId

if TYPE_CHECKING:
    from podcaster.ports import Library

_EVERY_S: Final = 0.2
_IDLE_S: Final = 10.0


def watch(library: "Library", render: RenderId) -> None:
    """Show how far a render has got until it has ended; the exit status is 1 where not all of it was made."""
    ended = _followed(library, render)
    for language, report in ended.languages.items():
        typer.echo(f"{ended.article}, {language}: {_said(report)}")
        for warning in report.warnings:
            warned(f"{ended.article}, {language}, {warning}")
    if ended.state is not RenderState.DONE:
        warned(f"{ended.article}: render {ended.id} is {ended.state}")
        sys.exit(1)


def _followed(library: "Library", render: RenderId) -> Render:
    now = library.render(render)
    began, told = time.monotonic(), False
    with progress_bars(library.article(now.article).article.title, list(now.languages)) as show:
        while not now.state.final:
            if now.state is RenderState.QUEUED and not told and time.monotonic() - began > _IDLE_S:
                warned("Nobody works on it yet: `podcaster serve` and `podcaster worker` do.")
                told = True
            time.sleep(_EVERY_S)
            now = library.render(render)
            for language, report in now.languages.items():
                show(LanguageTag(language), report.stage or report.state.value, report.done, report.lines)
    return now


def _said(report: LanguageReport) -> str:
    if report.error:
        return report.error
    return (
        f"{report.state}, {report.lines} lines, {report.translated} translated, {report.spoken} spoken, "
        f"{report.reused} reused, {report.seconds:.1f} s"
    )
