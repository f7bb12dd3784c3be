"""Rules that rewrite a text one after the other, each asked only where it could find something."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from podcaster.script.required_characters import RequiredSets, characters, required

Rule = Callable[[str], str]
"""Text to text; rules run one after the other over a whole sentence."""
_LOOKED_INTO_FROM: Final = 64
"""Texts after which patterns are looked into: that takes as long as rewriting so many texts, and the next ones a tenth."""


class Rewriting:
    """Rules in their order. One of the form `partial(pattern.sub, …)` is passed over where its pattern finds nothing."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._steps: tuple[tuple[Rule, RequiredSets], ...] = ()
        self._texts = 0

    @classmethod
    def of(cls, *replacements: tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]) -> "Rewriting":
        """Patterns, each with what is put in the place of what it finds."""
        return cls(partial(pattern.sub, instead) for pattern, instead in replacements)

    def __call__(self, text: str) -> str:
        """The text as the rules leave it."""
        self._texts += 1
        if self._texts == _LOOKED_INTO_FROM:
            self._steps = tuple((rule, _required(rule)) for rule in self._rules)
        return self._by_some(text) if self._steps else self._by_all(text)

    def _by_all(self, text: str) -> str:
        for rule in self._rules:
            text = rule(text)
        return text

    def _by_some(self, text: str) -> str:
        there = characters(text)
        for rule, required_sets in self._steps:
            for letters in required_sets:
                if there.isdisjoint(letters):
                    break
            else:
                written = rule(text)
                if written is not text:
                    text, there = written, characters(written)
        return text


def _required(rule: Rule) -> RequiredSets:
    pattern = getattr(rule.func, "__self__", None) if isinstance(rule, partial) else None
    return required(pattern) if isinstance(pattern, re.Pattern) else ()
