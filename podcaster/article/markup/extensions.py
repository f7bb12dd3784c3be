"""Markup that programs add to Markdown: callouts, wiki links, task boxes, attributes, tables of contents. Text stays, marks go."""

import re
from textwrap import dedent

_FENCED_DIV = re.compile(r"^ {0,3}:{3,}.*$", re.MULTILINE)
_CONTENTS = re.compile(r"^[ \t]*\[\[?_?toc_?\]?\][ \t]*$", re.MULTILINE | re.IGNORECASE)
_ALERT = re.compile(r"^(?P<quote>(?:>[ \t]*)+)\[!\w+\][+-]?[ \t]*", re.MULTILINE)
_TASK = re.compile(r"^(?P<item>[ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\][ \t]+", re.MULTILINE)
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{[#.][^}\n]*\}(?=[ \t]*$)", re.MULTILINE)
_MARKED = re.compile(r"==(?=[^\s=])([^=\n]+)(?<=[^\s])==")
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:.*$", re.MULTILINE)
_DEFINITION = re.compile(r"^(\S[^\n]*)\n:[ \t]+(?=\S)", re.MULTILINE)
_CODE_LINE = re.compile(
    r"^(?:import\s[^\n]+\sfrom\s+['\"][^'\"\n]+['\"];?|export\s+(?:const|default)\s[^\n]*)$", re.MULTILINE
)
"""MDX's lines of code."""
_QUOTED_MATH = re.compile(r"\$`([^`\n]+)`\$")
_FENCED_MATH = re.compile(r"^```math[ \t]*\n(.*?)\n```[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"%%(?!%).*?%%", re.DOTALL)
_STRUCK = re.compile(r"(?<![\w~])~(?=[^\s~])([^~\n]*[^\s~])~(?![\w~])")
_LOWERED = re.compile(r"(?<=\w)~(\d{1,3})~")
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]")
_ADMONITION = re.compile(
    r"^(?:!!!|\?\?\?\+?)[ \t]+[\w -]+(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*\n(?P<text>(?:(?: {4}|\t).*\n?|[ \t]*\n)+)",
    re.MULTILINE,
)
_MARKDOWN_INSIDE = re.compile(
    r"(?P<tag><(?P<name>[a-zA-Z][\w-]*)\b[^>]*\bmarkdown(?:=[^>]*)?>)(?P<text>.*?)(?P<end></(?P=name)>)", re.DOTALL
)


def without_extensions(text: str) -> str:
    """Markdown as CommonMark has it."""
    text = _CODE_LINE.sub("", _ABBREVIATION.sub("", _DEFINITION.sub(r"\1\n\n", text)))
    if "$`" in text or "```math" in text:
        text = _QUOTED_MATH.sub(r"$\1$", _FENCED_MATH.sub(r"$$\1$$", text))
    if "%%" in text:
        text = _COMMENT.sub("", text)
    if "~" in text:
        text = _LOWERED.sub(r"\1", _STRUCK.sub(r"~~\1~~", text))
    text = _CONTENTS.sub("", _FENCED_DIV.sub("", text))
    text = _ADMONITION.sub(lambda found: f"{found['title'] or ''}\n\n{dedent(found['text'].expandtabs(4))}\n", text)
    text = _MARKDOWN_INSIDE.sub(r"\g<tag>\n\n\g<text>\n\n\g<end>", text)
    text = _TASK.sub(r"\g<item>", _ALERT.sub(r"\g<quote>", _ATTRIBUTES.sub("", text)))
    return _WIKI_LINK.sub(r"\1", _EMBEDDED.sub("", _MARKED.sub(r"\1", text)))
