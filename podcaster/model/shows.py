"""A show: the podcast that a publisher's episodes of one language belong to."""

from dataclasses import dataclass

from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """One podcast: a publisher's reports in one language."""

    language: LanguageTag
    title: str
    description: str
    base_url: str
    """Base URL of the service, without a slash at the end."""
    author: str
    email: str
    category: str = "News"
    image: str | None = None
    explicit: bool = False
    copyright: str = ""
    license: str = ""
    """SPDX identifier such as `cc-by-4.0`, or the name of a custom licence; empty: none."""
    license_url: str = ""
    """URL of a custom licence."""
