"""Sentences with words for the signs that models which translate whole sentences lose."""

import re
from functools import lru_cache
from typing import Final

from podcaster import language as languages
from podcaster.script.rewriting import Rewriting
from podcaster.script.spoken.languages import wording_of
from podcaster.script.spoken.quantities import measures
from podcaster.units import LanguageTag
from podcaster.values.money import money, shortened, signed, written
from podcaster.values.parsing import read
from podcaster.values.preparation import prepared
from podcaster.values.value import Settled, Value, ValueKind
from podcaster.values.writing import number_form, written_scale


@lru_cache(4096)
def worded(sentence: str, source: LanguageTag) -> str:
    """A sentence as engines read it that translate whole sentences: `$5–7bn` as `5 to 7 billion dollars`, `6 µg/m³` in words.

    Signs that such an engine drops or takes for others become words of its source language.
    """
    text = prepared(sentence, source)
    if not _DIGIT.search(text):
        return text[:1].upper() + text[1:] if sentence[:1].isupper() else text
    for value in reversed(_amounts(text, source)):
        text = f"{text[: value.start]}{value.form}{text[value.end :]}"
    if _UNSURE_MEASURE.search(text):
        for rule in (*measures.rates(source), *measures.rules(source)):
            text = _UNSURE_MEASURE.sub(lambda found, rule=rule: rule(found[0]), text)  # type: ignore[misc] # bound at once
    if rewriting := _PLAIN_WORDS.get(languages.base(source)):
        text = rewriting(text)
    return text[:1].upper() + text[1:] if sentence[:1].isupper() else text


def _amounts(text: str, language: LanguageTag) -> list[Settled]:
    """Money in figures and signs, each with its words; a range of two amounts as one."""
    values = read(text, language)
    made: list[Settled] = []
    place = 0
    while place < len(values):
        value, after = values[place], values[place + 1] if place + 1 < len(values) else None
        place += 1
        if value.kind is not ValueKind.NUMBER or not any(map(str.isdigit, value.text)):
            continue
        between = text[value.end : after.start] if after else ""
        if after and after.unit.isupper() and after.kind is ValueKind.NUMBER and re.fullmatch(r"\s?[-–—]\s?", between):
            form = _span_of_money(value, after, language)
            place += 1
            made.append(Settled(start=value.start, end=after.end, form=form, plain=form))
        elif (
            value.unit.isupper() and not value.unit.startswith("?") and (form := number_form(value, language, language))
        ):
            made.append(Settled(start=value.start, end=value.end, form=_minus(form, language), plain=form))
        elif not value.unit and re.fullmatch(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?", value.text):
            form = written(value.number, language)
            made.append(Settled(start=value.start, end=value.end, form=form, plain=form))
    return [each for each in made if each.form]


def _span_of_money(low: Value, high: Value, language: LanguageTag) -> str:
    """`$5–7bn` as `5 to 7 billion dollars`."""
    scale = written_scale(high, language)
    ends = [
        money(
            value.numbers[-1] if value is low and written_scale(low, language) == 0 else value.number,
            high.unit,
            language,
            scale=scale,
        )
        for value in (low, high)
    ]
    if written_scale(low, language) == 0 and scale:
        amount = low.numbers[0] if low.numbers[0] < 10**scale else low.numbers[0] / 10**scale
        return f"{signed(shortened(amount), language)} {wording_of(language).to} {ends[1]}"
    return f"{ends[0]} {wording_of(language).to} {ends[1]}"


def _minus(form: str, language: LanguageTag) -> str:
    word = wording_of(language).minus
    return f"{word} {form[1:]}" if word and form.startswith("−") else form


def _in_24_hours(found: re.Match[str]) -> str:
    """`2:15 p.m.` as `14:15`; the stop stays where a sentence ends with it."""
    hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
    return f"{hour}:{found[2]}{'.' if found[4] is not None and found[0].endswith('.') else ''}"


_DIGIT: Final = re.compile(r"\d")
_UNSURE_MEASURE: Final = re.compile(
    r"(?<![\w.,])\d[\d.,]*\s?(?:[µμ][A-Za-z]+(?:/\S*[^\W_])?[²³]?|\w+/\d+\s?\w+|\w+/\w+/\w+|[^\W\d_]+/(?:[kMGT]Wh|t|ha|kg|km²|l|L|m²|m³)(?!\w)"
    rf"|\w+[·⋅]\w+(?:/\w+[²³]?)?|Ω|kΩ|MΩ|(?!B/|A/B|T/F){measures.FACTOR}/{measures.FACTOR}(?![\w/]))"
)
"""Measures that engines lose or take apart."""
_PLAIN_WORDS: Final = {
    "en": Rewriting.of(
        (re.compile(r"\bNo\.\s?(?=\d)"), "number "),
        (re.compile(r"\bNos\.\s?(?=\d)"), "numbers "),
        (re.compile(r"§§\s?(?=\d)"), "sections "),
        (re.compile(r"§\s?(?=\d)"), "section "),
        (re.compile(r"(?<=\d)\s?(?:bps|bp)\b"), " basis points"),
        (re.compile(r"(?<=\d)\s?(?:pp|ppts?)\b"), " percentage points"),
        (re.compile(r"(?<=\d)x\b(?!\s?\d)"), " times"),
        (
            re.compile(r"(?<![\w-])(0?[1-9]|1[0-2])[:.]([0-5]\d)\s?([apAP])\.?[mM]\b\.?(?=(\s+[A-Z\"“]|[\"”]?$)?)"),
            _in_24_hours,
        ),
        (re.compile(r"(?<![\w–-])(\d{1,2})–(?=\1(?![\w–-]))"), r"\1-"),
        (re.compile(r"(?<![\w.,)–-])[−-](?=\d[\d.]*\s?°)"), "minus "),
    ),
}
"""Other signs that are read as words, as `§ 7`."""
