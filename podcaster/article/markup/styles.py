"""Styles, inline and in a page's own sheets: which of them hide a text, and which strike it out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Self

from lxml import html

Declarations = Mapping[str, str]
"""Properties in lower case and their values, without `!important`; the last of a name counts."""


class Hiding(Enum):
    """Ways in which a style hides a text."""

    NO = 0
    FADED = 1
    """By opacity or visibility, which scripts change when a reader comes to the text."""
    YES = 2


_ZERO = re.compile(r"0*\.?0+(?:px|r?em|%|pt)?")
_OUTSIDE = re.compile(r"-\d{4,}(?:\.\d+)?(?:px|r?em|pt|v[wh]|%)?|-\d{3}(?:v[wh]|r?em)")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|r?em|pt|v[wh]|%)?")
_LENGTH = re.compile(r"-?\d+(?:\.\d+)?")
_CLIPPED_AWAY = re.compile(r"inset\(\s*(?:50|100)%|circle\(\s*0")
_SHRUNK = re.compile(r"scale\(\s*0\s*\)")
_PLACED = frozenset({"absolute", "fixed"})
_ANIMATED = frozenset({"transform", "transition", "animation", "will-change", "animation-name"})
"""Properties of paragraphs that scripts show when a reader comes to them."""
INLINE = frozenset({"span", "a", "b", "strong", "em", "i", "u", "font", "small", "label", "mark", "code", "bdi"})
_SELECTOR = re.compile(r"[\w-]*([.#][\w-]+)")
_BRACE = re.compile(r"[{}]")


def declarations(style: str) -> Declarations:
    """The declarations of a style attribute, or of one rule of a sheet."""
    parts = (each.partition(":") for each in style.lower().split(";"))
    return {name.strip(): value.partition("!")[0].strip() for name, colon, value in parts if colon}


def hiding(said: Declarations) -> Hiding:
    """The way in which declarations hide the text they are about; a part of a property's name is none: `backface-visibility`."""
    if said.get("display") == "none" or _is_outside(said) or _is_without_size(said):
        return Hiding.YES
    if said.get("visibility") in {"hidden", "collapse"} or _ZERO.fullmatch(said.get("opacity", "")):
        return Hiding.FADED
    return Hiding.NO


def _is_moved(said: Declarations) -> bool:
    """Whether a script shows what is faded when a reader comes to it; a menu is laid over the page, and is not shown so."""
    return not _ANIMATED.isdisjoint(said) and said.get("position") not in _PLACED


def _is_struck(said: Declarations) -> bool:
    return "line-through" in said.get("text-decoration", "") or "line-through" in said.get("text-decoration-line", "")


def _is_outside(said: Declarations) -> bool:
    far = _FAR if said.get("position") in _PLACED else _OUTSIDE
    return any(far.fullmatch(said.get(name, "")) for name in ("left", "top", "right", "margin-left")) or bool(
        _FAR.fullmatch(said.get("text-indent", ""))
    )


def _is_without_size(said: Declarations) -> bool:
    return bool(
        _ZERO.fullmatch(said.get("font-size", ""))
        or _CLIPPED_AWAY.match(said.get("clip-path", ""))
        or _SHRUNK.search(said.get("transform", ""))
        or (said.get("clip", "").startswith("rect") and _is_empty(said["clip"]))
        or (said.get("color") == "transparent" and not _is_painted(said))
    )


def _is_empty(rectangle: str) -> bool:
    """Whether a clipping rectangle lets a pixel through at most."""
    sides = _LENGTH.findall(rectangle)
    return bool(sides) and all(abs(float(each)) <= 1 for each in sides)


def _is_painted(said: Declarations) -> bool:
    """Whether a text without a colour has its background's, as headings have that run from one colour into another."""
    return "text" in {said.get("background-clip"), said.get("-webkit-background-clip")}


def _grows_again(element: html.HtmlElement) -> bool:
    """Whether something in an element of size 0 has a size of its own: writers close the gaps between boxes so."""
    return any(
        (size := declarations(each.get("style") or "").get("font-size")) and not _ZERO.fullmatch(size)
        for each in element.iterdescendants()
        if isinstance(each.tag, str)
    )


@dataclass(frozen=True, slots=True)
class Sheets:
    """The classes (`.name`) and ids (`#name`) to which a page's own sheets give a style on every screen."""

    hidden: frozenset[str]
    faded: frozenset[str]
    animated: frozenset[str]
    """Those of `faded` that are animated, too."""
    struck: frozenset[str]

    @classmethod
    def of(cls, tree: html.HtmlElement) -> Self:
        """The simple selectors in the sheets of a page: `.name`, `#name` or `tag.name`."""
        found: dict[str, set[str]] = {"hidden": set(), "faded": set(), "animated": set(), "struck": set()}
        for sheet in tree.iter("style"):
            if (sheet.get("media") or "all").strip().lower() not in {"all", "screen"}:
                continue
            for selectors, rules in _rules(sheet.text or ""):
                if kinds := _kinds(declarations(rules)):
                    simple = [match[1] for each in selectors.split(",") if (match := _SELECTOR.fullmatch(each.strip()))]
                    for kind in kinds:
                        found[kind].update(simple)
        return cls(**{kind: frozenset(names) for kind, names in found.items()})

    def __bool__(self) -> bool:
        return bool(self.hidden or self.faded or self.struck)

    def hiding(self, element: html.HtmlElement) -> Hiding:
        """The way in which an element is hidden, by its own style or by a sheet."""
        own, names = declarations(element.get("style") or ""), _names(element)
        by_itself = hiding(own)
        if by_itself is Hiding.YES and _ZERO.fullmatch(own.get("font-size", "")) and _grows_again(element):
            by_itself = Hiding.NO
        if by_itself is Hiding.YES or not self.hidden.isdisjoint(names):
            return Hiding.YES
        faded = names & self.faded
        if by_itself is Hiding.NO and not faded:
            return Hiding.NO
        moves = _is_moved(own) or (bool(faded) and faded <= self.animated)
        return Hiding.NO if moves and element.tag not in INLINE else Hiding.FADED

    def strike(self, element: html.HtmlElement) -> bool:
        """Whether an element is struck out, by its own style or by a sheet."""
        return _is_struck(declarations(element.get("style") or "")) or not self.struck.isdisjoint(_names(element))


def _names(element: html.HtmlElement) -> frozenset[str]:
    named = [f".{each}" for each in (element.get("class") or "").split()]
    return frozenset([*named, f"#{element.get('id')}"])


def _kinds(said: Declarations) -> list[str]:
    kinds = {Hiding.NO: [], Hiding.FADED: ["faded"], Hiding.YES: ["hidden"]}[hiding(said)]
    kinds += ["animated"] if kinds == ["faded"] and _is_moved(said) else []
    return [*kinds, *(["struck"] if _is_struck(said) else [])]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of each rule that holds on every screen; blocks such as `@media` are passed over."""
    text = "".join(part.partition("/*")[0] for part in sheet.split("*/"))
    depth, start, within, head = 0, 0, 0, ""
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            if depth == 0:
                head, within = text[start : brace.start()].rpartition(";")[2], brace.end()
            depth += 1
        else:
            if depth == 1 and not head.lstrip().startswith("@"):
                yield head, text[within : brace.start()]
            depth = max(depth - 1, 0)
            start = brace.end()
