"""`podcaster backup` and `restore`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster.cli.container import container, warned
from podcaster.cli.terminal.outcome import answer

if TYPE_CHECKING:
    from podcaster.backup.transfer import Progress

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def backup(
    to: Annotated[str, typer.Argument(metavar="TO", help="A folder, or a bucket: s3://…, gs://…, az://….")],
    keep: Annotated[
        int, typer.Option(min=0, help="Snapshots to keep; older ones are deleted afterwards. 0 keeps all.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Add a snapshot of the library and its files to a backup, while the service runs; only what is new is copied."""
    from podcaster.backup.restoring import refuse_half_restored
    from podcaster.backup.saving import forget
    from podcaster.wiring import now

    here = container()
    with here.one_backup(), _shown() as progress:
        there = here.backup_store(to)
        refuse_half_restored(here.blobs)
        saved = here.saver(progress).save(there)
        dropped, freed = forget(there, keep, now()) if keep else (0, 0)
    for name in saved.missing:
        warned(f"{name} is named by the library and in no store. Render the report again.")
    if as_json:
        answer({**asdict(saved), "dropped_snapshots": dropped, "freed_bytes": freed})
        return
    typer.echo(
        f"Snapshot {saved.snapshot}: files {saved.blobs:,}, bytes {saved.bytes:,}, of which {saved.new_bytes:,} are new."
    )
    if dropped:
        typer.echo(f"{dropped} older snapshots are dropped, {freed:,} bytes.")


def restore(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A folder or bucket that `podcaster backup` wrote to.")],
    snapshot: Annotated[
        str | None, typer.Option(help="Snapshot to restore, one of --list; by default the newest.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the library that is there.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="List the snapshots and restore nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Restore a library and its files. Stop the service and every worker first."""
    from podcaster.backup.snapshot import snapshot_ids

    here = container()
    there = here.backup_store(source, made=False)
    if listing:
        ids = snapshot_ids(there)
        typer.echo("\n".join(ids)) if not as_json else answer(ids)
        return
    with here.one_backup(), _shown() as progress:
        done = here.restorer(progress).restore(there, snapshot, replace=replace)
        here.forget_snapshot_folder()
    if done.base_url != here.settings.base_url:
        warned(
            f"The backup was made under PODCASTER_BASE_URL={done.base_url}, this is {here.settings.base_url}: "
            "feeds are written anew with other addresses when the service starts."
        )
    if as_json:
        answer(asdict(done))
        return
    typer.echo(f"Snapshot {done.snapshot} is restored: {done.blobs:,} files, {done.copied_bytes:,} bytes copied.")


@contextmanager
def _shown() -> Iterator["Progress"]:
    """A bar for each part while the block runs; nothing without a terminal."""
    if not sys.stderr.isatty():
        from podcaster.backup.transfer import unwatched

        yield unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total or None)
            bars.update(tasks[what], completed=done, total=total or 1)

        yield show
