"""Addresses, files, folders, accounts, hashtags, tickers and versions, as people say them."""

import re
from functools import partial
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.notation_words import Notation
from podcaster.script.spoken.wording import replaced

TOP_LEVELS: Final = (
    "com|org|net|gov|edu|int|info|io|eu|uk|de|es|fr|it|pt|nl|ch|at|ca|au|jp|cn|br|mx|cat|gal|eus|us|in|ru|pl|se|no|dk|fi|ie|be|ar|cl|"
    "co|dev|app|ai|tv"
)
"""Ends of host names that are read as such without `https://`."""
EXTENSIONS: Final = (
    "docx?|pdf|xlsx?|pptx?|odt|ods|rtf|csv|tsv|txt|zip|gz|tar|html?|json|xml|toml|ya?ml|jpe?g|png|gif|svg|webp|mp[34]|wav|mov|py|js|ts|"
    "sh|exe|md|epub|log|sql|dat|bin"
)
_EMAIL: Final = r"(?<![\w.+-])([\w.+'’-]+)@([\w-]+(?:\.[\w-]+)+)(?<![.-])"
_URL: Final = r"(?<!\w)[a-z][a-z0-9+.-]*://(?:www\.)?([\w-]+(?:\.[\w-]+)*)(?::\d+)?(?:[/?#][^\s.,;:!?)\]]*(?:[.,;:!?][^\s.,;:!?)\]]+)*)?"
_HOST: Final = rf"(?<![\w@./-])((?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:{TOP_LEVELS}))/[\w./?=&%#+~-]*(?<![.,-])"
_FILE: Final = rf"(?<![\w/.@-])([A-Za-z0-9][\w-]*(?:\.[\w-]+)*)\.({EXTENSIONS})(?![\w/]|\.\w)"
_FOLDERS: Final = (
    r"(?<![\w\\])([A-Za-z]:(?:\\[\w.-]+)+)\\?|(?<![\w/.])((?:~|\.{1,2})?(?:/[\w.-]*[A-Za-z_][\w.-]*){2,})/?(?![\w/])"
)
_HASHTAG: Final = r"(?<![\w&/#])#(\d*(?:[^\W\d_]|[\u3040-\u9fff])[\w\u3040-\u9fff]*)"
_HANDLE: Final = r"(?<![\w.@/])@([A-Za-z_][\w.]*\w)"
_TICKER: Final = r"(?<![\w$])\$([A-Z]{1,5})(?:\.([A-Z]))?(?![\w$]|\.\d)"
_EXCHANGE: Final = (
    r"(?<!\w)(NYSE|NASDAQ|Nasdaq|LSE|LON|TSE|TSX|TYO|HKEX|HKG|ASX|SSE|SZSE|BME|EPA|ETR|FRA|BIT|AMS|SWX|NSE|BSE|JSE|KRX)"
    r"(?::\s?|\.)([A-Z0-9]{1,6}(?:\.[A-Z](?!\w))?)(?!\w)"
)
_DOTTED: Final = r"(?<![\w.,$€£])([vV]?)(\d{1,3}(?:\.\d{1,3}){2,})(?::(\d{2,5}))?(?![\w%:]|[.,]\d)"
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")
_IDENTIFIER: Final = r"(?<=[^\W_])_+(?=[^\W_])"
_OCTETS: Final = 4
_LARGEST_OCTET: Final = 255


def rules(words: Notation, flags: re.RegexFlag) -> tuple[Rule, ...]:
    """Rules for names on the net in the words of a language."""
    return (
        replaced(_URL, r"\1", flags=flags),
        replaced(_EMAIL, partial(_email, words), flags=flags),
        replaced(_HOST, r"\1", flags=flags),
        replaced(_FOLDERS, _folders, flags=flags),
        replaced(_FILE, partial(_file, words), flags=flags),
        replaced(_HASHTAG, lambda found: f"{words.hashtag} {_apart(found[1])}", flags=flags),
        replaced(_HANDLE, partial(_handle, words), flags=flags),
        replaced(_EXCHANGE, lambda found: f"{found[1]}, {' '.join(found[2].replace('.', ''))}", flags=flags),
        replaced(_TICKER, lambda found: " ".join(f"{found[1]}{found[2] or ''}"), flags=flags),
        replaced(_DOTTED, partial(_dotted, words), flags=flags),
        replaced(_IDENTIFIER, " ", flags=flags),
    )


def _apart(name: str) -> str:
    """`ClimateAction` as `Climate Action`."""
    return " ".join(_HUMP.sub(" ", name).split())


def _spoken_signs(words: Notation, name: str) -> str:
    """A name's dots, low lines and plus signs in words."""
    for sign, word in ((".", words.dot), ("_", words.underscore), ("+", words.plus)):
        name = name.replace(sign, f" {word} ")
    return " ".join(name.split())


def _email(words: Notation, found: re.Match[str]) -> str:
    """`press_desk@example.org` as `press underscore desk at example dot org`."""
    return f"{_spoken_signs(words, found[1])} {words.at} {_spoken_signs(words, found[2])}"


def _handle(words: Notation, found: re.Match[str]) -> str:
    return f"{words.at} {_spoken_signs(words, found[1].replace('_', ' '))}"


def _file(words: Notation, found: re.Match[str]) -> str:
    return f"{found[1].replace('_', ' ').replace('.', f' {words.dot} ')} {words.dot} {found[2]}"


def _folders(found: re.Match[str]) -> str:
    r"""`C:\data\map.txt` as `C, data, map.txt`."""
    return ", ".join(part for part in re.split(r":?[\\/]", found[0]) if part not in {"", "~", ".", ".."})


def _dotted(words: Notation, found: re.Match[str]) -> str:
    """`192.168.0.1` and `v2.3.1` with their dots said; grouped thousands and days stay."""
    parts = found[2].split(".")
    grouped = all(len(part) == 3 for part in parts[1:])  # noqa: PLR2004 # thousands
    address = len(parts) == _OCTETS and all(int(part) <= _LARGEST_OCTET for part in parts) and parts[0] != "0"
    version = bool(found[1]) or (not grouped and not _like_day(parts))
    if (grouped and not address) or not (address or version):
        return found[0]
    port = f", {found[3]}" if found[3] else ""
    return f"{f'{found[1]} ' if found[1] else ''}{f' {words.dot} '.join(parts)}{port}"


def _like_day(parts: list[str]) -> bool:
    """Whether three parts can be a day, a month and a year in two figures."""
    return len(parts) == 3 and len(parts[2]) == 2 and int(parts[0]) <= 31 and int(parts[1]) <= 12  # noqa: PLR2004
