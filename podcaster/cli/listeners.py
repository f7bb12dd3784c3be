"""`podcaster listeners`: private feeds, managed by the operator."""

from typing import Annotated

import typer

from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import ListenerUnknown

listeners = typer.Typer(no_args_is_help=True, help="Listeners with a private feed.")
_ID_BYTES = 16
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@listeners.command("add")
def add_listener(
    *,
    language: Annotated[list[str], typer.Option("--language", "-l", help="Language, most wanted first; repeatable.")],
    topic: Annotated[list[str] | None, typer.Option("--topic", help="Repeatable.")] = None,
    author: Annotated[list[str] | None, typer.Option("--author", help="Repeatable.")] = None,
    max_minutes: Annotated[
        int | None, typer.Option("--max-minutes", help="Longest audio of a day, in minutes.")
    ] = None,
    rate: Annotated[float, typer.Option("--rate", help="Pace, 0.8 to 1.5 times the show's.")] = 1.0,
    voice: Annotated[list[str] | None, typer.Option("--voice", help="female, male, or a name; repeatable.")] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", help="Time zone of their days, such as Europe/Madrid.")
    ] = None,
    morning: Annotated[
        str | None,
        typer.Option("--morning", help="Time of the daily briefing, by default 06:00; `never` for none."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Create a private feed. Its address is shown once; only a hash is stored."""
    import secrets

    from podcaster.listener.account import Listener, listener_links
    from podcaster.listener.feed_token import TOKEN_BYTES, token_of
    from podcaster.listener.preferences import DEFAULT_MORNING, Preferences
    from podcaster.wiring import now

    here = container()
    preferences = Preferences.of(
        languages=language,
        topics=topic or [],
        authors=author or [],
        max_minutes=max_minutes,
        rate=rate,
        voice=voice or [],
        time_zone=time_zone,
        morning=None if morning == "never" else morning or DEFAULT_MORNING,
    )
    if preferences.voice:
        from podcaster.listener.voice_validation import require_known_voices

        spoken = (*preferences.languages, *here.languages)
        require_known_voices(preferences.voice, {each.name for tag in spoken for each in here.ready_voices(tag)})
    token = token_of(secrets.token_bytes(TOKEN_BYTES))
    here.library.add_listener(Listener.new(token, preferences, id=secrets.token_hex(_ID_BYTES), now=now()))
    own = listener_links(token, here.settings.base_url)
    answer(dict(own)) if as_json else typer.echo("\n".join(f"{name:<9} {value}" for name, value in own.items()))


@listeners.command("list")
def list_listeners(as_json: AsJson = False) -> None:
    """List listeners, newest first, without their addresses."""
    for each in container().library.listeners():
        chosen = each.preferences
        said = {"listener": each.id, "created": each.created.isoformat(), "languages": list(chosen.languages)}
        answer(said) if as_json else typer.echo(
            f"{each.created:%Y-%m-%d %H:%M}  {each.id}  {', '.join([*chosen.languages, *chosen.topics, *chosen.authors])}"
        )


@listeners.command("revoke")
def revoke_listener(listener: str) -> None:
    """Delete a listener; their address stops working at once."""
    if not container().library.remove_listener(listener):
        raise ListenerUnknown(f"There is no listener {listener!r}.", "`podcaster listeners list` shows them.")
    typer.echo(f"{listener} is forgotten.")
