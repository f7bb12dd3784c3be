"""`podcaster proof`: what a machine hears in finished episodes, and which words it mishears most."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.cli.terminal.progress_bars import progress_bars
from podcaster.units import ArticleId, LanguageTag

if TYPE_CHECKING:
    from podcaster.wiring import Container

What = Annotated[
    str | None,
    typer.Argument(metavar="OUT|ARTICLE", help="A folder that `podcaster render` wrote, or a report's name."),
]
To = Annotated[list[str] | None, typer.Option("--to", metavar="LANGUAGE", help="Only this language; repeatable.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: a line of JSON for each line, or word.")]
Words = Annotated[bool, typer.Option("--words", help="The words most often misheard in the clips that were made.")]


def proof(what: What = None, to: To = None, words: Words = False, as_json: AsJson = False) -> None:
    """Hear finished episodes and compare them with their scripts, line by line."""
    here = container()
    wanted = [languages.parse(tag) for tag in to or ()]
    if words:
        _show_words(here, wanted, as_json=as_json)
        return
    if what is None:
        raise typer.BadParameter("name a folder or a report, or say --words")
    _show_lines(here, what, wanted, as_json=as_json)
    here.close()


def _show_lines(here: "Container", what: str, wanted: Collection[LanguageTag], *, as_json: bool) -> None:
    from podcaster.proofing.episode_proof import proof_episode, timed_lines
    from podcaster.render.export.finished_episodes import episodes_in, episodes_of

    folder = Path(what)
    found = (
        episodes_in(folder, wanted)
        if folder.is_dir()
        else episodes_of(ArticleId(what), here.library, here.blobs, wanted)
    )
    for episode in found:
        lines = timed_lines(episode.script)
        with (
            ThreadPoolExecutor(here.proof_threads) as threads,
            progress_bars(episode.name, [episode.language]) as progress,
        ):
            fidelity = proof_episode(
                here.decoded(episode.audio()),
                lines,
                language=episode.language,
                recognizer=here.recognizer,
                pronouncer=here.pronouncer,
                mapped=threads.map,
                progress=partial(progress, episode.language, "hear"),
            )
        for each in fidelity.lines:
            verdict = each.verdict
            if as_json:
                said = {"index": each.line.index, "spoken": each.line.spoken, "heard": verdict.heard}
                answer({**said, "score": verdict.score, "flag": verdict.flag.value})
            elif not verdict.passed:
                typer.echo(f"{each.line.index:>5}  {verdict.flag:<6} {each.line.spoken}\n{'':>13} {verdict.heard}")
        told = f"{episode.name}: {fidelity.heard_percent} % heard as written, {len(fidelity.flagged)} of {len(lines)} lines flagged"
        typer.echo(told, err=as_json)


def _show_words(here: "Container", wanted: Collection[LanguageTag], *, as_json: bool) -> None:
    """The newsroom's list of what a lexicon should mend."""
    from podcaster.proofing.misheard import most_misheard

    for word in most_misheard(here.proofs.all(), wanted):
        if as_json:
            answer({"word": word.word, "language": word.language, "times": word.times, "heard": list(word.heard)})
        else:
            typer.echo(f"{word.times:>5}  {word.language:<6} {word.word:<24} {', '.join(word.heard)}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(proof)
