"""Units in Cyrillic letters by the signs that the rest of the world writes: `6 мкг/м³` as `6 µg/m³`."""

import re
from typing import Final

from podcaster.script.spoken.wording import any_of, replaced, words

_LATIN_SIGNS: Final = {
    "мкг": "µg", "мг": "mg", "г": "g", "кг": "kg", "т": "t", "мкм": "µm", "мм": "mm", "см": "cm", "м": "m", "км": "km", "с": "s",
    "мс": "ms", "мин": "min", "ч": "h", "сут": "d", "л": "l", "мл": "ml", "Вт": "W", "кВт": "kW", "МВт": "MW", "ГВт": "GW",
    "кВт·ч": "kWh", "МВт·ч": "MWh", "ГВт·ч": "GWh", "ТВт·ч": "TWh", "В": "V", "кВ": "kV", "А": "A", "мА": "mA", "Гц": "Hz", "кГц": "kHz",
    "МГц": "MHz", "ГГц": "GHz", "Па": "Pa", "кПа": "kPa", "МПа": "MPa", "гПа": "hPa", "Н": "N", "кН": "kN", "Дж": "J", "кДж": "kJ",
    "МДж": "MJ", "ккал": "kcal", "моль": "mol", "ммоль": "mmol", "га": "ha", "бит": "bit", "Мбит": "Mbit", "Гбит": "Gbit", "Б": "B",
    "КБ": "KB", "МБ": "MB", "ГБ": "GB", "ТБ": "TB", "К": "K", "эВ": "eV", "дБ": "дБ",
    "мЗв": "mSv", "мкЗв": "µSv", "Зв": "Sv", "Бк": "Bq", "кБк": "kBq", "МБк": "MBq", "Гр": "Gy", "мГр": "mGy", "Вт·ч": "Wh", "мСм": "mS",
    "мкСм": "µS", "кВА": "kVA", "мкмоль": "µmol", "нг": "ng", "мВ": "mV", "мкс": "µs", "нм": "nm", "дл": "dl", "км²": "km²",
}  # fmt: skip
"""SI sign of each Cyrillic sign."""
_ONE_SIGN: Final = rf"(?:{any_of(_LATIN_SIGNS)})[²³]?"
_ALONE: Final = any_of(
    words(
        "кВт·ч МВт·ч ГВт·ч ТВт·ч мкг мг мл кг Гц кГц МГц ГГц Па кПа МПа гПа ккал моль ммоль МБ ГБ ТБ мЗв мкЗв"
        " Бк кБк МБк кВ мА кН кДж МДж"
    )
)
_WITH_SLASH: Final = rf"(?<=\d)(\s?)({_ONE_SIGN}(?:[/·]{_ONE_SIGN})+|(?:{_ALONE}))(?!\w)"
_FOR_SO_MUCH: Final = rf"(?<=\d)(\s?)({_ONE_SIGN}\s?/\s?\d+\s?{_ONE_SIGN})(?!\w)"


def _latin(found: re.Match[str]) -> str:
    """`6 мкг/м³` as `6 µg/m³`."""
    signs = re.sub(any_of(_LATIN_SIGNS), lambda sign: _LATIN_SIGNS[sign[0]], found[2])
    return f"{found[1]}{signs}"


_ABOVE_SLASH: Final = any_of([sign for sign in _LATIN_SIGNS if sign not in set("АВКНБ")])
RULES: Final = (
    replaced(r"(?<=\d)\s?чел\.\s?(?=/)", " человек"),
    replaced(rf"((?:млн|млрд|трлн|тыс)\.? )({_ONE_SIGN}(?:/{_ONE_SIGN})*)(?!\w)", _latin),
    replaced(rf"([€$₽£] ?/ ?|руб\.? ?/ ?)({_ONE_SIGN})(?!\w)", _latin),
    replaced(rf"((?<![\w.,/·])(?<!\d ))((?:{_ABOVE_SLASH})[²³]?(?:[/·]{_ONE_SIGN})+|(?:км|м|см)[²³])(?!\w)", _latin),
    replaced(_WITH_SLASH, _latin),
    replaced(_FOR_SO_MUCH, _latin),
    replaced(rf"(?<=[^\W\d_]{{3}}/)()({_ONE_SIGN})(?![\w/])", _latin),
    replaced(rf"(?<=\d/)()({_ONE_SIGN})(?![\w/])", _latin),
    replaced(r"(?<=\d)\s?г(?= C[O₂2])", " g"),
    replaced(r"(?<=\d)( )(мин|ч|л|м|мл|сут)(?![\w/·]|\.\w|\. ?л|\. ?[а-я])", _latin),
    replaced(r"(?<!\d\d\d\d)(?<=\d)( )(г)(?![\w/·]|\. ?[а-яё])", _latin),
    replaced(r"(?<=\d)\s?дБ(?!\w)", " децибел"),
)
