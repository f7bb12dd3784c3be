"""`podcaster render` and `podcaster read`: reports to files, without a server."""

import json
import sys
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container, submission, warned
from podcaster.cli.terminal.progress_bars import progress_bars
from podcaster.errors import PodcasterError
from podcaster.units import LanguageTag

if TYPE_CHECKING:
    from podcaster.model import Article
    from podcaster.wiring import Container

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="A file (.html .md .txt .pdf .docx .epub .eml), a URL, or - .")
]
From = Annotated[str | None, typer.Option("--from", metavar="LANGUAGE", help="Language of the reports.")]
To = Annotated[list[str] | None, typer.Option("--to", metavar="LANGUAGE", help="Also into this language; repeatable.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for episodes and feeds.")]
Chapters = Annotated[bool, typer.Option("--chapters", help="A report for each chapter of an EPUB.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, a line for each source.")]


def render(sources: Sources, out: Out, written_in: From = None, to: To = None, by_chapter: Chapters = False) -> None:
    """Render reports into episodes and feeds, as files."""
    here = container()
    source_language = languages.parse(written_in) if written_in else None
    wanted = [languages.parse(tag) for tag in to] if to else list(here.languages)
    failed = False
    made: dict[LanguageTag, None] = {}
    for source, article in _articles(here, sources, source_language, by_chapter=by_chapter):
        if isinstance(article, PodcasterError):
            warned(f"{source}: {article}")
            failed = True
            continue
        targets = _targets(article, wanted)
        failed = not _render_one(here, article, targets, out) or failed
        made.update(dict.fromkeys(targets))
    _put_feeds(here, out, made)
    here.close()
    if failed:
        sys.exit(1)
    if notice := here.proofing_notice():
        typer.echo(notice, err=True)


def _articles(
    here: "Container", sources: Sequence[str], language: LanguageTag | None, *, by_chapter: bool
) -> Iterator[tuple[str, "Article | PodcasterError"]]:
    """Each source, or each chapter of an EPUB in the book's place, with the report in it or what is wrong with it."""
    for source in sources:
        try:
            book = here.fetched(submission(source, language))
            count = here.chapters(book) if by_chapter else 0
        except PodcasterError as error:
            yield source, error
            continue
        parts = {f"{source}#{chapter}": book.chapter(chapter) for chapter in range(1, count + 1)} or {source: book}
        for name, part in parts.items():
            try:
                article: Article | PodcasterError = here.read(part)
            except PodcasterError as error:
                article = error
            yield name, article


def _put_feeds(here: "Container", out: Path, made: Collection[LanguageTag]) -> None:
    """Every feed of the folder, since each recommends the others; those of the languages that were made are named."""
    output_folder = here.output_folder(out)
    there = output_folder.languages()
    for language in there:
        others = [other for other in there if other != language]
        try:
            feed = output_folder.put_feed(language, partial(_feed, here, out, language, others))
        except PodcasterError as error:
            # An earlier render's language, which this podcaster has no words for any more: its feed stays as it is.
            warned(f"{out / 'feeds' / language}.xml: {error}")
            continue
        if feed is not None and language in made:
            typer.echo(feed)


def _feed(
    here: "Container", out: Path, language: LanguageTag, others: Sequence[LanguageTag], records: Sequence[bytes]
) -> bytes:
    from podcaster.wiring import now

    return here.episode_folder(out, now()).feed(language, others, records)


def read(sources: Sources, as_json: AsJson = False, written_in: From = None, by_chapter: Chapters = False) -> None:
    """Show what would be read out of reports, and what is left aside."""
    from podcaster.article.serialisation import reading_record

    here = container()
    language = languages.parse(written_in) if written_in else None
    failed = False
    for source, article in _articles(here, sources, language, by_chapter=by_chapter):
        if isinstance(article, PodcasterError):
            failed = True
            if as_json:
                typer.echo(json.dumps({"source": source, "error": str(article)}, ensure_ascii=False))
            warned(f"{source}: {article}")
            continue
        typer.echo(json.dumps(reading_record(article, source), ensure_ascii=False) if as_json else _shown(article))
    if failed:
        sys.exit(1)


def _render_one(here: "Container", article: "Article", targets: Sequence[LanguageTag], out: Path) -> bool:
    from podcaster.wiring import now

    with progress_bars(article.title, targets) as progress:
        outcomes = here.episode_folder(out, now()).render(article, targets, progress)
    for outcome in outcomes:
        report = outcome.report
        if outcome.error:
            warned(f"{article.id}, {outcome.language}: {outcome.error}")
            continue
        typer.echo(
            f"{out / article.id / outcome.language}: {report.lines} lines, "
            f"{report.translated} translated, {report.spoken} spoken, {report.reused} reused, {report.seconds:.1f} s"
        )
        for warning in report.warnings:
            warned(f"{article.id}, {outcome.language}, {warning}")
    return not any(outcome.error for outcome in outcomes)


def _targets(article: "Article", wanted: Sequence[LanguageTag]) -> Sequence[LanguageTag]:
    """The languages to render, with the report's own first unless it is among them."""
    own = languages.match(article.language, wanted)
    return list(dict.fromkeys(wanted if own else (article.language, *wanted)))


def _shown(article: "Article") -> str:
    lines = [article.title, ", ".join(article.authors), f"{article.published or ''}  {article.language}", ""]
    lines += [f"  • {point}" for point in article.key_points]
    lines += ["", *(f"[{block.kind.value}] {block.text}" for block in article.body)]
    lines += ["", "left aside:", *(f"  – {each}" for each in article.left_aside)]
    return "\n".join(lines)
