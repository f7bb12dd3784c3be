"""`podcaster articles` and `keys`: what editors and operators do without a browser."""

from typing import Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container, submission
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import InputRefused, NotThere
from podcaster.units import ArticleId

articles = typer.Typer(no_args_is_help=True, help="Reports: submit, inspect, render again, publish.")
keys = typer.Typer(no_args_is_help=True, help="API keys.")
_SCOPES = ("read", "edit", "publish", "admin")
_KEY_BYTES = 32
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Watch = Annotated[bool, typer.Option("--watch", help="Show progress until it has ended.")]
Languages = Annotated[list[str] | None, typer.Option("--language", "-l", help="Only this language; repeatable.")]


@articles.command("add")
def add_article(source: str, to: Languages = None, as_json: AsJson = False) -> None:
    """Submit a report; the service or a worker renders it."""
    chosen = [languages.parse(tag) for tag in to] if to else None
    render = container().newsroom.submit(submission(source), languages=chosen)
    said = {"article": render.article, "render": render.id}
    answer(said) if as_json else typer.echo(f"{render.article}: render {render.id}")


@articles.command("list")
def list_articles(as_json: AsJson = False, limit: int = 50) -> None:
    """List reports, newest first."""
    for stored in container().library.articles(limit=limit):
        said = {"article": stored.article.id, "title": stored.article.title, "added": stored.added.isoformat()}
        answer(said) if as_json else typer.echo(
            f"{stored.added:%Y-%m-%d %H:%M}  {stored.article.id}  {stored.article.title}"
        )


@articles.command("show")
def show_article(article: str) -> None:
    """Show a report with its episodes and renders."""
    library = container().library
    stored = library.article(ArticleId(article))
    typer.echo(f"{stored.article.title}\n{stored.article.language}, {len(stored.article.body)} blocks")
    for each in library.episodes(article=ArticleId(article)):
        typer.echo(
            f"  {each.episode.language:<8} published, {each.episode.duration_ms / 60_000:.1f} min, {each.episode.title}"
        )
    for render in library.renders(ArticleId(article)):
        typer.echo(f"  render {render.id}: {render.state}")
        for language, report in render.languages.items():
            typer.echo(f"    {language:<8} {report.state} {report.error or ''}")
            for warning in report.warnings:
                typer.echo(f"      {warning}")


@articles.command("rerender")
def rerender_article(article: str, to: Languages = None, follow: Watch = False) -> None:
    """Render a report again; only what changed is made anew."""
    chosen = [languages.parse(tag) for tag in to] if to else None
    here = container()
    render = here.newsroom.rerender(ArticleId(article), languages=chosen)
    typer.echo(f"{render.article}: render {render.id}")
    if follow:
        from podcaster.cli.terminal.render_watch import watch

        watch(here.library, render.id)


@articles.command("publish")
def publish_article(article: str, language: Annotated[str, typer.Option("--language", "-l")]) -> None:
    """Publish an episode that was held back."""
    episode = container().publication.release(ArticleId(article), languages.parse(language))
    typer.echo(f"{episode.title} is published in {episode.language}.")


@articles.command("unpublish")
def unpublish_article(article: str, language: Annotated[str, typer.Option("--language", "-l")]) -> None:
    """Withdraw an episode from the feeds."""
    container().publication.withdraw(ArticleId(article), languages.parse(language))
    typer.echo(f"{article} is no longer published in {language}.")


@articles.command("remove")
def remove_article(article: str) -> None:
    """Remove a report from all feeds for good, and cancel its renders."""
    container().articles.remove(ArticleId(article), expected=None)
    typer.echo(f"{article} is taken away.")


@keys.command("add")
def add_key(name: str, scope: Annotated[str, typer.Option()] = "edit", as_json: AsJson = False) -> None:
    """Create a key. It is shown once; only a hash is stored."""
    import hashlib
    import secrets

    from podcaster.ports import ApiKey
    from podcaster.wiring import now

    if scope not in _SCOPES:
        raise InputRefused(f"There is no scope {scope!r}.", f"Choose one of {', '.join(_SCOPES)}.")
    secret = secrets.token_urlsafe(_KEY_BYTES)
    digest = hashlib.sha256(secret.encode()).hexdigest()
    container().library.add_key(ApiKey(name=name, digest=digest, scope=scope, created=now()))
    answer({"key": secret}) if as_json else typer.echo(secret)


@keys.command("list")
def list_keys() -> None:
    """List keys, without their secrets."""
    for key in container().library.keys():  # noqa: SIM118 # a method of the library, and no dict
        used = f"used {key.last_used:%Y-%m-%d %H:%M}" if key.last_used else "never used"
        typer.echo(f"{key.name:<20} {key.scope:<8} {'revoked' if key.revoked else used}")


@keys.command("revoke")
def revoke_key(name: str) -> None:
    """Revoke a key."""
    from podcaster.wiring import now

    if not container().library.revoke_key(name, now()):
        raise NotThere(f"There is no active key {name!r}.", "`podcaster keys list` shows them.")
    typer.echo(f"{name} is revoked.")
