"""The fidelity report: what of the sample reports comes through into each language. `./run bench fidelity` prints it."""

from pathlib import Path
from tempfile import TemporaryDirectory

import number_sentences

from podcaster.ports import Submission
from podcaster.render.pipeline.rendering import translate
from podcaster.script.writing import translatable, write_script
from podcaster.settings import Settings
from podcaster.translation.fidelity import Fidelity
from podcaster.translation.script_translation import protected_texts
from podcaster.units import LanguageTag
from podcaster.wiring import Container, shipped

ENGLISH = LanguageTag("en")
LANGUAGES = tuple(map(LanguageTag, ("es", "pt-BR", "ca", "gl")))


def of_samples(here: Container, target: LanguageTag) -> Fidelity:
    """All samples together in one language."""
    found, glossary = Fidelity(), here.context.glossary(ENGLISH, target)
    for sample in sorted(shipped("samples").iterdir()):
        if sample.suffix in {".html", ".md", ".txt"}:
            article = here.read(Submission(body=sample.read_bytes(), name=sample.name))
            original = write_script(article, here.phrases(ENGLISH), show="Reports")
            texts = [*(line.text for line in original.lines if translatable(line)), *article.topics]
            protected = protected_texts(texts, ENGLISH, target, glossary, article.authors)
            found += Fidelity.of(translate(article, target, here.context).script, protected, glossary)
    return found


def main() -> None:
    print("fidelity     lines flagged   numbers          names            terms")
    with TemporaryDirectory() as folder:
        here = Container(Settings(data=Path(folder)))
        for language in LANGUAGES:
            found = of_samples(here, language)
            shares = "  ".join(
                f"{each.kept:4} of {each.of:<3} {each.share:4.0%}" for each in (found.numbers, found.names, found.terms)
            )
            print(f"  {language:<9} {found.lines:6} {found.flagged:7} {shares}")
        here.close()
    number_sentences.main()


if __name__ == "__main__":
    main()
