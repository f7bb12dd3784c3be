"""Words that stand for fractions and for signs of comparison, as patterns, by language."""

from typing import Final

FRACTION_WORDS: Final = {
    "en": "half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth",
    "es": "medi[oa]|mitad|terci|tercera|cuart|quint|sext|séptim|octav|noven|décim",
    "ca": "mig|mitja|meitat|terç|terc|quart|cinqu|sis|set|vuit|nov|dè[cs]",
    "gl": "medi[oa]|metade|terz|terce|cuart|quint|sext|sétim|oitav|noven|décim",
    "pt": "mei[oa]|metade|terç|quart|quint|sext|sétim|oitav|non|décim",
    "de": "halb|hälfte|drittel|viertel|fünftel|sechstel|siebtel|achtel|neuntel|zehntel",
    "fr": "demi|moitié|tiers|quart|cinqu|sixi|septi|huiti|neuvi|dixi",
    "it": "mezz|metà|terz|quart|quint|sest|settim|ottav|non|decim",
    "nl": "half|halve|helft|kwart|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende",
    "sv": "halv|hälft|kvart|tredjedel|fjärdedel|femtedel|sjättedel|sjundedel|åttondel|niondel|tiondel",
    "pl": "pół|połow|trzeci|ćwier|czwart|piąt|szóst|siódm|ósm|dziewiąt|dziesiąt",
    "ru": "половин|пол[у ]|трет|четверт|пят|шест|седьм|восьм|девят|десят",
    "ar": "نصف|ثلث|ثلاثة أرباع|ربع|أرباع|خمس|أخماس|سدس|أسداس|سبع|أسباع|ثمن|أثمان|تسع|أتساع|عشر|أعشار|على",
    "hi": "आध|तिहाई|चौथाई|पौन|बटा",
    "zh": "分之|半", "ja": "分の|半",
}  # fmt: skip
"""Stems that stand in a text that says a fraction."""
COMPARISONS: Final = {
    "es": {"<": "menor que|menos de|inferior a|por debajo de", ">": "mayor que|más de|superior a|por encima de", "±": "más o menos"},
    "ca": {"<": "menor que|menys de|inferior a|per sota de", ">": "major que|més gran que|més de|superior a", "±": "més o menys"},
    "gl": {"<": "menor que|menos de|inferior a", ">": "maior que|máis de|superior a", "±": "máis ou menos"},
    "pt": {"<": "menor que|menor do que|menos de|inferior a|abaixo de", ">": "maior que|maior do que|mais de|superior a|acima de",
           "±": "mais ou menos"},
    "de": {"<": "kleiner als|weniger als|unter", ">": "größer als|mehr als|über", "±": "plus minus|plus oder minus"},
    "fr": {"<": "inférieure? à|moins de", ">": "supérieure? à|plus de", "±": "plus ou moins"},
    "it": {"<": "minore di|inferiore a|meno di", ">": "maggiore di|superiore a|più di", "±": "più o meno"},
    "en": {"<": "less than|below|under|fewer than", ">": "more than|greater than|above|over", "±": "plus or minus"},
    "zh": {"<": "小于|低于|不到|少于", ">": "大于|高于|超过|多于", "±": "正负"},
}  # fmt: skip
