"""The fidelity report: every number and settled term of the samples is kept, and at least 98 of 100 names."""

from collections.abc import Iterator

import pytest
from fidelity import of_samples

from podcaster.model import Line, LineKind, Script
from podcaster.settings import Settings
from podcaster.translation.checks import check_line
from podcaster.translation.fidelity import Fidelity, Kept
from podcaster.translation.glossary import Glossary
from podcaster.units import ArticleId, LanguageTag, Milliseconds
from podcaster.wiring import Container
from support.requirements import missing

EN = LanguageTag("en")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """Shared: the paths of all languages begin with the same translation, which the engine keeps."""
    made = Container(Settings(data=tmp_path_factory.mktemp("fidelity")))
    yield made
    made.close()


@pytest.mark.guides
@pytest.mark.parametrize("language", ["es", "pt-BR", "ca", "gl"])
def test_the_samples_keep_their_numbers_terms_and_names(here: Container, language: str) -> None:
    target = LanguageTag(language)
    if not any(each.serves(EN, target) for each in here.translators):
        missing("Apertium is not installed")
    found = of_samples(here, target)
    assert found.lines > 50
    assert found.numbers.of > 20
    assert found.names.of > 20
    assert found.terms.of > 1
    assert found.numbers.share == 1, found.lost
    assert found.terms.share == 1, found.lost
    assert found.names.share >= 0.98, found.lost


def script_of(source: str, text: str, *, kept: tuple[str, ...] = ()) -> Script:
    line = Line(
        index=0, kind=LineKind.PARAGRAPH, source=source, text=text, spoken=text, pause_ms=Milliseconds(0),
        checks=check_line(source, text, kept=kept),
    )  # fmt: skip
    return Script(
        article=ArticleId("a1"), language=LanguageTag("es"), source_language=EN, title="", topics=(), lines=(line,)
    )


def test_what_is_lost_is_counted_and_named() -> None:
    glossary = Glossary.of("en-es", {"terms": {"working group": "grupo de trabajo"}})
    protected = {"working group": "grupo de trabajo", "Ann Other": "Ann Other", "Beijing": "Pekín"}
    source = "The working group paid 1,500 and 30 euros to Ann Other in Beijing."
    said = script_of(source, "La mesa pagó 1.500 euros a Ann Other en Porcelana.", kept=("Ann Other", "Pekín"))
    found = Fidelity.of(said, protected, glossary)
    assert (found.numbers, found.names, found.terms) == (Kept(kept=1, of=2), Kept(kept=1, of=2), Kept(kept=0, of=1))
    assert [each.partition(":")[0] for each in found.lost] == ["30 euros", "grupo de trabajo", "Pekín"]
    assert found.flagged == 1
    renamed = Fidelity.of(script_of(source, "La mesa pagó 1.500 euros a Ann Other en Beiyín."), protected, glossary)
    assert renamed.names == Kept(kept=2, of=2), "by its check the name was translated and not lost"
    assert (found + found).numbers.share == 0.5
