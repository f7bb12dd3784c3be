"""Puts Galician `se` in front of the verb of a subordinate clause: `cando o banco reúnese` → `cando o banco se reúne`."""

import re
from typing import Final

from podcaster import language as languages
from podcaster.translation.post_editing.lexicon import WordClasses
from podcaster.units import LanguageTag

_GALICIAN: Final = "gl"
_BOUND: Final = re.compile(r"(?<!\w)([a-zñ]*[áéíóú][a-zñ]*|[a-zñ]+[aeio]u)se(?!\w)")
"""A verb with `se` behind it; without an accent, `tivese` is a verb by itself."""
_SUBORDINATE: Final = re.compile(
    r"(?<!\w)(?:que|cando|onde|porque|mentres|se|quen)((?: [^\W\d_]+(?:-[^\W\d_]+)*){0,5}) $", re.IGNORECASE
)
"""A conjunction, and the words between it and the verb."""
_PLAIN: Final = str.maketrans("áéíóú", "aeiou")
_HIATUS: Final = re.compile(r"[aeou][íú]|[íú][aeo]")


def bound_verbs(text: str) -> list[str]:
    """The verbs of a text that have `se` behind them, each as it is without."""
    return [_alone(found[1]) for found in _BOUND.finditer(text)]


def with_clitics_in_front(text: str, language: LanguageTag, lexicon: WordClasses) -> str:
    """A Galician sentence whose conjunctions draw `se` in front of their verbs; others as they are."""
    if languages.base(language) != _GALICIAN:
        return text

    def put_right(found: re.Match[str]) -> str:
        before = _SUBORDINATE.search(text[: found.start()])
        verb = _alone(found[1])
        between = before[1].split() if before else []
        if before is None or not lexicon.is_finite_verb(verb) or any(map(lexicon.is_only_finite_verb, between)):
            return found[0]
        return f"se {verb}"

    return _BOUND.sub(put_right, text)


def _alone(verb: str) -> str:
    """A verb without the accent that its clitic gave it: `mantéñan` → `manteñan`, but `reúne`."""
    return verb if _HIATUS.search(verb) else verb.translate(_PLAIN)
