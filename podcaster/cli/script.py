"""`podcaster script`: what would be said of a report in a language, line by line, without audio."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container, submission

if TYPE_CHECKING:
    from podcaster.model import Line, Script

Source = Annotated[
    str, typer.Argument(metavar="SOURCE", help="A file (.html .md .txt .pdf .docx .epub .eml), a URL, or - .")
]
To = Annotated[str, typer.Option("--to", metavar="LANGUAGE", help="Language to say it in.")]
From = Annotated[str | None, typer.Option("--from", metavar="LANGUAGE", help="Language of the report.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON: script.json without times.")]


def script(source: Source, to: To, written_in: From = None, as_json: AsJson = False) -> None:
    """Show what would be said in a language, and which lines an editor should look at; nothing is spoken."""
    from podcaster.episode.script_document import untimed
    from podcaster.render.pipeline.rendering import translate

    here = container()
    article = here.read(submission(source, languages.parse(written_in) if written_in else None))
    written = translate(article, languages.parse(to), here.context).script
    here.close()
    typer.echo(json.dumps(untimed(written), ensure_ascii=False) if as_json else _shown(written))


def _shown(written: "Script") -> str:
    return "\n".join(shown for line in written.lines for shown in _line(line))


def _line(line: "Line") -> list[str]:
    """A line's number, kind and words, what the voice says if it is something else, and what failed."""
    shown = [f"{line.index:3} [{line.kind.value}] {line.text}"]
    if line.spoken != line.text:
        shown.append(f"      said: {line.spoken}")
    return shown + [f"      {check.name}: {check.detail}" for check in line.checks if not check.passed]
