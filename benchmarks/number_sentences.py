"""Sentences with numbers of every kind, in several languages, and what is wrong with a translation that changes one."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from podcaster.model import LineKind
from podcaster.script import cldr
from podcaster.script.spoken import spoken_form
from podcaster.units import LanguageTag
from podcaster.values.comparing import faults
from podcaster.values.money import money, written
from podcaster.values.writing import percent

LANGUAGES: Final = tuple(map(LanguageTag, ("en", "es", "ca", "gl", "pt", "de", "fr", "it", "nl", "zh", "ja", "ar")))
_FRAMES: Final = {
    "en": ("In the end it was {0}.", "The council wrote of {0} in its letter.", "Later, {0} stood in the book, and {1} beside it."),
    "es": ("Al final fue {0}.", "El concejo escribió sobre {0} en su carta.", "Luego, {0} constaba en el libro, y {1} a su lado."),
    "ca": ("Al final va ser {0}.", "El consell va escriure sobre {0} en la carta.", "Després, {0} constava al llibre, i {1} al costat."),
    "gl": ("Ao final foi {0}.", "O concello escribiu sobre {0} na carta.", "Desde entón, {0} constaba no libro, e {1} ao lado."),
    "pt": ("No fim foi {0}.", "O conselho escreveu sobre {0} na carta.", "Desde então, {0} constava no livro, e {1} ao lado."),
    "de": ("Am Ende war es {0}.", "Der Rat schrieb von {0} in seinem Brief.", "Von da an stand {0} im Buch, und {1} daneben."),
    "fr": ("À la fin, c’était {0}.", "Le conseil a parlé de {0} dans sa lettre.", "Plus tard, {0} figurait au livre, et {1} à côté."),
    "it": ("Alla fine era {0}.", "Il consiglio ha scritto di {0} nella lettera.", "In seguito {0} stava nel libro, e {1} accanto."),
    "nl": ("Uiteindelijk was het {0}.", "De raad schreef over {0} in zijn brief.", "Later stond {0} in het boek, en {1} ernaast."),
    "zh": ("最后是{0}。", "议会在信中写到{0}。", "后来书中写着{0}，旁边是{1}。"),
    "ja": ("最後は{0}だった。", "議会は手紙で{0}について書いた。", "その後、本には{0}とあり、隣に{1}とあった。"),
    "ar": ("في النهاية كان {0}.", "كتب المجلس عن {0} في رسالته.", "فيما بعد ورد {0} في الكتاب، و{1} بجانبه."),
}  # fmt: skip
_CURRENCIES: Final = ("USD", "EUR", "GBP", "JPY", "INR")
_SIGNS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Written = Callable[[LanguageTag], str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, as each language writes it, and what a translation may wrongly make of it."""

    kind: str
    right: Written
    wrong: Written


@dataclass(frozen=True, slots=True)
class Tally:
    """Number of sentences, and those that came out otherwise than they should."""

    asked: int = 0
    false_alarms: tuple[str, ...] = ()
    passed_wrong: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()
    """Sentences whose spoken form does not say what is written."""


def facts(dice: random.Random) -> Iterator[Fact]:
    """Values without end, of every kind in turn."""
    while True:
        for make in _KINDS:
            yield make(dice)


def sentences(language: LanguageTag, parts: Sequence[str], dice: random.Random) -> str:
    """The parts in one of a language's sentences."""
    fitting = [frame for frame in _FRAMES[language] if frame.count("{") == len(parts)]
    return dice.choice(fitting).format(*parts)


def tally(language: LanguageTag, count: int, seed: int = 1) -> Tally:
    """English sentences against right and wrong ones of a language, and its own against their spoken forms."""
    dice, english = random.Random(seed), LanguageTag("en")  # noqa: S311 # no secret
    made = facts(dice)
    alarms: list[str] = []
    missed: list[str] = []
    misread: list[str] = []
    for place in range(count):
        chosen = [next(made) for _ in range(1 + place % 2)]
        frame = random.Random(place)  # noqa: S311 # no secret
        source = sentences(english, [each.right(english) for each in chosen], frame)
        right = sentences(language, [each.right(language) for each in chosen], frame)
        wrong = sentences(language, [chosen[0].wrong(language), *(each.right(language) for each in chosen[1:])], frame)
        if found := faults(source, right, english, language):
            alarms.append(f"{source} | {right}: {found}")
        if not faults(source, wrong, english, language):
            missed.append(f"{chosen[0].kind}: {source} | {wrong}")
        said = spoken_form(right, LineKind.PARAGRAPH, language)
        if found := faults(right, said, language, language):
            misread.append(f"{right} | {said}: {found}")
    return Tally(count, tuple(alarms), tuple(missed), tuple(misread))


def _whole(dice: random.Random) -> Fact:
    number = Decimal(dice.choice([dice.randint(13, 999), dice.randint(1000, 99_999), dice.randint(10**5, 10**8)]))
    return Fact("whole", lambda language: written(number, language), lambda language: written(number * 10, language))


def _decimal(dice: random.Random) -> Fact:
    number = Decimal(10 * dice.randint(1, 9_999) + dice.randint(1, 9)) / 10 ** dice.randint(1, 2)
    wrong = Decimal(str(number).replace(".", ""))
    return Fact("decimal", lambda language: written(number, language), lambda language: written(wrong, language))


def _copied(dice: random.Random) -> Fact:
    number = Decimal(dice.randint(1000, 999_999))

    def copied(language: LanguageTag) -> str:
        own = f"{number:,}"
        return own.replace(",", ".") if cldr.decimal_comma(language) is False else own

    return Fact("copied", lambda language: written(number, language), copied)


def _negative(dice: random.Random) -> Fact:
    number = Decimal(dice.randint(2, 90))
    return Fact(
        "negative", lambda language: f"−{written(number, language)}", lambda language: written(number, language)
    )


def _percent(dice: random.Random) -> Fact:
    number = Decimal(dice.randint(1, 999)) / 10
    return Fact("percent", lambda language: percent(number, language), lambda language: written(number, language))


def _money(dice: random.Random) -> Fact:
    number, code = Decimal(dice.randint(2, 9_999)), dice.choice(_CURRENCIES)
    other = "GBP" if code == "EUR" else "EUR"

    def right(language: LanguageTag) -> str:
        return f"{_SIGNS[code]}{written(number, language)}" if language == "en" else money(number, code, language)

    return Fact("money", right, lambda language: money(number, other, language))


def _millions(dice: random.Random) -> Fact:
    number, code, scale = Decimal(dice.randint(2, 99)), dice.choice(_CURRENCIES), dice.choice([6, 9])
    whole, wrong = number * 10**scale, number * 10 ** (15 - scale)

    def right(language: LanguageTag) -> str:
        sign = "m" if scale == 6 else "bn"  # noqa: PLR2004 # millions
        return f"{_SIGNS[code]}{number}{sign}" if language == "en" else money(whole, code, language, scale=scale)

    return Fact("millions", right, lambda language: money(wrong, code, language, scale=15 - scale))


def _day(dice: random.Random) -> Fact:
    day = date(1950, 1, 1) + timedelta(days=dice.randint(0, 27_000))
    other = day + timedelta(days=dice.choice([1, 31, 366]))
    return Fact("day", lambda language: cldr.long_date(day, language), lambda language: cldr.long_date(other, language))


def _figures(dice: random.Random) -> Fact:
    day = date(1950, 1, 1) + timedelta(days=dice.randint(0, 27_000))
    day = day.replace(day=dice.randint(13, 28))
    other = day + timedelta(days=31)

    def right(language: LanguageTag) -> str:
        return f"{day.day}/{day.month}/{day.year}" if language == "en" else cldr.long_date(day, language)

    return Fact("figures", right, lambda language: cldr.long_date(other, language))


def _time(dice: random.Random) -> Fact:
    hour, minute = dice.randint(1, 22), dice.randint(10, 58)
    return Fact("time", lambda _: f"{hour}:{minute:02}", lambda _: f"{hour}:{minute + 1:02}")


def _range(dice: random.Random) -> Fact:
    low = dice.randint(12, 400)
    high = low + dice.randint(2, 90)
    return Fact("range", lambda _: f"{low}–{high}", lambda _: f"{low}–{high + 1}")


def _power(dice: random.Random) -> Fact:
    factor, power = dice.randint(2, 9), dice.randint(4, 12)
    raised = str(power).translate(_SUPERSCRIPT)
    return Fact("power", lambda _: f"{factor}×10{raised}", lambda _: f"{factor}×10{power}")


def _fraction(dice: random.Random) -> Fact:
    below = dice.choice([3, 4, 5, 8])
    above = dice.randint(1, below - 1)
    return Fact("fraction", lambda _: f"{above}/{below}", lambda _: f"{above}, {below}")


def _ratio(dice: random.Random) -> Fact:
    one, two = dice.randint(2, 40), dice.randint(1, 9)
    return Fact("ratio", lambda _: f"{one}:{two}", lambda _: f"{one}:{two + 1}")


_KINDS: Final = (
    _whole, _decimal, _copied, _negative, _percent, _money, _millions, _day, _figures, _time, _range, _power, _fraction, _ratio,
)  # fmt: skip


def main(count: int = 2_000) -> None:
    """Print a row for each language."""
    print(f"numbers ({count} sentences)   false alarms   wrong that passed   said otherwise")
    for language in LANGUAGES[1:]:
        found = tally(language, count)
        print(f"  {language:<24} {len(found.false_alarms):14} {len(found.passed_wrong):19} {len(found.misread):16}")


if __name__ == "__main__":
    main()
