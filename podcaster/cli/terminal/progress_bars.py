"""Progress bars on stderr, one a language."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.units import LanguageTag


@contextmanager
def progress_bars(title: str, languages: Sequence[LanguageTag]) -> Iterator[Progress]:
    """Progress bars while the block runs; none without a terminal."""
    if not sys.stderr.isatty():
        yield unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[stage]}"), TimeRemainingColumn()
    )  # fmt: skip
    with Bars(*columns, console=Console(stderr=True)) as bars:
        bars.console.print(title, style="bold", highlight=False)
        tasks = {language: bars.add_task(language, total=None, stage="") for language in languages}

        def show(language: LanguageTag, stage: str, done: int, total: int) -> None:
            bars.update(tasks[language], completed=done, total=total or None, stage=stage)

        yield show
