"""`podcaster demo`: the sample reports in every configured language, served while they are rendered."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from podcaster import language as languages
from podcaster.cli.container import container, submission
from podcaster.cli.service import Port, run_service
from podcaster.cli.terminal.progress_bars import progress_bars
from podcaster.errors import LanguageUnserved
from podcaster.units import LanguageTag

if TYPE_CHECKING:
    from podcaster.model import Article
    from podcaster.render.pipeline.outcome import LanguageOutcome
    from podcaster.wiring import Container

_STOPPING_S: Final = 8.0
"""At the end, the report that is being rendered has this long; a container is killed after ten seconds."""


def demo(port: Port = None, serving: Annotated[bool, typer.Option("--serve/--no-serve")] = True) -> None:
    """Render the sample reports into every configured language, and serve what is ready meanwhile."""
    here = container()
    if serving:
        run_service(here, port, work=True, beside=_samples_rendered)
        return
    unserved: set[LanguageTag] = set()
    for article in _samples(here):
        targets = [each for each in here.languages_for(article) if each not in unserved]
        with progress_bars(article.title, targets) as progress:
            outcomes = here.synchronous_render.publish(article, targets, progress) if targets else []
            for outcome in outcomes:
                if _tell(article, outcome):
                    unserved.add(outcome.language)


@contextmanager
def _samples_rendered(here: "Container") -> Iterator[None]:
    """Renders the sample reports while the block runs, a language after the other: the quick ones are heard at once."""
    stopping = threading.Event()
    here.being_made.update(here.languages)

    def render() -> None:
        from podcaster.render.pipeline.thread_pool import Abandoned

        with suppress(Abandoned):
            for language in here.languages:
                _render_language(here, _samples(here), language, stopping)
                here.being_made.discard(language)

    thread = threading.Thread(target=render, name="demo", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(_STOPPING_S)


def _render_language(
    here: "Container", articles: "Iterable[Article]", language: LanguageTag, stopping: threading.Event
) -> None:
    """Render every report; a language that cannot be made here is said once."""
    for article in articles:
        if stopping.is_set():
            return
        if language in here.languages_for(article):
            typer.echo(f"{article.title[:60]}  {language}: being made", err=True)
            for outcome in here.synchronous_render.publish(article, [language], unwanted=stopping.is_set):
                if _tell(article, outcome):
                    return


def _samples(here: "Container") -> "Iterator[Article]":
    """Read each report when its turn comes, and once: the first is heard while the others are not read yet."""
    from podcaster.wiring import shipped

    files = (path for path in shipped("samples").iterdir() if path.suffix in {".html", ".md", ".txt"})
    return (_sample(here, file) for file in sorted(files))


@cache
def _sample(here: "Container", file: Path) -> "Article":
    return here.read(submission(str(file)))


def _tell(article: "Article", outcome: "LanguageOutcome") -> bool:
    """Say how it went; whether the language cannot be made here at all."""
    if isinstance(outcome.error, LanguageUnserved):
        name = languages.name(outcome.language)
        typer.echo(f"{name} ({outcome.language}) is left out: {outcome.error}", err=True)
        return True
    said = outcome.report.error or f"{outcome.report.lines} lines, {outcome.report.seconds:.1f} s"
    typer.echo(f"{article.title[:60]}  {outcome.language}: {said}", err=bool(outcome.error))
    return False
