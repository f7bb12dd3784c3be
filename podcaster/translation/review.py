"""Reviews of translations, line by line: a line is reviewed if an editor worded it, or approved it as it stands."""

import hashlib
from collections.abc import Iterable, Mapping

from podcaster.model import Wording
from podcaster.model.reviews import Approval, Review

Pair = tuple[str, str]
"""A source sentence and its translation."""


def digest(pair: Pair) -> str:
    """Digest of a sentence and its translation, 16 hexadecimal digits."""
    return hashlib.sha256("\0".join(pair).encode()).hexdigest()[:16]


def review_of(pairs: Iterable[Pair], wordings: Mapping[str, Wording], approval: Approval | None) -> Review | None:
    """The review of a translation; None if a line lacks one, or there are no lines.

    Args:
        pairs: The report's sentences, each with its translation.
        wordings: Editors' wordings, by source sentence.
        approval: The lines that an editor approved.
    """
    approved = approval.lines if approval else frozenset()
    reviews: list[Review] = []
    for source, text in pairs:
        wording = wordings.get(source)
        if wording is not None and wording.text == text:
            reviews.append(Review(editor=wording.editor, at=wording.changed))
        elif approval is not None and digest((source, text)) in approved:
            reviews.append(approval.review)
        else:
            return None
    return max(reviews, key=lambda each: each.at, default=None)
