"""Live blogs and forum threads: pages whose report is many entries of one kind, all of which are read."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html

from podcaster.article.markup.tree import tokens
from podcaster.article.metadata.linked_data import linked_nodes, types_of
from podcaster.model import Block

_KINDS = frozenset({"LiveBlogPosting", "DiscussionForumPosting", "QAPage"})
_ENTRIES = "//body//*[self::article or self::section or self::div or self::li or self::blockquote]"
_NEVER = frozenset(
    {
        "related", "teaser", "teasers", "sidebar", "nav", "menu", "footer", "promo", "recommended", "card", "cards",
        "comment", "comments",
    }
)  # fmt: skip
_DATED = ".//time | .//*[contains(@class, 'date') or contains(@class, 'time')]"
_SIGNED = ".//*[contains(@class, 'author') or contains(@class, 'user') or contains(@class, 'poster')]"
_LEAST_ENTRIES, _LEAST_LETTERS = 3, 60
_MOST_LINKED, _LEAST_SHARE, _OTHER_PAGES = 0.3, 0.5, 0.5
_LEAST_TAKEN, _TELLING = 0.3, 40
_TYPED = " | ".join(f"//*[contains(@itemtype, '{kind}')]" for kind in sorted(_KINDS))
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]")


@dataclass(frozen=True, slots=True)
class Thread:
    """The element that holds a page's entries."""

    element: html.HtmlElement
    entries: Sequence[html.HtmlElement]
    declared: bool
    """Whether the page's own data calls it a live blog, a thread or a question."""

    def holds(self, blocks: Sequence[Block]) -> bool:
        """Whether an extraction took its text from several entries: then the entries are the report."""
        taken = [_plain(block.text) for block in blocks if len(block.text) >= _TELLING]
        hit = sum(
            any(text in whole for text in taken) for whole in (_plain(each.text_content()) for each in self.entries)
        )
        return hit >= max(_LEAST_ENTRIES, len(self.entries) * _LEAST_TAKEN)


def thread_of(tree: html.HtmlElement) -> Thread | None:
    """The thread of a page; None if it has none."""
    declared = any(types_of(node) & _KINDS for node in linked_nodes(tree)) or bool(tree.xpath(_TYPED))
    whole = sum(len(each.text_content()) for each in tree.iter("body")) or 1
    least = whole * (_LEAST_SHARE / 2 if declared else _LEAST_SHARE)
    sized = [(sum(len(each.text_content()) for each in entries), parent, entries) for parent, entries in _groups(tree)]
    fit = [each for each in sized if each[0] > least and (declared or _are_entries(each[2]))]
    if not fit:
        return None
    _, parent, entries = max(fit, key=lambda each: each[0])
    return Thread(parent, entries, declared)


def _plain(text: str) -> str:
    return "".join(text.split())


def _groups(tree: html.HtmlElement) -> list[tuple[html.HtmlElement, list[html.HtmlElement]]]:
    """Children of one element that are alike and hold whole sentences, three or more."""
    alike: dict[tuple[html.HtmlElement, str, str], list[html.HtmlElement]] = defaultdict(list)
    for element in tree.xpath(_ENTRIES):
        name = (element.get("class") or "").split()
        alike[element.getparent(), element.tag, name[0] if name else ""].append(element)
    found = []
    for (parent, tag, name), elements in alike.items():
        if (
            len(elements) < _LEAST_ENTRIES
            or not (name or tag == "article")
            or not _NEVER.isdisjoint(tokens(parent) | tokens(elements[0]))
        ):
            continue
        entries = [each for each in elements if _is_prose(each)]
        if len(entries) >= _LEAST_ENTRIES:
            found.append((parent, entries))
    return found


def _is_prose(element: html.HtmlElement) -> bool:
    text = element.text_content()
    if len(text) < _LEAST_LETTERS or not _SENTENCE_END.search(text):
        return False
    return sum(len(each.text_content()) for each in element.iter("a")) < len(text) * _MOST_LINKED


def _are_entries(entries: Sequence[html.HtmlElement]) -> bool:
    """Whether entries are signed or dated, and do not each lead to a page of their own."""
    marked = sum(bool(each.xpath(_DATED) or each.xpath(_SIGNED)) for each in entries)
    leading = sum(bool(each.xpath(".//h1//a | .//h2//a | .//h3//a | .//h4//a | ./a")) for each in entries)
    return marked > len(entries) * _OTHER_PAGES and leading < len(entries) * _OTHER_PAGES
