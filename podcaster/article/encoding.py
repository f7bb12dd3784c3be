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
_FOREIGN_RUN = re.compile(rb"[\x80-\xff]{3,}")
"""Bytes in a row that are no ASCII, as in scripts other than Latin."""
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
    sample = _TAG.sub(b" ", _UNPARSED.sub(b" ", body[:_SNIFFED_BYTES]))[:_JUDGED_BYTES]
    beyond_ascii = sum(byte > 0x7F for byte in sample)  # noqa: PLR2004 # ASCII's last
    is_foreign = sum(map(len, _FOREIGN_RUN.findall(sample))) * 2 > beyond_ascii
    label = _foreign_label(sample) if is_foreign else _latin_label(sample)
    return _decoded(body, webencodings.lookup(label) or _WESTERN)


def _foreign_label(sample: bytes) -> str:
    """Charset of a text in no Latin script, by the letters that its bytes make most sense as; empty if unknown."""
    if _is_thai(sample):
        return "windows-874"
    if sample.count(_HIRAGANA) * 6 > sum(map(len, _FOREIGN_RUN.findall(sample))):
        return "euc-jp"
    from charset_normalizer import from_bytes  # noqa: PLC0415 # for a few texts in a thousand

    guess = from_bytes(sample, cp_isolation=[*_FOREIGN_CODECS]).best()
    return _LABELS.get(guess.encoding, guess.encoding.replace("_", "-")) if guess else ""


def _is_thai(sample: bytes) -> bool:
    """Whether each mark stands on a consonant, and not all runs have an even length, as the Chinese, Japanese and Korean ones have."""
    runs = _FOREIGN_RUN.findall(sample)
    odd = sum(len(run) % 2 for run in runs)
    return odd * 5 >= len(runs) and len(_THAI_FAULT.findall(sample)) * 50 <= len(_THAI.findall(sample))


_HIRAGANA = b"\xa4"
"""First byte of each in EUC-JP, and of hardly anything in the Chinese and Korean charsets."""
_THAI = re.compile(rb"[\xa1-\xfb]")
_THAI_FAULT = re.compile(
    rb"(?<![\xa1-\xce\xd1\xd4-\xda\xe7-\xee])[\xd1\xd4-\xda\xe7-\xee]|[\xe0-\xe4](?![\xa1-\xce])|[\x80-\x84\x86-\x90\x98-\x9f\xdb-\xde\xfc-\xff]"
)
"""Marks without a consonant before them, vowels without one behind them, bytes without a letter: Thai has none of them."""
_FOREIGN_CODECS = (
    "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic", "cp1253", "iso8859_7", "cp1255", "cp1256",
    "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949",
    # Told from the others by being compared with them.
    "cp1250", "iso8859_2", "cp1252", "cp1254", "cp1257",
)  # fmt: skip


def _latin_label(sample: bytes) -> str:
    """Charset of a text in Latin letters: that of its language, if more of the language's own letters come of it than otherwise.

    Browsers go by the reader's language (HTML §13.2.3.2); here the text's ASCII letters tell it.
    """
    from podcaster.article.detection import detect  # noqa: PLC0415 # as above

    language, _ = detect(sample.decode("ascii", "ignore"))
    charsets, letters = _CHARSETS.get(language, ((), ""))
    return max(("windows-1252", *charsets), key=lambda label: _own_letters(sample, label, letters))


def _own_letters(sample: bytes, label: str, letters: str) -> int:
    """Letters of a language minus everything else that is no ASCII; controls, which no text has, count most."""
    encoding = webencodings.lookup(label) or _WESTERN
    foreign = [sign for sign in _decoded(sample, encoding).lower() if sign > "\x7f" and sign not in _PUNCTUATION]
    return sum(
        1 if sign in letters else -_CONTROL_COST if sign < "\xa0" or sign == "\ufffd" else -1 for sign in foreign
    )


_WESTERN = webencodings.lookup("windows-1252")
_PUNCTUATION = "‚„…†‡‰‹‘’“”•–—™›«»§©®°·€\xa0\xad"
_CONTROL_COST = 5
_CENTRAL = ("windows-1250", "iso-8859-2")
_CHARSETS = {
    "pl": (_CENTRAL, "ąćęłńóśźż"), "cs": (_CENTRAL, "áčďéěíňóřšťúůýž"), "sk": (_CENTRAL, "áäčďéíĺľňóôŕšťúýž"),
    "hu": (_CENTRAL, "áéíóöőúüű"), "ro": (_CENTRAL, "ăâîşţ"), "hr": (_CENTRAL, "čćđšž"), "bs": (_CENTRAL, "čćđšž"),
    "sl": (_CENTRAL, "čšžćđ"), "lt": (("windows-1257",), "ąčęėįšųūž"), "lv": (("windows-1257",), "āčēģīķļņšūž"),
    "et": (("windows-1257",), "äõöüšž"), "tr": (("windows-1254",), "çğıöşüâîû"),
}  # fmt: skip
"""Languages in Latin letters that windows-1252 lacks: the charsets that their pages have, and their letters beyond ASCII."""


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
        except (ValueError, IndexError):  # no such character; half of one at the end
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
