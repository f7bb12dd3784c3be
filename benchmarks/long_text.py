"""A long report, put together from sentences of our own: every sentence of it is another one."""

from itertools import product

_SUBJECTS = (
    "The harbour board of Lindholm",
    "A cooperative of salt farmers",
    "The regional water authority",
    "A group of young engineers",
    "The last ferry company on the coast",
    "The committee for winter roads",
    "A small observatory in the hills",
    "The union of railway cooks",
)
_DEEDS = (
    "has asked for a second opinion on the plan",
    "counted fewer ships than in any spring before",
    "wants to share its measurements with the neighbours",
    "will pay for half of the new bridge",
    "closed three of its offices without a word",
    "found an error in the tables of the ministry",
    "sold its oldest boats to a museum",
    "trained forty people for work that nobody else would do",
    "put off the vote until the ice is gone",
)
_REASONS = (
    "because the price of timber fell by a tenth",
    "although the weather was as mild as in May",
    "while everybody else was looking at the election",
    "since the old agreement ends with the year",
    "so that the villages further up keep their doctor",
    "as the first figures of the summer had promised",
    "before anyone could say what it would cost",
    "after a long evening in a cold hall",
    "even if the lenders would rather wait",
)
_SENTENCES_A_MINUTE = 8.75
"""eSpeak NG at 165 words a minute, with its pauses."""
_A_PARAGRAPH, _A_SECTION = 5, 25
MOST_MINUTES = int(len(_SUBJECTS) * len(_DEEDS) * len(_REASONS) / _SENTENCES_A_MINUTE)


def sentences(minutes: float) -> list[str]:
    """As many as are heard in so many minutes, at most 74."""
    told = (f"{subject} {deed} {reason}." for reason, deed, subject in product(_REASONS, _DEEDS, _SUBJECTS))
    return [next(told) for _ in range(round(minutes * _SENTENCES_A_MINUTE))]


def markdown(told: list[str]) -> str:
    """The sentences as a report with sections and paragraphs."""
    lines = ["# The year of the long thaw", ""]
    for start in range(0, len(told), _A_PARAGRAPH):
        if start % _A_SECTION == 0:
            lines += [f"## Part {start // _A_SECTION + 1} of the account", ""]
        lines += [" ".join(told[start : start + _A_PARAGRAPH]), ""]
    return "\n".join(lines)
