"""Reports behind a page: a publisher's PDF or Word file, where the page has only its title."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus

from podcaster.ports import Answer
from podcaster.source.linked_document import linked_document


def report_behind(page: bytes, url: str, ask: Callable[[str], Answer], *, enclosed: str = "") -> Answer | None:
    """The document that a page without a report links to, or that its entry encloses, as if it stood at the page's URL.

    Args:
        page: HTML.
        url: Where it was found.
        ask: Fetches a URL.
        enclosed: URL of the entry's own document, if any.

    Returns:
        None if there is no such document.
    """
    address = linked_document(page, url=url) or enclosed
    document = ask(address) if address else None
    return replace(document, url=url) if document is not None and document.status == HTTPStatus.OK else None
