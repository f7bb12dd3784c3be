"""Foreign bytes to an Article: what form they have, what they say, and whether that is a report."""

import re
from collections.abc import Iterable
from itertools import islice

from podcaster import language as languages
from podcaster.article.draft import Draft
from podcaster.article.dump import read_dump, without_trailing_headings
from podcaster.article.identity import article_id
from podcaster.article.markdown import read_markdown
from podcaster.article.page import PageReader
from podcaster.article.text import one_line
from podcaster.article.topics import topics_of
from podcaster.errors import LanguageUnknown, NoArticleFound, SourceEmpty, SourceNotText, SourceTooLarge
from podcaster.model import Article, Block
from podcaster.units import LanguageTag

HTML, MARKDOWN, PLAIN = "text/html", "text/markdown", "text/plain"
LARGEST_BYTES = 10_000_000
_ENDINGS = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": PLAIN, ".text": PLAIN
}  # fmt: skip
_FORMS = {HTML: HTML, "application/xhtml+xml": HTML, MARKDOWN: MARKDOWN, "text/x-markdown": MARKDOWN, PLAIN: PLAIN}
_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\x1f\x8b",
    b"ID3",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"OggS",
)
_HTML_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|main|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_START = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:---[ \t]*\r?\n|#{1,3} \S)")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL_SHARE = 0.02
_LEAST_LETTERS = 40
_LEAST_LETTERS_OF_PAGE = 200
"""A page always has some text: what stands round the report."""
_JUDGED_LETTERS = 300
_SURE = 0.9


def read_article(
    body: bytes,
    *,
    pages: PageReader,
    media_type: str = "",
    name: str = "",
    url: str | None = None,
    charset: str = "",
    language: LanguageTag | None = None,
    candidates: Iterable[LanguageTag] = (),
) -> Article:
    """The report in a page, a Markdown text or a plain text.

    Args:
        body: The bytes as they came.
        pages: Reads HTML.
        media_type: What the sender says it is; empty: found out from the name, then from the bytes.
        name: File name or address, for messages and for finding out.
        url: Where it was found.
        charset: What the sender says; else byte order mark, the page's own word, UTF-8, Windows-1252.
        language: What the submitter says; wins over the page's own word.
        candidates: Languages to choose from where nobody says anything; empty: all that can be told apart.

    Raises:
        SourceEmpty: there is nothing in it.
        SourceTooLarge: it has more than 10,000,000 bytes.
        SourceNotText: it is a picture, an archive or some other thing that nobody reads.
        NoArticleFound: it is text, but no report.
        LanguageUnknown: it declares a language that is none.
    """
    form = _form(body, media_type, name)
    least = _LEAST_LETTERS_OF_PAGE if form == HTML else _LEAST_LETTERS
    if form == HTML:
        draft = pages.read(body, charset=charset, url=url)
    else:
        text = decoded(body, charset)
        draft = read_markdown(text) if form == MARKDOWN else read_dump(text)
    return _article(draft, url=url, language=language, candidates=tuple(candidates), name=name, least=least)


def decoded(body: bytes, charset: str = "") -> str:
    """Text of bytes: by their byte order mark, the charset given, UTF-8, at last Windows-1252."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    for encoding in filter(None, (charset, "utf-8")):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("cp1252", errors="replace")


def _form(body: bytes, media_type: str, name: str) -> str:
    if len(body) > LARGEST_BYTES:
        raise SourceTooLarge(
            f"{name or 'The report'} has {len(body):,} bytes; {LARGEST_BYTES:,} are the most.",
            "Hand in the text alone.",
        )
    if not body.strip():
        raise SourceEmpty(f"{name or 'The report'} is empty.", "Hand in the report itself.")
    if body.startswith(_BINARY) or _is_binary(body):
        raise SourceNotText(
            f"{name or 'What was handed in'} is not text.",
            "Hand in a web page (.html), Markdown (.md) or plain text (.txt).",
        )
    if media_type and media_type not in _FORMS:
        raise SourceNotText(f"{media_type} cannot be read.", f"Hand in {HTML}, {MARKDOWN} or {PLAIN}.")
    declared = _FORMS.get(media_type) or next(
        (form for end, form in _ENDINGS.items() if name.lower().endswith(end)), ""
    )
    if declared:
        return declared
    return HTML if _HTML_START.match(body) else MARKDOWN if _MARKDOWN_START.match(body) else PLAIN


def _is_binary(body: bytes) -> bool:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = body[:65_536]
    controls = sum(start.count(bytes((code,))) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return controls > len(start) * _CONTROL_SHARE


def _article(
    draft: Draft,
    *,
    url: str | None,
    language: LanguageTag | None,
    candidates: tuple[LanguageTag, ...],
    name: str,
    least: int,
) -> Article:
    body = without_trailing_headings([each for each in map(_clean_block, draft.body) if each.text])
    title = one_line(draft.title)
    enough = _has_letters(body, least)
    if not (title and enough):
        missing = "title" if enough else "text of a report"
        raise NoArticleFound(
            f"{name or 'The page'} has no {missing}.",
            "Hand in the page of one report, or its text with the title in the first line.",
        )
    address = draft.url if draft.url and draft.url.startswith(("http://", "https://")) else url
    topics = topics_of(title)
    return Article(
        id=article_id(title, url=address, published=draft.published, authors=draft.authors),
        title=title,
        language=language or _language(draft, title, body, candidates),
        body=body,
        authors=draft.authors,
        published=draft.published,
        topics=tuple(dict.fromkeys([*topics, *(one_line(topic) for topic in draft.topics)])),
        key_points=tuple(filter(None, map(one_line, draft.key_points))),
        url=address,
        image=draft.image,
        left_aside=tuple(map(one_line, draft.left_aside)),
    )


def _has_letters(body: Iterable[Block], least: int) -> bool:
    """Whether there are at least so many; no more are counted."""
    letters = (sign for block in body for sign in block.text if sign.isalpha())
    return next(islice(letters, least - 1, None), None) is not None


def _clean_block(block: Block) -> Block:
    return Block(kind=block.kind, text=one_line(block.text))


def _language(draft: Draft, title: str, body: tuple[Block, ...], candidates: tuple[LanguageTag, ...]) -> LanguageTag:
    """The declared language, unless a long text is surely in another: templates forget to say so."""
    declared = _declared(draft.language)
    text = " ".join((title, *draft.key_points, *(block.text for block in body)))
    if declared and len(text) < _JUDGED_LETTERS:
        return declared
    from podcaster.article.detection import detect  # noqa: PLC0415 # costs as much as everything else here

    found, sure = detect(text, candidates)
    if declared and (sure < _SURE or languages.base(declared) == languages.base(found)):
        return declared
    return found


def _declared(text: str) -> LanguageTag | None:
    if not text:
        return None
    try:
        return languages.parse(text)
    except LanguageUnknown as error:
        raise LanguageUnknown(
            f"The report says that its language is {text!r}, which is none.",
            "Correct it there, or name the language yourself.",
        ) from error
