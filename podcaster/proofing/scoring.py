"""Score of a hearing: the evidence against a clip in one number."""

from podcaster.proofing.comparison import Comparison
from podcaster.proofing.normaliser import normalised
from podcaster.proofing.recognizer import Hearing
from podcaster.units import LanguageTag

_MOST_UNLIKELY = 15.0
"""Cap on a word's -log probability; beyond it the figure says nothing more."""
_WEIGHT = 0.2
"""Weight of a unit of -log probability relative to a phoneme."""


def misheard_score(comparison: Comparison, hearing: Hearing, language: LanguageTag) -> float:
    """The longest run of wrong phonemes, and how improbable the words in question are, given the sound.

    The second part sees what the first does not: a recognizer that guesses a missing article by grammar, or that writes a rare name
    in another way although the sound fits.
    """
    if comparison.longest_run == 0:
        return 0.0
    suspects = (
        -word.log_probability
        for word in hearing.expected
        if comparison.concerned.intersection(normalised(word.text, language))
    )
    return comparison.longest_run + _WEIGHT * min(max(suspects, default=0.0), _MOST_UNLIKELY)
