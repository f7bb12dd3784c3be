"""Numbers in Chinese characters, as they are said."""

from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_SCALES: Final = ("", "万", "亿", "万亿")


def in_characters(number: str) -> str:
    """A number as it is said: `230` as 二百三十, `3.5` as 三点五."""
    whole, _, fraction = number.partition(".")
    said = _whole(whole) if len(whole) <= 4 * len(_SCALES) else "".join(_DIGITS[int(figure)] for figure in whole)
    return said + ("点" + "".join(_DIGITS[int(figure)] for figure in fraction) if fraction else "")


def _whole(figures: str) -> str:
    groups = []
    rest = int(figures)
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    said = ""
    for scale, group in reversed([*enumerate(groups)]):
        gap = "零" if said and group and len(str(group)) < len(_PLACES) else ""
        said += gap + (_group(group) + _SCALES[scale] if group else "")
    return said.removeprefix("一") if said.startswith("一十") else said or _DIGITS[0]


def _group(group: int) -> str:
    """A number below ten thousand."""
    said, skipped = "", False
    for place, figure in zip((3, 2, 1, 0), f"{group:04}", strict=True):
        if figure == "0":
            skipped = bool(said)
            continue
        said += ("零" if skipped else "") + _DIGITS[int(figure)] + _PLACES[place]
        skipped = False
    return said
