"""Bytes to text as browsers decode them: the WHATWG Encoding Standard, by webencodings."""

import codecs
import re
from collections.abc import Iterator
from functools import cache

import webencodings

_SNIFFED_BYTES = 65_536
_UNPARSED = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|noscript|template)(?=[\s/>]).*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_META = re.compile(rb"<meta[\s/]([^>]*)(?:>|\Z)", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"(?<![a-z-])([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_PRAGMA = re.compile(rb"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_TAG = re.compile(rb"<[^>]*>")
_DECLARATION = re.compile(rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_CODECS = {"gbk": "gb18030"}
"""Codecs that the Encoding Standard asks for and Python has under another name (§10.1: GBK's decoder is gb18030's)."""
_UTF_16 = frozenset({"utf-16le", "utf-16be"})
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LABELS = {
    "cp932": "shift_jis", "shift_jis_2004": "shift_jis", "shift_jisx0213": "shift_jis", "euc_jis_2004": "euc-jp",
    "euc_jisx0213": "euc-jp",
    "cp949": "euc-kr", "johab": "euc-kr", "cp950": "big5", "big5hkscs": "big5", "gb2312": "gbk", "hz": "gbk",
    "mac_cyrillic": "x-mac-cyrillic", "cp1125": "cp866",
}  # fmt: skip
"""Python's codecs by the labels of the Encoding Standard."""
_FOREIGN_SHARE = 0.15
"""Share of bytes beyond which an undeclared text is in no Latin script."""
_JUDGED_BYTES = 20_000
_ZEROS_JUDGED, _ZERO_SHARE = 1_024, 0.1
_CERTAIN_SEQUENCES = 2
"""Characters of several bytes that make UTF-8 of what was declared as Latin; hardly any other text forms one by chance."""
_CERTAIN_IN_OTHER_SCRIPTS = 30
"""The same for other declarations: a few letters of Cyrillic or Chinese charsets may form UTF-8."""
_SEQUENCES_PER_BROKEN_BYTE = 10


def decoded(body: bytes, charset: str = "", *, markup: bool = False) -> str:
    """Text of bytes; a byte that stands for nothing costs one U+FFFD.

    Args:
        body: The bytes as they came. A byte order mark outweighs everything else.
        charset: The label from the Content-Type, if any (Encoding Standard §4.2).
        markup: Whether a `<meta>` or an XML declaration may name the charset.
    """
    for label in (charset, *(_declared(body) if markup else ())):
        encoding = webencodings.lookup(label)
        if encoding is not None and not _is_refuted(body, encoding.name):
            return _repaired(_decoded(body, encoding))
    return _repaired(_undeclared(body))


def _repaired(text: str) -> str:
    """Text in which characters of several bytes stand as those of Latin bytes, as pages show them that join two charsets."""
    if not any(sign in text for sign in ("Ã", "â€", "â‚¬")) or len(_MISTAKEN.findall(text)) < _CERTAIN_SEQUENCES:
        return text

    def right(found: re.Match[str]) -> str:
        try:
            return found[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            return found[0]

    return _MISTAKEN.sub(right, text)


_MISTAKEN = re.compile(
    r"Ã[\xa0-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|Â[\xa0-\xbf]|â€[\xa0-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â‚¬"
)
"""Two or three letters of windows-1252 that are the bytes of one character in UTF-8, and hardly ever stand side by side."""


def utf_16_by_zeros(body: bytes) -> str:
    """UTF-16's byte order in text without a byte order mark, by the zeros of its ASCII characters; empty if it is another encoding."""
    sample = body[:_ZEROS_JUDGED]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    least = len(sample) / 2 * _ZERO_SHARE
    if odd > least and not even:
        return "utf-16-le"
    return "utf-16-be" if even > least and not odd else ""


def _is_refuted(body: bytes, name: str) -> bool:
    """Whether the bytes cannot be what their label says: UTF-16 without zeros, broken UTF-8, letters that all form UTF-8."""
    if body.startswith(tuple(mark for mark, _ in _MARKS)):
        return False
    if name in _UTF_16:
        return b"\0" not in body[:_ZEROS_JUDGED]
    if body.isascii() or name == "iso-2022-jp":
        return False
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if name == "utf-8":
        return broken > whole
    certain = _CERTAIN_SEQUENCES if name == "windows-1252" else _CERTAIN_IN_OTHER_SCRIPTS
    return whole >= certain and broken * _SEQUENCES_PER_BROKEN_BYTE <= whole


def _declared(body: bytes) -> tuple[str, ...]:
    """The labels that the markup itself names; bytes that show them are no UTF-16 (HTML §13.2.3.2)."""
    start = body[:_SNIFFED_BYTES]
    declaration = _DECLARATION.search(start)
    labels = [*_meta_labels(_UNPARSED.sub(b"", start)), *([declaration[1].decode("latin-1")] if declaration else [])]
    return tuple(_AS_PARSED.get(_canonical(label), label) for label in labels)


_AS_PARSED = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
"""Charsets that HTML's parser takes for others where a `<meta>` names them (HTML §13.2.3.2)."""


def _meta_labels(start: bytes) -> Iterator[str]:
    """The labels of `<meta charset>` and of a Content-Type pragma (HTML §13.2.3.2)."""
    for meta in _META.finditer(start):
        said = {found[1].lower(): found[2] or found[3] or found[4] or b"" for found in _ATTRIBUTE.finditer(meta[1])}
        pragma = (
            _PRAGMA.search(said.get(b"content", b""))
            if said.get(b"http-equiv", b"").lower() == b"content-type"
            else None
        )
        if label := said.get(b"charset", b"") or (pragma[1] if pragma else b""):
            yield label.strip(b" \t;\"'").decode("latin-1")


def _canonical(label: str) -> str:
    encoding = webencodings.lookup(label)
    return encoding.name if encoding else ""


def _decoded(body: bytes, encoding: webencodings.Encoding) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    codec = _CODECS.get(encoding.name)
    if codec:
        return body.decode(codec, _gb_handler())
    if encoding.name == "euc-jp":
        return body.decode("euc_jp", _euc_jp_handler())
    return str(encoding.codec_info.decode(body, "replace")[0])


def _undeclared(body: bytes) -> str:
    """UTF-8 unless more of its bytes are wrong than right; then the charset that the letters speak for."""
    if order := utf_16_by_zeros(body):
        return body.decode(order, "replace")
    if body.isascii() and any(escape in body for escape in (b"\x1b$B", b"\x1b$@")):
        return body.decode("iso2022_jp", "replace")
    text = _decoded(body, webencodings.UTF8)
    broken = text.count("\ufffd")
    if not broken or text.isascii():
        return text
    whole = sum(1 for sign in text if sign > "\x7f" and sign != "\ufffd")
    if whole >= broken:
        return text
    sample = _TAG.sub(b" ", body[:_JUDGED_BYTES])
    foreign = sum(byte > 0x7F for byte in sample)  # noqa: PLR2004 # ASCII's last
    if foreign > len(sample) * _FOREIGN_SHARE:
        from charset_normalizer import from_bytes  # noqa: PLC0415 # for a few texts in a thousand

        guess = from_bytes(sample).best()
        encoding = webencodings.lookup(_LABELS.get(guess.encoding, guess.encoding.replace("_", "-"))) if guess else None
        if encoding is not None:
            return _decoded(body, encoding)
    return body.decode("cp1252", "replace")


@cache
def _gb_handler() -> str:
    """0x80 alone is the euro sign in GBK (Encoding Standard §10.2.1), which Python's codec does not know."""

    def euro(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        sign = "€" if error.object[error.start] == 0x80 else "\ufffd"  # noqa: PLR2004 # as above
        return sign, error.start + 1

    codecs.register_error("podcaster-gb", euro)
    return "podcaster-gb"


@cache
def _euc_jp_handler() -> str:
    """NEC's and IBM's rows belong to EUC-JP on the web (Encoding Standard §12.1); Python has them in Shift_JIS alone."""

    def row(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        pair = error.object[error.start : error.start + 2]
        try:
            return _shifted(pair).decode("cp932"), error.start + 2
        except (UnicodeDecodeError, ValueError):
            return "\ufffd", error.start + 1

    codecs.register_error("podcaster-euc-jp", row)
    return "podcaster-euc-jp"


def _shifted(pair: bytes) -> bytes:
    """A character of JIS X 0208 in EUC-JP as Shift_JIS has it."""
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)  # noqa: PLR2004 # the layout of Shift_JIS
    if row % 2:
        return bytes((lead, cell + 0x9F))
    return bytes((lead, cell + (0x40 if cell < 63 else 0x41)))  # noqa: PLR2004 # 0x7F is left out
