"""`podcaster serve`, `worker` and `doctor`: the service, and what it would be able to do."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.ending import end_in_time
from podcaster.cli.garbage_collection import pause_collection, resume_collection
from podcaster.errors import PodcasterError

if TYPE_CHECKING:
    from podcaster.wiring import Container

Port = Annotated[int | None, typer.Option("--port", help="Port to listen on; 0 takes a free one.")]


def serve(
    port: Port = None, work: Annotated[bool, typer.Option(help="Whether this process renders, too.")] = True
) -> None:
    """Serve feeds, the site, the desk and the API, and render what is submitted."""
    run_service(container(), port, work=work)


Engines = Annotated[
    str | None,
    typer.Option(
        "--engines",
        help="Speech engines that this worker is reserved for, separated by commas.",
    ),
]


def worker(engines: Engines = None) -> None:
    """Render only; run one on each further machine."""
    from podcaster.backup.restoring import refuse_half_restored
    from podcaster.cli.base_url import refuse_loopback
    from podcaster.cli.terminal.logs import write_logs

    write_logs(sys.stderr)
    here = container(**({} if engines is None else {"PODCASTER_WORKER_ENGINES": engines}))
    pause_collection()
    here.check_worker_engines()
    here.check_storage()
    refuse_half_restored(here.blobs)
    refuse_loopback(here.settings, here.feed_publisher.addresses.former_base_url)
    here.observe()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    end_in_time(stop)
    figures = here.worker_exposition.served(here.settings.host, here.settings.metrics_port)
    with figures, _working(here, stop):
        here.newsroom.resume()
        typer.echo("Working.", err=True)
        _tell(here.proofing_notice())
        resume_collection()
        stop.wait()
    if here.tracing:
        here.tracing.close()


def _tell(notice: str) -> None:
    if notice:
        typer.echo(notice, err=True)


@contextmanager
def _working(here: "Container", drain: threading.Event) -> Iterator[None]:
    """Be a worker within the block; `drain` is set when somebody wants it to end."""
    with here.queue.working(), here.scheduler.running(), here.polling.working(), here.present(drain):
        yield


@contextmanager
def _working_beside(here: "Container") -> Iterator[None]:
    """Be a worker within the block, until somebody drains it: what the block does goes on."""
    drain, over = threading.Event(), threading.Event()

    def end_when_drained() -> None:
        drain.wait()
        try:
            working.close()
        finally:
            over.set()

    with ExitStack() as working:
        working.enter_context(_working(here, drain))
        threading.Thread(target=end_when_drained, name="drain", daemon=True).start()
        try:
            yield
        finally:
            drain.set()
            over.wait()


def doctor() -> None:
    """Show how each configured language would be translated and spoken, and what is missing."""
    from podcaster.settings.brand import described_brand

    here = container()
    typer.echo(f"data      {here.settings.data}\nvoices    {here.voices}\nproofing  {here.who_proofs()}")
    typer.echo(f"brand     {described_brand(here.settings, here.settings.show_title)}")
    source = languages.parse("en")
    missing = False
    try:
        typer.echo(f"storage   {here.check_storage()}")
    except PodcasterError as error:
        missing = True
        typer.echo(f"storage   {error}")
    else:
        missing |= _tell_of_workers(here)
    missing |= _tell_of_signing(here)
    for language in here.languages:
        for what, ask in (("spoken", here.who_speaks), ("translated", lambda tag: here.who_translates(source, tag))):
            try:
                typer.echo(f"{language:<9} {what} by {ask(language)}")
            except PodcasterError as error:
                missing = True
                typer.echo(f"{language:<9} {error}")
    if missing:
        sys.exit(1)


def _tell_of_signing(here: "Container") -> bool:
    """Show by whom audio is signed; True where it cannot be."""
    from podcaster.wiring import now

    try:
        signer = here.signer
    except PodcasterError as error:
        typer.echo(f"signing   {error}")
        return True
    if signer is not None:
        typer.echo(f"signing   as {signer.subject}, until {signer.expires:%Y-%m-%d}")
    return signer is not None and signer.expires < now()


def _tell_of_workers(here: "Container") -> bool:
    """Show a pause and what no living worker can make; True where something waits in vain."""
    from podcaster.render.engine_routing import described

    try:
        paused, hindered = here.presence.paused(), here.stranded_work()
    except PodcasterError as error:
        typer.echo(f"workers   {error}")
        return True
    if paused:
        typer.echo("workers   paused; `podcaster workers resume` lets them go on")
    for each in hindered:
        typer.echo(f"workers   {described(each)}")
    return bool(hindered)


def run_service(
    here: "Container",
    port: int | None,
    *,
    work: bool,
    beside: Callable[["Container"], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> None:
    """Serve until told to stop; `beside` runs meanwhile."""
    from podcaster.cli.terminal.logs import write_logs
    from podcaster.cli.web_workers import inherited, web_workers
    from podcaster.observability.metrics_folder import count_together

    pause_collection()
    count_together(here.settings.web_workers)
    from podcaster.web.server.app import create_app
    from podcaster.web.server.start import listen
    from podcaster.web.server.start import serve as run

    write_logs(sys.stderr)
    given = inherited()
    listening = given or listen(here.settings.host, here.settings.port if port is None else port)
    address = f"http://{_reached_at(here.settings.host)}:{listening.getsockname()[1]}"
    if "base_url" not in here.settings.model_fields_set:
        from podcaster.wiring import Container

        here = Container(here.settings.model_copy(update={"base_url": address}))
    here.check_worker_engines()
    here.check_storage()
    here.observe()
    here.prepare_service()
    typer.echo(f"Serving on {address}")
    _tell(here.proofing_notice() if work else "")
    heard = [language for language in here.languages if language in here.library.languages()]
    for language in heard:
        typer.echo(f"  {languages.name(language)}: {here.settings.base_url}/feeds/{language}.xml")
    if not heard:
        typer.echo(f"  No report is published yet. {here.settings.base_url}/feeds.opml will list the feeds.")
    sys.stdout.flush()
    others = 0 if given else here.settings.web_workers - 1
    with (
        _working_beside(here) if work else nullcontext(),
        here.renewal.under_way() if not given else nullcontext(),
        web_workers(others, listening, here.settings.base_url),
        here.service_exposition.served(here.settings.host, 0 if given else here.settings.metrics_port),
        beside(here),
    ):
        services = here.web_services()
        app = create_app(services, here.limits)
        end_in_time(services.stopping)
        resume_collection()
        run(app, listening, services.stopping, trusted_proxies=here.settings.trusted_proxies)
    here.close()


def _reached_at(host: str) -> str:
    """The address that a browser on this machine uses for `host`; 0.0.0.0 and :: mean every address."""
    every = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 # not bound to: told apart
    address = every.get(host, host)
    return f"[{address}]" if ":" in address else address
