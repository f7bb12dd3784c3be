"""Running heads, feet and page numbers: texts at a page's edge that are small, repeated or a number."""

import re
from collections import Counter
from collections.abc import Sequence

from podcaster.adapters.documents.pdf_layout.segments import SMALLER, Page, Segment

_EDGE = 0.08
"""Share of a page's height that holds running heads, and feet."""
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:page|seite|página|pagina|pàgina|p\.|s\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)
_REPEATED_PAGES = 3


def repeated_at_edges(pages: Sequence[Page]) -> frozenset[str]:
    """Texts that stand at the edge of several pages; their figures may differ."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(each.text) for each in page.segments if _at_edge(each, page)})
    least = max(2, min(_REPEATED_PAGES, len(pages) // 2))
    return frozenset(shape for shape, count in seen.items() if count >= least and len(pages) > 1)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text).casefold()


def _at_edge(segment: Segment, page: Page) -> bool:
    return segment.bottom < page.height * _EDGE or segment.top > page.height * (1 - _EDGE)


def without_running_heads(page: Page, repeated: frozenset[str], body: float) -> tuple[list[Segment], list[str]]:
    """The segments of the text, and the texts that are left aside."""
    kept: list[Segment] = []
    aside: list[str] = []
    for segment in page.segments:
        small = segment.size < body * SMALLER
        known = small or _shape(segment.text) in repeated or _PAGE_NUMBER.fullmatch(segment.text.strip())
        running = _at_edge(segment, page) and known
        if running:
            aside.append(segment.text)
        else:
            kept.append(segment)
    return kept, list(dict.fromkeys(aside))
