"""`podcaster prune`: deletes stored files that nothing points at any more, and old translations."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster.cli.container import container

if TYPE_CHECKING:
    from podcaster.wiring import Container

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be deleted, and delete nothing.")]
_ABOUT = {
    "feeds": "replaced versions of feeds",
    "work": "intermediate results of ended renders",
    "revisions": "files of replaced revisions",
    "drafts": "held drafts that a newer one replaced",
    "removed": "files of removed reports",
    "clips": "clips of no episode, recordings of no line",
    "translations": "old translations",
}


def prune(dry_run: DryRun = False) -> None:
    """Delete stored files that nothing needs any more, and old translations."""
    with closing(container()) as here:
        _prune(here, dry_run=dry_run)


def _prune(here: "Container", *, dry_run: bool) -> None:
    from podcaster.render.pipeline.memory_pruning import prune_memory
    from podcaster.wiring import now

    found = here.pruning.find()
    translations = prune_memory(
        here.blobs,
        now(),
        most_days=here.settings.memory_days,
        most_bytes=here.settings.memory_bytes,
        dry_run=dry_run,
    )
    rows = [(each.kind.value, len(each.files), each.length) for each in found]
    rows.append(("translations", translations.forgotten, translations.bytes_freed))
    for kind, files, length in rows:
        typer.echo(f"{kind:<13} {files:>8,} files {length:>15,} bytes   {_ABOUT[kind]}")
    total = sum(length for _, _, length in rows)
    if dry_run:
        typer.echo(f"{total:,} bytes could go; nothing was deleted.")
    else:
        here.pruning.settle_takedowns()
        here.pruning.remove(found)
        typer.echo(f"{total:,} bytes deleted.")
