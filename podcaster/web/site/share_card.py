"""Metadata of pages for other programs: the card that networks show for a shared link, and schema.org's data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from podcaster.feed.addresses import Addresses
from podcaster.model import Episode, Show
from podcaster.web.site.artwork import artwork_path, cover_path
from podcaster.web.site.embed import HEIGHT, WIDTH, embed_path
from podcaster.web.site.episode_cards import show_path

_PICTURE_PIXELS = 1000
_MS_A_SECOND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """Properties of a shared link."""

    open_graph: Sequence[tuple[str, str]]
    """Property and content (The Open Graph protocol)."""
    twitter: Sequence[tuple[str, str]]
    """Name and content (player card)."""
    structured: Markup
    """JSON-LD, safe within a script element."""


def episode_card(episode: Episode, show: Show, addresses: Addresses, *, start_seconds: int = 0) -> ShareCard:
    """The card of an episode; its player starts at a time."""
    base_url = addresses.base_url
    page = addresses.page(episode) or addresses.site
    picture = episode.image or base_url + artwork_path(episode, _PICTURE_PIXELS)
    at = {"t": str(start_seconds)} if start_seconds else {}
    described = [("title", episode.title), ("description", episode.summary)]
    return ShareCard(
        open_graph=[
            ("og:type", "article"),
            *((f"og:{name}", said) for name, said in described),
            ("og:url", f"{page}?t={start_seconds}" if start_seconds else page),
            ("og:site_name", show.title),
            ("og:locale", episode.language.replace("-", "_")),
            ("og:image", picture),
            ("og:audio", addresses.audio(episode)),
            ("og:audio:type", "audio/mpeg"),
            ("article:published_time", episode.published.isoformat()),
        ],
        twitter=[
            ("twitter:card", "player"),
            *((f"twitter:{name}", said) for name, said in described),
            ("twitter:image", picture),
            ("twitter:player", base_url + embed_path(episode, **at)),
            ("twitter:player:width", str(WIDTH)),
            ("twitter:player:height", str(HEIGHT)),
        ],
        structured=_script(_episode(episode, show, addresses, page, picture)),
    )


def show_card(show: Show, addresses: Addresses) -> ShareCard:
    """The card of a show."""
    picture = show.image or addresses.base_url + cover_path(show.language, _PICTURE_PIXELS)
    described = [("title", show.title), ("description", show.description)]
    return ShareCard(
        open_graph=[
            ("og:type", "website"),
            *((f"og:{name}", said) for name, said in described),
            ("og:url", _show_page(show, addresses)),
            ("og:image", picture),
        ],
        twitter=[
            ("twitter:card", "summary"),
            *((f"twitter:{name}", said) for name, said in described),
            ("twitter:image", picture),
        ],
        structured=_script({"@context": "https://schema.org", **_series(show, addresses), "image": picture}),
    )


def _episode(episode: Episode, show: Show, addresses: Addresses, page: str, picture: str) -> Mapping[str, object]:
    """schema.org PodcastEpisode."""
    duration = f"PT{round(episode.duration_ms / _MS_A_SECOND)}S"
    based_on = {"isBasedOn": episode.link} if episode.link else {}
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "url": page,
        "name": episode.title,
        "description": episode.summary,
        "inLanguage": episode.language,
        "datePublished": episode.published.isoformat(),
        "timeRequired": duration,
        "image": picture,
        "author": [{"@type": "Person", "name": name} for name in episode.authors],
        "keywords": list(episode.topics),
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": addresses.audio(episode),
            "encodingFormat": "audio/mpeg",
            "duration": duration,
        },
        "partOfSeries": _series(show, addresses),
        **based_on,
    }


def _series(show: Show, addresses: Addresses) -> Mapping[str, object]:
    """schema.org PodcastSeries."""
    return {
        "@type": "PodcastSeries",
        "name": show.title,
        "description": show.description,
        "inLanguage": show.language,
        "url": _show_page(show, addresses),
        "webFeed": addresses.feed(show.language),
    }


def _show_page(show: Show, addresses: Addresses) -> str:
    return addresses.base_url + show_path(show.language)


def _script(data: Mapping[str, object]) -> Markup:
    """JSON that no text in it can end the script element of."""
    text = json.dumps(data, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 # escaped here
