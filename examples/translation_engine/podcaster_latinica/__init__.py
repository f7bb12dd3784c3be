"""A translation engine: Serbian, letter by letter, for readers of Bosnian. The words stay Serbian, so it is a draft."""

from collections.abc import Sequence

from podcaster.errors import NoTranslationPath
from podcaster.translation.translator import OneWay
from podcaster.units import LanguageTag

CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
LATIN = (
    "a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m",
    "n", "nj", "o", "p", "r", "s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š",
)  # fmt: skip
LETTERS = dict(zip(CYRILLIC, LATIN, strict=True))
TABLE = str.maketrans({**LETTERS, **{each.upper(): latin.capitalize() for each, latin in LETTERS.items()}})


class LatinTranslator(OneWay):
    """Fills `podcaster.translation.translator.Translator`."""

    name = "latinica"
    draft = True

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Serbian into Bosnian."""
        return (source, target) == ("sr", "bs")

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The table has not changed yet."""
        return "1"

    def mask(self, index: int) -> str:
        """Latin letters come through as they are."""
        return f"Zz{index}zz"

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Each letter for itself."""
        if not self.serves(source, target):
            raise NoTranslationPath(f"latinica does not serve {source} and {target}.", "Ask another engine.")
        return [sentence.translate(TABLE) for sentence in sentences]
