"""`podcaster proof`: what a machine hears in finished episodes, and which words it mishears most."""

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.cli.terminal.progress_bars import progress_bars
from podcaster.units import ArticleId, LanguageTag

if TYPE_CHECKING:
    from podcaster.proofing.misheard import MisheardWord
    from podcaster.proofing.word_trial import WordTrial
    from podcaster.wiring import Container

What = Annotated[
    str | None,
    typer.Argument(metavar="OUT|ARTICLE", help="A folder that `podcaster render` wrote, or a report's name."),
]
To = Annotated[list[str] | None, typer.Option("--to", metavar="LANGUAGE", help="Only this language; repeatable.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, a line for each line or word.")]
Words = Annotated[bool, typer.Option("--words", help="The words most often misheard in the clips that were made.")]
Word = Annotated[
    list[str] | None, typer.Option("--word", metavar="WORD", help="Say a word now, and hear it; repeatable.")
]
As = Annotated[
    str | None, typer.Option("--as", metavar="SPOKEN", help="With --word: try this entry instead of the lexicon's.")
]


def proof(  # noqa: PLR0917 # Typer passes them by name
    what: What = None,
    to: To = None,
    words: Words = False,
    word: Word = None,
    spoken_as: As = None,
    as_json: AsJson = False,
) -> None:
    """Hear finished episodes and compare them with their scripts, line by line."""
    here = container()
    wanted = [languages.parse(tag) for tag in to or ()]
    if word:
        from podcaster.render.editing.word_trials import try_word

        for language in wanted or [here.languages[0]]:
            for each in word:
                trial = try_word(each, spoken_as, language, here.edited_context)
                _show_trial(trial, here.word_search.uses(each, language), as_json=as_json)
        here.close()
        return
    if words:
        _show_words(here, wanted, as_json=as_json)
        return
    if what is None:
        raise typer.BadParameter("name a folder or a report, or say --words or --word")
    _show_lines(here, what, wanted, as_json=as_json)
    here.close()


def _show_lines(here: "Container", what: str, wanted: Collection[LanguageTag], *, as_json: bool) -> None:
    from concurrent.futures import ThreadPoolExecutor

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
    """The newsroom's list of what a lexicon should mend; words that it has an entry for by now are heard anew."""
    from podcaster.proofing.misheard import most_misheard
    from podcaster.render.editing.word_trials import try_word

    for word in most_misheard(here.proofs.all(), wanted):
        entry = _entry(here, word)
        trial = try_word(*entry, word.language, here.edited_context) if entry and here.proofreader else None
        after = trial.after if trial else None
        if as_json:
            told = {"word": word.word, "language": word.language, "times": word.times, "heard": list(word.heard)}
            answer({**told, "entry": entry[1] if entry else None, "heard_with_entry": after.heard if after else None})
        else:
            told_after = f"  → {after.heard}, with its entry {entry[1]}" if after and entry else ""
            typer.echo(f"{word.times:>5}  {word.language:<6} {word.word:<24} {', '.join(word.heard)}{told_after}")
    here.close()


def _entry(here: "Container", word: "MisheardWord") -> tuple[str, str] | None:
    """The lexicon's entry for a misheard word, which is kept in small letters and without marks."""
    from podcaster.proofing.normaliser import normalised

    entries = here.edited_context.lexicon(word.language).words
    return next((each for each in entries if " ".join(normalised(each[0], word.language)) == word.word), None)


def _show_trial(trial: "WordTrial", uses: Mapping[str, Any], *, as_json: bool) -> None:
    """A word as it is heard, and the lines of published reports that an entry for it would change."""
    if as_json:
        after = trial.after and {"heard": trial.after.heard, "understood": trial.after.understood}
        before = {"heard": trial.before.heard, "understood": trial.before.understood}
        counts = {name: uses[name] for name in ("reports", "lines")}
        answer({"word": trial.word, "voice": trial.voice, "before": before, "after": after, **counts})
        return
    told = f"{trial.word}: heard as {trial.before.heard or 'nothing'}"
    typer.echo(told if trial.after is None else f"{told}; with the entry as {trial.after.heard or 'nothing'}")
    typer.echo(f"  an entry would change {uses['lines']} lines of {uses['reports']} reports")
