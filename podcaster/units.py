"""Words with one meaning: the types that carry a unit or an identity in their name."""

from typing import NewType

Milliseconds = NewType("Milliseconds", int)
"""A length of time, or a time from the start of an episode."""

Seconds = NewType("Seconds", float)
"""A length of time where a standard or a person wants seconds."""

Hertz = NewType("Hertz", int)
"""Samples per second of one channel."""

Decibels = NewType("Decibels", float)
"""A gain, or a level relative to full scale."""

LanguageTag = NewType("LanguageTag", str)
"""A canonical BCP 47 tag (RFC 5646 §4.5), as `language.parse` returns it: `en`, `pt-BR`, `zh-Hans`."""

LanguagePair = tuple[LanguageTag, LanguageTag]
"""From which language, into which."""

ArticleId = NewType("ArticleId", str)
"""Names a report for ever: lower-case letters, digits and hyphens, at most 80 characters."""

RenderId = NewType("RenderId", str)
"""Names one request to render an article."""

ContentKey = NewType("ContentKey", str)
"""64 hexadecimal digits: SHA-256 of everything that went into a thing, never of what came out."""

Revision = NewType("Revision", str)
"""16 hexadecimal digits that change whenever an episode would sound, read or be tagged differently."""
