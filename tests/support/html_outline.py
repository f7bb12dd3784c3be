"""The elements of an HTML page."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "track", "br", "path", "rect"}


class Outline(HTMLParser):
    """The elements of a page, and whether they close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @classmethod
    def of_main(cls, html: str) -> "Outline":
        """The page's main text, without its frame and the player."""
        return cls("<main" + html.partition("<main")[2].partition("</main>")[0] + "</main>")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == tag]
