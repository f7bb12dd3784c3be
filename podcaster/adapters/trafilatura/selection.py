"""Selection of the part of a page that may hold its report, and of what in it is not read."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

from lxml import html
from trafilatura.xpaths import BODY_XPATH

from podcaster.article.block_roles import is_prose
from podcaster.article.draft import Draft
from podcaster.article.markup.blocks import blocks_of
from podcaster.article.markup.styles import Hiding, declarations, hiding
from podcaster.article.markup.tree import text_of, tokens
from podcaster.model import Block

_BOILERPLATE_TOKENS = frozenset({
    "ad", "ads", "advert", "advertisement", "adverts", "advertorial", "author", "authors", "banner", "bio",
    "breadcrumb", "breadcrumbs", "byline", "caption", "comment", "comments", "commentlist", "consent", "cookie",
    "cookies", "copyright", "credit", "credits", "disclaimer", "footer", "gdpr", "header", "login", "menu", "meta",
    "metadata", "modal", "nav", "navbar", "navigation", "newsletter", "notice", "outbrain", "overlay", "paywall",
    "pager", "pagination", "popular", "popup", "premium", "promo", "promotion", "recommend", "recommended",
    "recommendation", "recommendations", "related", "relatedposts", "respond", "share", "sharing", "shared",
    "sidebar", "signup", "social", "sociable", "sponsor", "sponsored", "subscribe", "subscription", "taboola", "tag",
    "tags", "teaser", "teasers", "timestamp", "toolbar", "tooltip", "trending", "widget", "button", "buttons",
    "gallery", "slider", "carousel", "embed", "cta", "infobox",
})  # fmt: skip
_NEVER_TOKENS = frozenset({
    "comment", "comments", "commentlist", "respond", "related", "relatedposts", "sidebar", "nav", "navigation",
    "menu", "footer", "breadcrumb", "breadcrumbs",
})  # fmt: skip
_CONSENT_TOKENS = frozenset({"cookie", "cookies", "consent", "gdpr", "cookiebanner", "cookiebar", "cookieconsent"})
_DIALOGS = "//*[@role='dialog' or @role='alertdialog' or @aria-modal='true']"
_NAMED_BLOCKS = "//body//*[(@class or @id) and (self::div or self::p or self::section or self::span or self::ul or self::ol or self::li)]"
_SUSPECT_NAME = re.compile(
    r"shar|social|viral|newsletter|syndication|tags|sidebar|banner|crumb|button|author|[Ff]ooter|[Nn]av|menu|elated|premium|bar|\bad\b|widget"
    r"|[Bb]yline|sociable|embed|consent|modal|permission|next-|stories|popular|more-on|meta|rating|attachment|timestamp|user-|icon|infos|message"
    r"|slide|viewport|overlay|options|expand|obfuscated|blurred|factbox|yin|nfoline|hide|hidden|noprint|notloaded|reply|akismet|[Cc]omment"
)
"""Parts of names that an extractor takes for boilerplate, whatever word they are part of."""
_LEAST_PROSE = 60
_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_MOST_LINKED = 0.3
_LONGEST_CONSENT = 3_000
_MOST_LISTED = 300


def widen(tree: html.HtmlElement) -> list[str]:
    """Free prose from names and styles that an extractor would drop it for, and drop consent dialogs; the dialogs' texts."""
    aside = []
    for element in list(_consent(tree)):
        if element.getparent() is not None:
            aside += [block.text for block in blocks_of(element)]
            element.drop_tree()
    _keep_dates(tree)
    _keep_seen(tree)
    for element in tree.xpath(_NAMED_BLOCKS):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (
            _SUSPECT_NAME.search(named)
            and _BOILERPLATE_TOKENS.isdisjoint(tokens(element))
            and (_is_within_prose(element) or _is_prose(element))
        ):
            for name in ("class", "id"):
                element.attrib.pop(name, None)
    return aside


def _keep_seen(tree: html.HtmlElement) -> None:
    """Free what an extractor would take for hidden: `overflow: hidden`, and words that only screen readers pass over."""
    for element in tree.xpath("//body//*[contains(@style, 'hidden')]"):
        how = hiding(declarations(element.get("style")))
        # A caption that is cut to one line, as embedded posts have them, is no prose.
        if how is Hiding.FADED or (how is Hiding.NO and _is_prose(element)):
            del element.attrib["style"]
    for element in tree.xpath("//body//span[@aria-hidden='true']"):
        block = _block_above(element)
        if block is not None and _SENTENCE_END.search(text_of(block)) and text_of(element) != text_of(block):
            del element.attrib["aria-hidden"]


def _keep_dates(tree: html.HtmlElement) -> None:
    """Free the dates of a timeline, which an extractor would drop for being `<time>`, or for their class."""
    found = [element for element in tree.xpath(_DATED) if _heads_entry(element)]
    alike = Counter((element.tag, element.get("class")) for element in found)
    for element in found:
        if alike[element.tag, element.get("class")] < _LEAST_DATES:
            continue
        for name in ("class", "id"):
            element.attrib.pop(name, None)
        if element.tag == "div":
            element.tag = "p"
        elif element.tag == "time":
            element.tag = "span" if _block_above(element) is not None else "p"


def _heads_entry(element: html.HtmlElement) -> bool:
    """Whether a date stands above, or begins, a sentence of the text, and other text stands before it."""
    text = text_of(element)
    numbered = any(map(str.isdigit, text)) or (element.tag == "time" and text.isalpha())
    ends = _SENTENCE_END.search(text) and not text.rstrip(".")[-1:].isdigit()
    if not 3 < len(text) <= _LONGEST_DATE or not numbered or ends:  # noqa: PLR2004 # "4/3"
        return False
    if any(each.tag in {"header", "aside", "footer", "nav"} for each in element.iterancestors()):
        return False
    block = element if element.tag not in {"time", "span"} else _block_above(element)
    if block is not None and len(text_of(block)) > len(text) + _LEAST_ENTRY:
        return block.tag != "div" and bool(_SENTENCE_END.search(text_of(block)))
    below = (element if block is None else block).getnext()
    return below is not None and below.tag in {"p", "ul", "ol", "div"} and bool(_SENTENCE_END.search(text_of(below)))


def _block_above(element: html.HtmlElement) -> html.HtmlElement | None:
    """The paragraph, item, cell or heading that an inline element is part of."""
    for each in element.iterancestors():
        if each.tag in {"p", "li", "td", "th", "dt", "dd", "h2", "h3", "h4", "h5", "h6", "blockquote"}:
            return each
        if each.tag not in {"span", "b", "strong", "em", "i", "a"}:
            return None
    return None


_DATED = (
    "//body//time | //body//*[self::div or self::p or self::span][contains(@class, 'date') or contains(@class, 'time')]"
)
_LEAST_DATES, _LEAST_ENTRY, _LONGEST_DATE = 2, 12, 60


def _consent(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in tree.iter("div", "section", "aside", "form", "dialog"):
        if _CONSENT_TOKENS & tokens(element) and len(element.text_content()) < _LONGEST_CONSENT:
            yield element
    yield from (each for each in tree.xpath(_DIALOGS) if len(each.text_content()) < _LONGEST_CONSENT)


def _is_within_prose(element: html.HtmlElement) -> bool:
    """Whether a span is a part of a sentence: text of its paragraph stands before and behind it."""
    block = _block_above(element) if element.tag == "span" else None
    return (
        block is not None
        and block.tag in {"p", "li", "blockquote"}
        and len(text_of(element)) <= _LONGEST_WITHIN
        and bool((block.text or "").strip())
        and bool(_SENTENCE_END.search(text_of(block)))
    )


_LONGEST_WITHIN = 40


def _is_prose(element: html.HtmlElement) -> bool:
    """Whether an element holds a whole sentence that is more than a link."""
    if (element.get("role") or "").lower() in {"navigation", "banner", "contentinfo", "search", "complementary"}:
        return False
    text = text_of(element)
    linked = sum(len(text_of(each)) for each in element.iter("a"))
    return len(text) >= _LEAST_PROSE and bool(_SENTENCE_END.search(text)) and linked < len(text) * _MOST_LINKED


def main_element(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The element that the markup calls the page's report; None if it calls none so."""
    return next((found[0] for expression in BODY_XPATH if (found := expression(tree))), None)


def own_text(element: html.HtmlElement) -> list[Block]:
    """The blocks of an element, without what is boilerplate by its own names."""
    whole = deepcopy(element)
    for each in whole.xpath(".//*[@class or @id] | .//nav | .//footer | .//aside | .//form"):
        if each.getparent() is not None and (
            each.tag in {"nav", "footer", "form"} or not _NEVER_TOKENS.isdisjoint(tokens(each))
        ):
            each.drop_tree()
    return list(blocks_of(whole))


def entries_of(thread: html.HtmlElement) -> list[Block]:
    """The blocks of a thread's entries, and of what stands before the first of them."""
    whole = deepcopy(thread)
    for each in whole.xpath(".//nav | .//footer | .//form | .//button"):
        if each.getparent() is not None:
            each.drop_tree()
    return list(blocks_of(whole))


def prose_letters(tree: html.HtmlElement) -> int:
    """Letters of the whole sentences on a page, without what its own names call boilerplate."""
    body = tree.find("body")
    return 0 if body is None else sum(len(block.text) for block in own_text(body) if is_prose(block.text))


def unread(element: html.HtmlElement, draft: Draft) -> list[str]:
    """The texts of an element that are neither read nor listed yet."""
    known = _words(" ".join((draft.title, *draft.key_points, *draft.left_aside, *(block.text for block in draft.body))))
    return list(dict.fromkeys(block.text for block in blocks_of(element) if _words(block.text) not in known))[
        :_MOST_LISTED
    ]


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
