"""The document that a page links to, where a publisher puts a report in PDF behind a page with its title."""

from podcaster.article.encoding import decoded
from podcaster.article.markup.tree import parse, text_of
from podcaster.source.entry_addresses import absolute

_MOST_LINKS = 2_000
_ENDINGS = (".pdf", ".docx")


def linked_document(page: bytes, *, url: str) -> str:
    """Address of the one PDF or Word document that a page links to; of several the one that names the page's title.

    Args:
        page: HTML.
        url: Where it was found.

    Returns:
        An absolute address; empty if there is none, or if nothing tells which of several it is.
    """
    try:
        tree = parse(decoded(page, markup=True))
    except (ValueError, AssertionError, SyntaxError):  # no element in it
        return ""
    base = next((absolute(str(each), url) for each in tree.xpath("//base/@href")), "") or url
    links: dict[str, str] = {}
    for link in tree.xpath("//body//a[@href]")[:_MOST_LINKS]:
        address = absolute(link.get("href"), base)
        if address.partition("?")[0].lower().endswith(_ENDINGS):
            links[address] = f"{links.get(address, '')} {text_of(link)} {link.get('title') or ''}"
    if len(links) == 1:
        return next(iter(links))
    words = {word for each in tree.iter("h1", "title") for word in text_of(each).casefold().split() if len(word) > 3}  # noqa: PLR2004 # no article, no preposition
    named = [address for address, said in links.items() if len(words & set(said.casefold().split())) * 2 > len(words)]
    return named[0] if words and len(named) == 1 else ""
