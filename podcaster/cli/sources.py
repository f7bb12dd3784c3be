"""`podcaster sources`: feeds and sitemaps that are watched."""

from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer

if TYPE_CHECKING:
    from podcaster.source.rules import IntakeRules
    from podcaster.source.watched import WatchedSource

sources = typer.Typer(no_args_is_help=True, help="Watched feeds and sitemaps.")
_SKIPPED_SHOWN, _SKIPPED_KEPT = 10, 50
OnlyPath = Annotated[
    list[str] | None,
    typer.Option(
        help="Take only reports whose path begins with this or matches a pattern with *: /reports/ or */economy/*."
    ),
]
SkipPath = Annotated[list[str] | None, typer.Option(help="Skip reports with such a path.")]
OnlyLabel = Annotated[list[str] | None, typer.Option(help="Take only reports with this category or topic.")]
SkipLabel = Annotated[list[str] | None, typer.Option(help="Skip reports with this category or topic.")]
OnlyAuthor = Annotated[list[str] | None, typer.Option(help="Take only reports by this author.")]
SkipAuthor = Annotated[list[str] | None, typer.Option(help="Skip reports by this author.")]
OnlyLanguage = Annotated[list[str] | None, typer.Option(help="Take only reports in this language.")]
MinWords = Annotated[int, typer.Option(min=0, help="Skip reports with fewer words.")]
MaxWords = Annotated[int, typer.Option(min=0, help="Skip reports with more words; 0: no limit.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@sources.command("add")
def add_source(
    url: str,
    *,
    only: Annotated[str, typer.Option(help="Skip reports whose URL does not begin with this.")] = "",
    every: Annotated[int, typer.Option(min=60, help="Seconds between two polls.")] = 900,
    first: Annotated[int, typer.Option(min=0, help="Number of existing reports to take in.")] = 10,
    only_path: OnlyPath = None,
    skip_path: SkipPath = None,
    only_label: OnlyLabel = None,
    skip_label: SkipLabel = None,
    only_author: OnlyAuthor = None,
    skip_author: SkipAuthor = None,
    only_language: OnlyLanguage = None,
    min_words: MinWords = 0,
    max_words: MaxWords = 0,
    as_json: AsJson = False,
) -> None:
    """Watch an RSS or Atom feed, or a sitemap; the service or a worker polls it.

    Rules say which of its reports are taken in; `podcaster sources list` shows what they skipped.
    """
    rules = _rules(
        only_path, skip_path, only_label, skip_label, only_author, skip_author, only_language, min_words, max_words
    )
    added = container().sources.add(url, only=only, rules=rules, interval_s=every, first=first)
    answer({"source": added.id}) if as_json else typer.echo(f"{added.id}  {added.url}")


@sources.command("rules")
def change_rules(
    source: str,
    *,
    only_path: OnlyPath = None,
    skip_path: SkipPath = None,
    only_label: OnlyLabel = None,
    skip_label: SkipLabel = None,
    only_author: OnlyAuthor = None,
    skip_author: SkipAuthor = None,
    only_language: OnlyLanguage = None,
    min_words: MinWords = 0,
    max_words: MaxWords = 0,
    as_json: AsJson = False,
) -> None:
    """Replace a source's rules, or remove them if no option is given. Skipped reports are judged anew."""
    rules = _rules(
        only_path, skip_path, only_label, skip_label, only_author, skip_author, only_language, min_words, max_words
    )
    _say(container().sources.change_rules(source, rules), as_json=as_json)


@sources.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List sources with their last poll and the next one."""
    for each in container().sources.sources():
        _say(each, as_json=as_json)


@sources.command("poll")
def poll_sources(
    which: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Sources to poll; by default all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Poll sources now; the service or a worker renders what came in."""
    here = container()
    for source in which or [each.id for each in here.sources.sources()]:
        _say(here.sources.poll(source), as_json=as_json)


@sources.command("remove")
def remove_source(source: str) -> None:
    """Stop watching a source; its reports stay."""
    container().sources.remove(source)
    typer.echo(f"{source} is watched no more.")


def _rules(  # noqa: PLR0917 # an option each
    only_path: list[str] | None,
    skip_path: list[str] | None,
    only_label: list[str] | None,
    skip_label: list[str] | None,
    only_author: list[str] | None,
    skip_author: list[str] | None,
    only_language: list[str] | None,
    min_words: int,
    max_words: int,
) -> "IntakeRules":
    from podcaster.source.rules import IntakeRules

    return IntakeRules(
        only_paths=tuple(only_path or ()),
        skip_paths=tuple(skip_path or ()),
        only_labels=tuple(only_label or ()),
        skip_labels=tuple(skip_label or ()),
        only_authors=tuple(only_author or ()),
        skip_authors=tuple(skip_author or ()),
        only_languages=tuple(str(languages.parse(each)) for each in only_language or ()),
        least_words=min_words,
        most_words=max_words,
    )


def _say(source: "WatchedSource", *, as_json: bool) -> None:
    from podcaster.source.rules import rules_record

    last = source.last
    skipped = container().sources.skipped(source.id, limit=_SKIPPED_KEPT) if source.rules else ()
    if as_json:
        told = ("outcome", "new", "changed", "withdrawn", "skipped", "error")
        answer(
            {
                "source": source.id,
                "url": source.url,
                "rules": rules_record(source.rules),
                "next": source.next_poll.isoformat(),
                "last": {name: getattr(last, name) for name in told} if last else None,
                "skipped": [{"url": each.url, "reason": each.skipped} for each in skipped],
            }
        )
        return
    done = "not asked yet"
    if last:
        done = f"{last.outcome}: {last.new} new, {last.changed} changed, {last.withdrawn} withdrawn"
        done += f", {last.skipped} skipped" if last.skipped else ""
        done += f", {last.waiting} waiting" if last.waiting else ""
        done += f"  {last.error}" if last.error else ""
    typer.echo(f"{source.id}  {source.url}  {done}; next {source.next_poll:%Y-%m-%d %H:%M:%S} UTC")
    for name, value in rules_record(source.rules).items():
        said = ", ".join(value) if isinstance(value, list) else value
        typer.echo(f"    {name.replace('_', ' ')}: {said}")
    for each in skipped[:_SKIPPED_SHOWN]:
        typer.echo(f"    skipped  {each.url}  ({each.skipped})")
    if len(skipped) > _SKIPPED_SHOWN:
        typer.echo("    … and more; `--json` and the desk show fifty.")
