"""Terms that editors have settled: voices/glossaries/{from}-{to}.toml and what they add to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from podcaster.errors import SettingsWrong
from podcaster.script.entries import expression_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """Settled terms of one pair of languages."""

    terms: Mapping[str, str]
    """Source term to target term; a term that is not translated stands for itself.

    A term between slashes is a regular expression (`script.entries`), and its target can name its groups.
    """

    def terms_in(self, text: str) -> Mapping[str, str]:
        """The terms that a text holds, as they stand in it, each with its target."""
        found: dict[str, str] = {}
        for term, target in self.terms.items():
            expression = expression_of(term)
            if expression is None:
                found |= {term: target} if term in text else {}
                continue
            for each in re.finditer(expression, text):
                found.setdefault(each[0], each[0] if target == term else each.expand(target))
        return found

    def settles(self, text: str) -> bool:
        """Whether a text of the source is one of the terms, at the beginning of a sentence, too."""
        return text in self.terms or text[:1].lower() + text[1:] in self.terms

    @classmethod
    def of(cls, name: str, table: Mapping[str, object]) -> "Glossary":
        """The glossary of a table `{"terms": {term: translation}, "keep": [term, …]}`.

        TOML has no null, so terms that stay as they are stand under `keep`; in JSON their translation is null.

        Raises:
            SettingsWrong: names every entry that is wrong.
        """
        terms, keep = table.get("terms", {}), table.get("keep", [])
        if not isinstance(terms, Mapping) or not isinstance(keep, list):
            raise SettingsWrong(f"The glossary {name} needs a table [terms] and a list keep.", "Correct it.")
        wrong = [term for term, target in terms.items() if not (term.strip() and _is_target(target))]
        for term in (*terms, *(each for each in keep if isinstance(each, str))):
            try:
                expression_of(str(term))
            except ValueError as error:
                raise SettingsWrong(f"The glossary {name} has a term {term!r}: {error}.", "Correct it.") from error
        wrong += [repr(term) for term in keep if not (isinstance(term, str) and term.strip())]
        if wrong:
            raise SettingsWrong(f"The glossary {name} has no translation for {', '.join(wrong)}.", "Write one.")
        settled = {term: str(target) if target is not None else term for term, target in terms.items()}
        return cls(terms=MappingProxyType(settled | {term: term for term in keep}))


def _is_target(target: object) -> bool:
    return target is None or (isinstance(target, str) and bool(target.strip()))
