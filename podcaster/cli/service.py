"""`podcaster serve`, `worker`, `demo` and `doctor`: the service, and what it would be able to do."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container, submission
from podcaster.cli.terminal.progress_bars import progress_bars
from podcaster.errors import PodcasterError
from podcaster.model import Article
from podcaster.wiring import Container, now, shipped

if TYPE_CHECKING:
    from podcaster.render.pipeline.outcome import Outcome

Port = Annotated[int | None, typer.Option("--port", help="Where to listen; 0 takes a free one.")]


def serve(port: Port = None, work: Annotated[bool, typer.Option(help="Render too, in this process.")] = True) -> None:
    """Serve feeds, site and the editors' API; and render what is submitted."""
    _serve(container(), port, work=work)


def worker() -> None:
    """Only render; as many of these as there are machines."""
    from podcaster.backup.restoring import refuse_half_restored
    from podcaster.cli.terminal.logs import write_logs

    write_logs(sys.stderr)
    here = container()
    refuse_half_restored(here.blobs)
    here.observe()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    figures = here.worker_exposition.served(here.settings.host, here.settings.metrics_port)
    with figures, here.queue.working(), here.scheduler.running(), here.polling.working():
        here.newsroom.resume()
        typer.echo("Working.", err=True)
        stop.wait()
    if here.tracing:
        here.tracing.close()


def demo(port: Port = None, serving: Annotated[bool, typer.Option("--serve/--no-serve")] = True) -> None:
    """Render the sample reports into every configured language, and serve what is ready meanwhile."""
    here = container()
    if serving:
        _serve(here, port, work=True, beside=_samples_rendered)
        return
    for article in _samples(here):
        targets = here.languages_for(article)
        with progress_bars(article.title, targets) as progress:
            for outcome in here.synchronous_render.publish(article, targets, progress):
                _tell(article, outcome)


@contextmanager
def _samples_rendered(here: Container) -> Iterator[None]:
    """Renders the sample reports while the block runs, a language after the other: the quick ones are heard at once."""
    leaving = threading.Event()

    def render() -> None:
        articles = _samples(here)
        for language in here.languages:
            for article in articles:
                if leaving.is_set():
                    return
                if language in here.languages_for(article):
                    typer.echo(f"{article.title[:60]}  {language}: being made", err=True)
                    for outcome in here.synchronous_render.publish(article, [language]):
                        _tell(article, outcome)

    threading.Thread(target=render, name="demo", daemon=True).start()
    yield
    leaving.set()


def _samples(here: Container) -> Sequence[Article]:
    files = (path for path in shipped("samples").iterdir() if path.suffix in {".html", ".md", ".txt"})
    return [here.read(submission(str(file))) for file in sorted(files)]


def _tell(article: Article, outcome: "Outcome") -> None:
    said = outcome.report.error or f"{outcome.report.lines} lines, {outcome.report.seconds:.1f} s"
    typer.echo(f"{article.title[:60]}  {outcome.language}: {said}", err=bool(outcome.error))


def doctor() -> None:
    """Show how each configured language would be translated and spoken, and what is missing."""
    here = container()
    typer.echo(f"data      {here.settings.data}\nvoices    {here.voices}\nproofing  {here.who_proofs()}")
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


def _serve(
    here: Container,
    port: int | None,
    *,
    work: bool,
    beside: Callable[[Container], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> None:
    """Serve until told to stop; `beside` runs meanwhile."""
    from podcaster.cli.terminal.logs import write_logs
    from podcaster.cli.web_workers import inherited, web_workers
    from podcaster.observability.shared_figures import count_together

    count_together(here.settings.web_workers)
    from podcaster.web.server.app import create_app
    from podcaster.web.server.start import listen
    from podcaster.web.server.start import serve as run

    write_logs(sys.stderr)
    given = inherited()
    listening = given or listen(here.settings.host, here.settings.port if port is None else port)
    address = f"http://{_reached_at(here.settings.host)}:{listening.getsockname()[1]}"
    if "base_url" not in here.settings.model_fields_set:
        here = Container(here.settings.model_copy(update={"base_url": address}))
    here.observe()
    here.prepare_service()
    typer.echo(f"Serving on {address}")
    for language in here.languages:
        typer.echo(f"  {languages.name(language)}: {here.settings.base_url}/feeds/{language}.xml")
    sys.stdout.flush()
    others = 0 if given else here.settings.web_workers - 1
    with (
        here.queue.working() if work else nullcontext(),
        here.scheduler.running() if work else nullcontext(),
        here.polling.working() if work else nullcontext(),
        here.renewal.under_way() if not given else nullcontext(),
        web_workers(others, listening, here.settings.base_url),
        here.service_exposition.served(here.settings.host, 0 if given else here.settings.metrics_port),
        beside(here),
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
