"""Bytes to text as browsers decode them: the WHATWG Encoding Standard, by webencodings."""

import codecs
import re
from functools import cache

import webencodings

_SNIFFED_BYTES = 4_096
_META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_DECLARATION = re.compile(rb"^\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_CODECS = {"gbk": "gb18030"}
"""Codecs that the Encoding Standard asks for and Python has under another name (§10.1: GBK's decoder is gb18030's)."""
_UTF_16 = frozenset({"utf-16le", "utf-16be"})
_FOREIGN_SHARE = 0.15
"""Share of bytes beyond which an undeclared text is in no Latin script."""
_JUDGED_BYTES = 20_000


def decoded(body: bytes, charset: str = "", *, markup: bool = False) -> str:
    """Text of bytes; a byte that stands for nothing costs one U+FFFD.

    Args:
        body: The bytes as they came. A byte order mark outweighs everything else.
        charset: The label from the Content-Type, if any (Encoding Standard §4.2).
        markup: Whether a `<meta>` or an XML declaration may name the charset.
    """
    for label in (charset, *(_declared(body) if markup else ())):
        encoding = webencodings.lookup(label)
        if encoding is not None:
            return _decoded(body, encoding)
    return _undeclared(body)


def _declared(body: bytes) -> tuple[str, ...]:
    """The labels that the markup itself names; bytes that show them are no UTF-16 (HTML §13.2.3.2)."""
    start = body[:_SNIFFED_BYTES]
    labels = [found[1].decode("latin-1") for form in (_META, _DECLARATION) if (found := form.search(start))]
    return tuple("utf-8" if _canonical(label) in _UTF_16 else label for label in labels)


def _canonical(label: str) -> str:
    encoding = webencodings.lookup(label)
    return encoding.name if encoding else ""


def _decoded(body: bytes, encoding: webencodings.Encoding) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
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
    text = _decoded(body, webencodings.UTF8)
    broken = text.count("\ufffd")
    if not broken or text.isascii():
        return text
    whole = sum(1 for sign in text if sign > "\x7f" and sign != "\ufffd")
    if whole >= broken:
        return text
    sample = body[:_JUDGED_BYTES]
    foreign = sum(byte > 0x7F for byte in sample)  # noqa: PLR2004 # ASCII's last
    if foreign > len(sample) * _FOREIGN_SHARE:
        from charset_normalizer import from_bytes  # noqa: PLC0415 # for a few texts in a thousand

        guess = from_bytes(sample).best()
        encoding = webencodings.lookup(guess.encoding.replace("_", "-")) if guess else None
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
