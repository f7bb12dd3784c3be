"""Quality and speed of translations: chrF2 and BLEU of a public test set through podcaster.

The sentences become a report, one paragraph each; what `podcaster script` would say of it is joined by paragraph and held
against the references. Usage: translation_quality.py SOURCE LANGUAGE=REFERENCE... [--limit N] [--raw] [--out DIR]

`--raw` also gives the sentences to the path's engines alone, without names and terms protected. The set is not part of
podcaster: FLORES-200 devtest lies in the repository Helsinki-NLP/OPUS-MT-testsets.
"""

import argparse
import re
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from podcaster.model import Article, Script
from podcaster.ports import Submission
from podcaster.render.pipeline.rendering import translate
from podcaster.script.writing import translatable
from podcaster.settings import Settings
from podcaster.translation.script_translation import choose
from podcaster.units import LanguageTag
from podcaster.wiring import Container

ENGLISH = LanguageTag("en")
TITLE = "A report of many sentences"


def main() -> None:
    options = _options()
    with TemporaryDirectory() as folder:
        here = Container(Settings(data=Path(folder)))
        sources = _sentences(options.source, options.limit)
        article, words = _report(here, sources), sum(len(source.split()) for source in sources)
        for pair in options.references:
            tag, _, reference = pair.partition("=")
            language, references = LanguageTag(tag), _sentences(Path(reference), options.limit)
            begun = time.perf_counter()
            script = translate(article, language, here.context).script
            seconds = time.perf_counter() - begun
            answers = _by_sentence(script, sources)
            said = [place for place, answer in enumerate(answers) if answer]
            wanted = [references[place] for place in said]
            _say(f"{language:<8} podcaster", [answers[place] for place in said], wanted, words / seconds)
            _say_checks(script, left_out=len(sources) - len(said))
            if options.out:
                options.out.mkdir(parents=True, exist_ok=True)
                (options.out / f"{language}.txt").write_text("\n".join(answers) + "\n", encoding="utf-8")
            if options.raw:
                translator = choose(here.translators, ENGLISH, language)
                begun = time.perf_counter()
                answers = translator.translate(sources, ENGLISH, language)
                seconds = time.perf_counter() - begun
                _say(f"{language:<8} engines", answers, references, words / seconds)
        here.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("references", nargs="+", metavar="LANGUAGE=FILE")
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--out", type=Path, default=None)
    return parser.parse_args()


def _sentences(file: Path, limit: int | None) -> Sequence[str]:
    return file.read_text(encoding="utf-8").splitlines()[:limit]


def _report(here: Container, sentences: Sequence[str]) -> Article:
    body = "\n\n".join([f"# {TITLE}", *(re.sub(r"([#*_`\[\]<>\\])", r"\\\1", each) for each in sentences)])
    return here.read(Submission(body=body.encode(), name="set.md", language=ENGLISH))


def _by_sentence(script: Script, sources: Sequence[str]) -> Sequence[str]:
    """Translations by the set's sentences: a paragraph of several sentences is several lines.

    Empty for a sentence that the report leaves out, as it does what a page says of itself: `Watch: …`.
    """
    lines = [line for line in script.lines if translatable(line) and line.source != TITLE]
    answers = []
    for source in sources:
        wanted, said, texts = _bare(source), "", []
        while said != wanted and lines and wanted.startswith(said + _bare(lines[0].source)):
            line = lines.pop(0)
            said += _bare(line.source)
            texts.append(line.text)
        if said not in {"", wanted}:
            raise SystemExit(f"The report does not follow the set at: {source}")
        answers.append(" ".join(texts))
    if lines:
        raise SystemExit(f"The report says what the set does not: {lines[0].source}")
    return answers


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _say(label: str, answers: Sequence[str], references: Sequence[str], words_a_second: float) -> None:
    chrf = CHRF().corpus_score(list(answers), [list(references)]).score
    bleu = BLEU().corpus_score(list(answers), [list(references)]).score
    print(f"{label:<20} chrF2 {chrf:5.1f}  BLEU {bleu:5.1f}  {words_a_second:7.0f} words/s", flush=True)


def _say_checks(script: Script, *, left_out: int) -> None:
    failed = [check.name for line in script.lines for check in line.checks if not check.passed]
    counts = ", ".join(f"{name} {failed.count(name)}" for name in sorted(set(failed)))
    print(f"{'':<8} flagged: {counts or 'nothing'}, of {len(script.lines)} lines; left out: {left_out}", flush=True)


if __name__ == "__main__":
    main()
