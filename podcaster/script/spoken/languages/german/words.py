"""German: the words for abbreviations, and the names that rulers bear."""

from typing import Final

from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import words

ABBREVIATIONS: Final = table("de", "abbreviations")
KINGS: Final = words(table("de", "lists")["kings"])
QUEENS: Final = words(table("de", "lists")["queens"])
