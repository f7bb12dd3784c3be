"""OPML 2.0: all feeds as one subscription list."""

from collections.abc import Mapping

from lxml import etree

from podcaster.article.text import one_line
from podcaster.feed.addresses import Addresses
from podcaster.model import Show


def render_opml(shows: Mapping[str, Show], *, title: str, addresses: Addresses) -> bytes:
    """An OPML file in UTF-8 of the feeds in `shows`, by name and in that order. Apps list an outline by its `text`."""
    opml = etree.Element("opml", version="2.0")
    head = etree.SubElement(opml, "head")
    etree.SubElement(head, "title").text = one_line(title)
    body = etree.SubElement(opml, "body")
    for name, show in shows.items():
        outline = {
            "type": "rss",
            "text": show.title,
            "title": show.title,
            "description": show.description,
            "language": show.language,
            "xmlUrl": addresses.feed(name),
            "htmlUrl": addresses.site,
        }
        etree.SubElement(body, "outline", {key: one_line(value) for key, value in outline.items()})
    xml: bytes = etree.tostring(opml, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return xml
