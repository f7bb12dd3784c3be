"""Foreign bytes to an Article: what form they have, what they say, and whether that is a report."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

from podcaster import language as languages
from podcaster.article.document import DOCUMENT_ENDINGS, DOCUMENTS, DocumentReader, document_form
from podcaster.article.draft import Draft
from podcaster.article.encoding import decoded, utf_16_by_zeros
from podcaster.article.front_matter import matter_date, matter_text, matter_texts, split_front_matter
from podcaster.article.identity import article_id
from podcaster.article.length import LEAST_LETTERS, is_long_enough
from podcaster.article.markdown import matter_names, read_markdown
from podcaster.article.markup.references import without_references
from podcaster.article.metadata.addresses import absolute
from podcaster.article.page import PageReader
from podcaster.article.plain_text import read_plain_text
from podcaster.article.text import one_line, unescaped_entities
from podcaster.article.topics import topics_of
from podcaster.errors import LanguageUnknown, NoArticleFound, SourceEmpty, SourceNotText, SourceTooLarge
from podcaster.model import Article, Block, BlockKind
from podcaster.units import LanguageTag

HTML, MARKDOWN, PLAIN = "text/html", "text/markdown", "text/plain"
LARGEST_BYTES = 10_000_000
LARGEST_DOCUMENT_BYTES = 300_000_000
"""Pictures make documents large, and are not read."""
_ENDINGS = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": PLAIN, ".text": PLAIN
}  # fmt: skip
_FORMS = {
    HTML: HTML,
    "application/xhtml+xml": HTML,
    MARKDOWN: MARKDOWN,
    "text/x-markdown": MARKDOWN,
    PLAIN: PLAIN,
    "application/vnd.wap.xhtml+xml": HTML,
    "application/xml": HTML,
    "text/xml": HTML,
}
_UNSAID = frozenset({"application/octet-stream", "binary/octet-stream"})
"""Content types that servers send by default."""
_BINARY = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b", b"ID3", b"\xd0\xcf\x11\xe0",
    b"RIFF", b"OggS",
)  # fmt: skip
_HTML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:[\w-]{1,30}:)?html|head|body|article|div|main|p|section|h1|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_WITHIN = re.compile(rb"<html[\s>].*?(?:</head\s*>|<body[\s>])", re.IGNORECASE | re.DOTALL)
"""Server output before the page, such as PHP warnings, is tolerated."""
_SNIFFED_BYTES = 65_536
_MARKDOWN_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:---[ \t]*\r?\n|\+\+\+[ \t]*\r?\n|;;;[ \t]*\r?\n|\{\s*\"\w+\"\s*:|%[ \t]+\S|#{1,3} \S"
    rb"|(?i:title):[ \t]+\S[^\n]*\n[A-Za-z][\w -]*:)"
)
_CONTROL_SHARE = 0.02
_LONGEST_TITLE = 120
_FIRST_SENTENCE = re.compile(r".*?[.!?。！？।](?=\s|$|[^\x00-\x7f])")
_LEAST_NAME = 5
_NAMELESS = frozenset(
    {
        "index", "article", "report", "the report", "page", "untitled", "document", "default", "standard input",
        "download", "post", "story",
    }
)  # fmt: skip
_JUDGED_LETTERS = 300
_SURE = 0.9


def read_article(
    body: bytes,
    *,
    pages: PageReader,
    documents: DocumentReader | None = None,
    media_type: str = "",
    name: str = "",
    url: str | None = None,
    charset: str = "",
    language: LanguageTag | None = None,
    candidates: Iterable[LanguageTag] = (),
    least: Mapping[str, int] = LEAST_LETTERS,
    published: datetime | None = None,
) -> Article:
    """The report in a page, a Markdown text or a plain text.

    Args:
        body: The bytes as they came.
        pages: Reads HTML.
        documents: Reads PDF, Word, EPUB and mail; None: they are refused.
        media_type: What the sender says it is; empty: found out from the name, then from the bytes.
        name: File name or address, for messages and for finding out.
        url: Where it was found.
        charset: What the sender says; a byte order mark outweighs it, and without one the page's own label counts.
        language: What the submitter says; wins over the page's own word.
        candidates: Languages to choose from if nobody says anything; empty: all that can be told apart.
        least: Letters that a report has at the least, by script.
        published: When it was published, for a report that does not say so itself.

    Raises:
        SourceEmpty: there is nothing in it.
        SourceTooLarge: it has more than 10,000,000 bytes.
        SourceNotText: it is a picture, an archive or some other thing that nobody reads.
        NoArticleFound: it is text, but no report.
    """
    form = _form(body, media_type, name, documents=documents is not None)
    if documents is not None and form in DOCUMENTS:
        draft = documents.read(body, form=form, name=name)
    elif form == HTML:
        draft = _read_page(body, pages, charset, url)
    else:
        text = decoded(body, charset)
        draft = read_markdown(text) if form == MARKDOWN else read_plain_text(text)
    if draft.published is None and published is not None:
        draft = replace(draft, published=published)
    _check_length(draft, least, page=form == HTML, name=name)
    return _article(draft, url=url, language=language, candidates=tuple(candidates), name=name)


def _read_page(body: bytes, pages: PageReader, charset: str, url: str | None) -> Draft:
    """The draft of a page; what stands above it as front matter goes before the page's own words."""
    if not _MATTER_START.match(body):
        return pages.read(body, charset=charset, url=url)
    matter, rest = split_front_matter(decoded(body, charset, markup=True))
    draft = pages.read(rest.encode("utf-8", "replace"), charset="utf-8", url=url)
    address = matter_text(matter, "url")
    return replace(
        draft,
        title=matter_text(matter, "title") or draft.title,
        authors=matter_names(matter) or draft.authors,
        published=matter_date(matter.get("date"), matter_text(matter, "language")) or draft.published,
        language=matter_text(matter, "language") or draft.language,
        topics=matter_texts(matter.get("topics")) or draft.topics,
        url=absolute(address, url) or draft.url,
        image=absolute(matter_text(matter, "image"), address, url) or draft.image,
    )


_MATTER_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:-{3,}|\+{3,})[ \t]*\r?\n")


def _form(body: bytes, media_type: str, name: str, *, documents: bool) -> str:
    named = media_type if media_type in DOCUMENTS else ""
    document = (document_form(body) or named or _by_ending(name, DOCUMENT_ENDINGS)) if documents else ""
    most = LARGEST_DOCUMENT_BYTES if document else LARGEST_BYTES
    if len(body) > most:
        raise SourceTooLarge(
            f"{name or 'The report'} has {len(body):,} bytes; {most:,} are the most.", "Hand in the text alone."
        )
    if not body.strip():
        raise SourceEmpty(f"{name or 'The report'} is empty.", "Hand in the report itself.")
    if document:
        return document
    if body.startswith(_BINARY) or _is_binary(body):
        raise SourceNotText(
            f"{name or 'What was handed in'} is not text.",
            "Hand in a web page (.html), Markdown (.md), plain text (.txt), PDF, Word (.docx), EPUB or mail (.eml).",
        )
    if media_type and media_type not in {*_FORMS, *_UNSAID}:
        raise SourceNotText(
            f"{media_type} cannot be read.", f"Hand in {', '.join((HTML, MARKDOWN, PLAIN, *DOCUMENTS))}."
        )
    declared = _FORMS.get(media_type) or _by_ending(name, _ENDINGS)
    if declared:
        return declared
    start = body[:_SNIFFED_BYTES]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_by_zeros(start):
        start = decoded(start).encode("utf-8", "replace")
    if _HTML_START.match(start) or _HTML_WITHIN.search(start):
        return HTML
    return MARKDOWN if _MARKDOWN_START.match(start) else PLAIN


def _by_ending(name: str, endings: Mapping[str, str]) -> str:
    plain = name.partition("?")[0].partition("#")[0].lower()
    return next((form for end, form in endings.items() if plain.endswith(end)), "")


def _is_binary(body: bytes) -> bool:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_by_zeros(body):
        return False
    start = body[:65_536]
    controls = sum(start.count(bytes((code,))) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return controls > len(start) * _CONTROL_SHARE


def _check_length(draft: Draft, least: Mapping[str, int], *, page: bool, name: str) -> None:
    texts = (*draft.key_points, *(block.text for block in draft.body))
    if not draft.body or not is_long_enough(texts, least, page=page):
        raise NoArticleFound(
            f"{name or 'The page'} has no text of a report.",
            "Hand in the page of one report, or its text; PODCASTER_SHORTEST_REPORT says how short is too short.",
        )


def _article(
    draft: Draft, *, url: str | None, language: LanguageTag | None, candidates: tuple[LanguageTag, ...], name: str
) -> Article:
    body, references = without_references([each for each in map(_clean_block, draft.body) if each.text])
    title = unescaped_entities(one_line(draft.title))
    if not title:
        title, body = _next_best_title(body, name)
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
        left_aside=tuple(filter(None, map(one_line, (*draft.left_aside, *references)))),
        foreign_words=tuple(
            (one_line(word), str(tag)) for word, told in draft.foreign_words if (tag := _declared(told))
        ),
    )


def _next_best_title(body: tuple[Block, ...], name: str) -> tuple[str, tuple[Block, ...]]:
    """A title where the source has none: its first heading, its file's name, its first line; and the body without the heading."""
    if body[0].kind is BlockKind.HEADING and len(body) > 1:
        return body[0].text, body[1:]
    heading = next((block.text for block in body if block.kind is BlockKind.HEADING), "")
    if named := heading or title_from_name(name):
        return named, body
    first = _FIRST_SENTENCE.match(body[0].text)
    title = first[0] if first and len(first[0]) <= _LONGEST_TITLE else body[0].text
    return title if len(
        title
    ) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE].rpartition(' ')[0] or title[:_LONGEST_TITLE]} …", body


def title_from_name(name: str) -> str:
    """The words of a file's name, or of an address's last part; empty if they name nothing."""
    stem = unquote(name.partition("?")[0].rstrip("/").rpartition("/")[2])
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem)
    words = [word for word in re.split(r"[\W_]+", stem) if word and not re.fullmatch(r"[0-9a-f]{6,}|\d+", word)]
    text = " ".join(words)
    if len(text) < _LEAST_NAME or text.casefold() in _NAMELESS:
        return ""
    return text[0].upper() + text[1:]


def _clean_block(block: Block) -> Block:
    return Block(kind=block.kind, text=unescaped_entities(one_line(block.text)))


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
    """Declared language of the report if it is one; templates leave anything there."""
    try:
        return languages.parse(text) if text else None
    except LanguageUnknown:
        return None
