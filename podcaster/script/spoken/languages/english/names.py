"""English: names and titles behind which a Roman figure is a number."""

from typing import Final

from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import words

MONARCHS: Final = words(table("en", "lists")["monarchs"])
FAMOUS_NUMBERS: Final = words(table("en", "lists")["famous_numbers"])
"""Names of things that come in series and are counted in Roman figures."""
NO_NAMES: Final = words(table("en", "lists")["no_names"])
"""Words that begin sentences, behind which capitals are no number."""
RANKS: Final = (
    "(?:King|Queen|Pope|Emperor|Empress|Tsar|Tsarina|Czar|Sultan|Shah|Kaiser|Prince|Princess|Duke|Duchess|Archduke|Patriarch|Saint|"
    "St|Maharaja|Maharana|Pharaoh|Khan|Emir|"
    "Caliph|Khedive|Negus|Mikado|Infante|Margrave|Elector|Count|Landgrave|Grand Duke|Doge|Nawab|Nizam|"
    "Bishop|Archbishop|Catholicos|Monarch)"
)
"""Titles behind which a name's Roman number is an ordinal."""
THRONES: Final = "(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Sultan|Shah|Kaiser|Pharaoh|Caliph)"
"""Titles whose bearers have no initials, so that a letter with a full stop is a number, too."""
GIVEN: Final = words(table("en", "lists")["given"])
"""First names of people who bear a number behind their family name."""
