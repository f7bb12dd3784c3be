"""Chinese, in both of its scripts; figures stay where every engine reads them, years are said digit by digit."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Final

from podcaster.script.spoken import common_rules, currency_signs, fractions
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import Wording, any_of, replaced, roman, words, written_out
from podcaster.units import LanguageTag

_NUMBER: Final = r"\d++(?:(?=[.,]\d)[.,]\d++)*+"
_TO: Final = "[-–—~～]"
_LISTED: Final = table("zh", "currencies")
_NAMED: Final = currency_signs.unlisted(LanguageTag("zh"), _LISTED, many_forms=False)
CURRENCIES: Final = {sign: name.partition("|")[0] for sign, name in _NAMED.items()} | _LISTED
_UNITS: Final = table("zh", "units")
_TRADITIONAL: Final = str.maketrans("欧镑卢币吨时负点摄万亿", "歐鎊盧幣噸時負點攝萬億")
"""Characters of the words above, simplified to traditional."""
_ENGLISH_SCALES: Final = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_WAN: Final = 10**4
_YI: Final = 10**8
_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_BELOW: Final = any_of(
    words(
        "小时 小時 分钟 分鐘 秒 天 日 年 月 周 人 户 戶 次 股 公斤 千克 克 吨 噸 升 毫升 桶 平方米 立方米 亩 畝 "
        "公顷 公頃 度 千瓦时 斤 辆 輛"
    )
)
"""Units that an amount is counted by: so many an hour, a person, a kilogram."""
_FRACTIONS: Final = table("zh", "fractions")
_QUARTERS: Final = common_rules.parts_of_year("Q{0}=第{1}季度", "一二三四")
_INITIALS: Final = words("IMF WHO OECD ECB WTO IAEA UAE AI")


def _percent(found: re.Match[str]) -> str:
    """`2.5%` as `百分之2.5`, `10-15%` as `百分之10到15`."""
    high = f"到{found['high']}" if found["high"] else ""
    return f"{'负' if found['sign'] else ''}百分之{found['low']}{high}"


def _money(found: re.Match[str]) -> str:
    """`$5.4亿` as `5.4亿美元`; English scales are counted anew: `$5.4bn` is `54亿美元`."""
    amount = _counted(found["number"], found["english"]) if found["english"] else found["number"]
    high = ""
    if found["high"]:
        high = f"到{_counted(found['high'], found['english']) if found['english'] else found['high']}"
    return f"{amount}{high}{found['scale'] or ''}{CURRENCIES[found['currency']]}"


def _counted(number: str, scale: str) -> str:
    value = Decimal(number.replace(",", "")) * _ENGLISH_SCALES[scale]
    for size, name in ((_YI * _WAN, "万亿"), (_YI, "亿"), (_WAN, "万")):
        if value >= size:
            return f"{(value / size).normalize():f}{name}"
    return f"{value.normalize():f}"


def _reign(found: re.Match[str]) -> str:
    """`伊丽莎白II世` as `伊丽莎白二世`."""
    number = int(found[1]) if found[1].isdigit() else roman(found[1])
    return fractions.han(number) if number else found[0]


def _rising(found: re.Match[str]) -> str:
    """`5-10` as `5到10`; what falls stays."""
    try:
        rises = Decimal(found[1]) < Decimal(found[2])
    except ArithmeticError:
        return found[0]
    return f"{found[1]}到{found[2]}" if rises else found[0]


def _year(found: re.Match[str]) -> str:
    """`1989年` as `一九八九年`."""
    return found[0].translate(_DIGITS)


def _clock(found: re.Match[str]) -> str:
    """`14:30` as `14点30分`."""
    return f"{found[1]}点{'' if found[2] == '00' else f'{found[2]}分'}"


def _measured(units: Mapping[str, str], found: re.Match[str]) -> str:
    return f"{found[1]}{units[found[2]]}"


_AMOUNT: Final = (
    rf"(?P<currency>{any_of(CURRENCIES)})\s?(?P<number>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?"
    rf"\s?(?:(?P<scale>[万亿萬億千百]+)|(?P<english>{any_of(_ENGLISH_SCALES)})(?![A-Za-z]))?"
)
_RULES: Final = (
    replaced(r"和/或", "和或"),
    replaced(r"(?:№|No\.)\s?(?=\d)", "第"),
    replaced(rf"({_NUMBER})至(?={_NUMBER}\s?[%％])", r"\1-"),
    replaced(r"(?<=[\u4e00-\u9fff])([IVX]{2,}|V)(?=[、，。；：）]|[的在与和是]|$)", _reign),
    replaced(r"(?<=\d),(?=\d{3}(?!\d))", ""),
    replaced(r"(?<=\d) (?=\d{3}(?!\d))", ""),
    replaced(
        r"(?<!\d)((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?!\d)",
        lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日",
    ),
    replaced(rf"(?<![\d.])((?:1\d|20)\d\d){_TO}((?:1\d|20)\d\d)(?=年)", r"\1年到\2"),
    replaced(r"(?<![\d.了约約近过過达達续續去])(?:1[5-9]|20)\d\d(?=\s?年(?!代?[多来]|后|前))", _year),
    replaced(r"(?<![\d.])(?:1\d|20)\d\d(?=\s?Q[1-4])", lambda found: f"{_year(found)}年"),
    written_out(_FRACTIONS),
    replaced(rf"{any_of(_QUARTERS)}", lambda found: _QUARTERS[found[0]]),
    replaced(rf"(?<![A-Za-z0-9])(?:{any_of(_INITIALS)})(?![A-Za-z0-9])", lambda found: " ".join(found[0])),
    replaced(r"([他她它])/(?=[他她它])", r"\1或"),
    replaced(_AMOUNT, _money),
    replaced(
        rf"(?<![\d.,])({_NUMBER})\s?([万亿萬億]*)\s?([€£¥￥₩₹₽₺₴₦₱₫฿₪$]|USD|EUR|GBP|JPY|CNY)(?!\s?\d|[A-Za-z])",
        lambda found: f"{found[1]}{found[2]}{CURRENCIES[found[3]]}",
    ),
    replaced(r"(?<![A-Za-z\d.])([IVX]+|(?<=[\u4e00-\u9fff])\d{1,2})(?=世(?!纪|紀|界))", _reign),
    replaced(r"(?<=第)([IVXL]+)(?=[章节節卷条條部篇期届屆])", _reign),
    replaced(rf"({_NUMBER}[万亿萬億]?[\u4e00-\u9fff]{{1,4}})/({_BELOW})(?![\u4e00-\u9fff/])", r"每\2\1"),
    replaced(rf"({_NUMBER}[万亿萬億]?[\u4e00-\u9fff]{{1,4}})/({_BELOW})(?=的|时|時|，|。|、)", r"每\2\1"),
    replaced(r"(?<![\d.:])([01]?\d|2[0-4]):([0-5]\d):([0-5]\d)(?![\d:])", r"\1点\2分\3秒"),
    replaced(r"(?<![A-Za-z\d)）])\+(?=\d(?! \d))", "正"),
    replaced(r"(?<=次方)\s?m(?![A-Za-z²³/])", "米"),
    replaced(r"(?<=[\d)方])\+(?=[A-Za-z\d(])", "加"),
    replaced(
        rf"(?P<sign>(?<![\w)%.,-])[-−]|(?<=[\u4e00-\u9fff])[-−])?(?<![\d.])(?<!\d,)(?P<low>{_NUMBER})%?(?:{_TO}(?P<high>{_NUMBER}))?\s?[%％]",
        _percent,
    ),
    replaced(rf"(?<=[时時]速)\s?({_NUMBER})\s?km/h", r"\1公里"),
    replaced(rf"(?<![\d.])(?<!\d,)({_NUMBER})\s?km/h", r"每小时\1公里"),
    replaced(rf"(?:(?<=[\u4e00-\u9fff])|(?<![\w)%.,-]))[-−](?={_NUMBER}\s?(?:℃|°C))", "零下"),
    replaced(rf"(?<![\d.])(?<!\d,)({_NUMBER})\s?({any_of(_UNITS)})(?![A-Za-z/²³])", partial(_measured, _UNITS)),
    replaced(rf"(?<=:\d\d){_TO}(?=\d\d?:\d\d)", "到"),
    replaced(r"(?<![\d.:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])", _clock),
    replaced(rf"(?<![\w.-])(\d[\d.]*){_TO}(\d[\d.]*)(?=[\u4e00-\u9fff])", r"\1到\2"),
    replaced(rf"(?<=[\u4e00-\u9fff])(\d[\d.]*){_TO}(\d[\d.]*)(?=[\u4e00-\u9fff])", r"\1到\2"),
    replaced(rf"(?<![\w.-])(\d[\d.]*){_TO}(\d[\d.]*)(?=[、，。；）)]|$)", _rising),
    replaced(r"(?:(?<=[\u4e00-\u9fff])|(?<![\w)%.,-]))[-−](?=\d)", "负"),
)


def wording(language: LanguageTag) -> Wording:
    """The words of Chinese; what is added is in the simplified script, or in the traditional one for Taiwan."""
    traditional = language in {"zh-TW", "zh-HK", "zh-MO", "zh-Hant"}
    last = (lambda text: text.translate(_TRADITIONAL),) if traditional else ()
    return Wording(decimal_comma=False, rules=_RULES, last_rules=last)
