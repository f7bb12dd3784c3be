"""`podcaster serve`, `worker`, `demo` and `doctor`: the service, and what it would be able to do."""

import signal
import sys
import threading
from contextlib import nullcontext
from typing import Annotated

import typer

from podcaster import language as languages
from podcaster.cli.bars import progress_bars
from podcaster.cli.container import container, submission
from podcaster.errors import PodcasterError
from podcaster.wiring import Container, now, shipped

Port = Annotated[int | None, typer.Option("--port", help="Where to listen; 0 takes a free one.")]


def serve(port: Port = None, work: Annotated[bool, typer.Option(help="Render too, in this process.")] = True) -> None:
    """Serve feeds, site and the editors' API; and render what is submitted."""
    _serve(container(), port, work=work)


def worker() -> None:
    """Only render; as many of these as there are machines."""
    from podcaster.cli.logs import write_logs

    write_logs(sys.stderr)
    here = container()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    with here.queue.working(), here.scheduler.kept(), here.rounds.working():
        here.newsroom.resume()
        typer.echo("Working.", err=True)
        stop.wait()


def demo(port: Port = None, serving: Annotated[bool, typer.Option("--serve/--no-serve")] = True) -> None:
    """Render the sample reports into every configured language, then serve them."""
    here = container()
    for sample in sorted(path for path in shipped("samples").iterdir() if path.suffix in {".html", ".md", ".txt"}):
        article = here.read(submission(str(sample)))
        targets = here.languages_for(article)
        with progress_bars(article.title, targets) as progress:
            for outcome in here.synchronous_render.publish(article, targets, progress):
                said = outcome.report.error or f"{outcome.report.lines} lines, {outcome.report.seconds:.1f} s"
                typer.echo(f"{article.title[:60]}  {outcome.language}: {said}", err=bool(outcome.error))
    if serving:
        _serve(here, port, work=True)


def doctor() -> None:
    """Show how each configured language would be translated and spoken, and what is missing."""
    here = container()
    typer.echo(f"data      {here.settings.data}\nvoices    {here.voices}")
    source = languages.parse("en")
    missing = False
    for language in here.languages:
        for what, ask in (("spoken", here.who_speaks), ("translated", lambda tag: here.who_translates(source, tag))):
            try:
                typer.echo(f"{language:<9} {what} by {ask(language)}")
            except PodcasterError as error:
                missing = True
                typer.echo(f"{language:<9} {error}")
    if missing:
        sys.exit(1)


def prune() -> None:
    """Forget translations that are too old, or the oldest of too many."""
    from podcaster.render.pipeline.memory_pruning import prune_memory

    here = container()
    pruned = prune_memory(here.blobs, now(), most_days=here.settings.memory_days, most_bytes=here.settings.memory_bytes)
    typer.echo(f"{pruned.forgotten} of {pruned.found} translations are forgotten, {pruned.bytes_freed:,} bytes.")


def _serve(here: Container, port: int | None, *, work: bool) -> None:
    from podcaster.cli.logs import write_logs
    from podcaster.cli.web_workers import inherited, web_workers
    from podcaster.web.server.app import create_app
    from podcaster.web.server.start import listen
    from podcaster.web.server.start import serve as run

    write_logs(sys.stderr)
    given = inherited()
    listening = given or listen(here.settings.host, here.settings.port if port is None else port)
    address = f"http://{_reached_at(here.settings.host)}:{listening.getsockname()[1]}"
    if "base_url" not in here.settings.model_fields_set:
        here = Container(here.settings.model_copy(update={"base_url": address}))
    here.prepare_service()
    typer.echo(f"Serving on {address}")
    for language in here.languages:
        typer.echo(f"  {languages.name(language)}: {here.settings.base_url}/feeds/{language}.xml")
    sys.stdout.flush()
    others = 0 if given else here.settings.web_workers - 1
    with (
        here.queue.working() if work else nullcontext(),
        here.scheduler.kept() if work else nullcontext(),
        here.rounds.working() if work else nullcontext(),
        here.renewal.under_way() if not given else nullcontext(),
        web_workers(others, listening, here.settings.base_url),
    ):
        services = here.web_services()
        app = create_app(services, here.limits)
        run(app, listening, services.leaving, trusted_proxies=here.settings.trusted_proxies)
    here.close()


def _reached_at(host: str) -> str:
    """The address that a browser on this machine uses for `host`; 0.0.0.0 and :: mean every address."""
    every = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # not bound to: told apart
    address = every.get(host, host)
    return f"[{address}]" if ":" in address else address


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (serve, worker, demo, doctor, prune):
        app.command()(command)
