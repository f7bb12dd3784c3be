"""Examples for the OpenAPI document of the editors' API; a test checks each against its model."""

from typing import Any, Final

from pydantic.config import JsonDict

PLANNED: Final[JsonDict] = {"lines": 41, "translated": 1, "spoken": 1, "reused": 40, "seconds": 2.4}
LANGUAGE: Final[JsonDict] = {
    **PLANNED, "state": "running", "warnings": [], "stage": "speak", "done": 40, "seconds_left": 0.3, "held": False,
}  # fmt: skip
PROGRESS: Final[JsonDict] = {
    "render": "0f8e4c1d2b3a495867768594a3b2c1d0",
    "article": "a-cable-levy-1f3a9c02",
    "state": "running",
    "requested": "2030-05-04T06:00:00Z",
    "languages": {"es": LANGUAGE},
}
SCHEDULED: Final[JsonDict] = {
    "article": "a-cable-levy-1f3a9c02", "language": "es", "at": "2030-05-04T04:00:00Z", "editor": "ann",
}  # fmt: skip
SUMMARY: Final[JsonDict] = {
    "article": "a-cable-levy-1f3a9c02",
    "title": "EU/NORWAY: A cable levy",
    "language": "en",
    "topics": ["EU", "Norway"],
    "added": "2030-05-03T05:12:44Z",
    "changed": "2030-05-03T05:12:44Z",
    "states": {"en": "published", "es": "running"},
}
DETAIL: Final[JsonDict] = {
    **SUMMARY,
    "downloads": 128,
    "report": {
        "source": "https://example.com/a-cable-levy",
        "title": "EU/NORWAY: A cable levy",
        "authors": ["Ann Other"],
        "published": "2030-05-03",
        "language": "en",
        "topics": ["EU", "Norway"],
        "key_points": ["The levy falls to 1.5%."],
        "body": [{"kind": "paragraph", "text": "The levy starts in July 2028."}],
        "url": "https://example.com/a-cable-levy",
        "image": None,
    },
    "corrections": {"title": "EU/NORWAY: A cable levy"},
    "episodes": [{"language": "en", "revision": "0123456789abcdef", "title": "A cable levy"}],
    "renders": [PROGRESS],
    "scheduled": [SCHEDULED],
}
RULES: Final[JsonDict] = {
    "only_paths": ["/reports/"],
    "skip_paths": [],
    "only_labels": ["Economy"],
    "skip_labels": [],
    "only_authors": [],
    "skip_authors": [],
    "only_languages": ["en"],
    "least_words": 150,
    "most_words": 0,
}
SOURCE: Final[JsonDict] = {
    "source": "5d2f0c9b8a7e6f5d4c3b2a1908f7e6d5",
    "url": "https://example.com/feed.xml",
    "only": "",
    "rules": RULES,
    "interval_s": 900,
    "title": "Reports",
    "added": "2030-05-03T05:12:44Z",
    "next_poll": "2030-05-03T05:27:31Z",
    "polled": "2030-05-03T05:12:45Z",
    "failures": 0,
    "last": {
        "outcome": "read",
        "new": 2,
        "changed": 0,
        "withdrawn": 0,
        "refused": 0,
        "skipped": 0,
        "waiting": 0,
        "error": "",
    },
}
TRANSLATION: Final[JsonDict] = {"state": "reviewed", "editor": "ana", "at": "2030-05-04T06:00:00+00:00"}
LINE: Final[JsonDict] = {
    "index": 4,
    "kind": "paragraph",
    "source": "The minister resigned.",
    "text": "El ministro dimitió.",
    "spoken": "El ministro dimitió.",
    "start": 12.312,
    "end": 13.92,
    "words": [],
    "clip": "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de",
    "checks": [{"name": "numbers", "passed": True, "detail": ""}],
    "etag": "5f1d7a84db00d2fce00b31a7fc73224f",
    "wording": {
        "text": "El ministro dimitió.",
        "spoken": "El ministro dimitió.",
        "recorded": False,
        "editor": "ann",
        "changed": "2030-05-04T06:00:00Z",
    },
}

BACKFILL: Final[JsonDict] = {
    "backfill": "5d2f0c9b8a7e6f5d4c3b2a1908f7e6d5",
    "name": "example.com",
    "state": "done",
    "added": "2030-05-04T06:00:00Z",
    "ended": "2030-05-04T09:06:00Z",
    "listing": False,
    "total": 4200,
    "waiting": 0,
    "rendering": 0,
    "done": 4198,
    "failed": 2,
    "cancelled": 0,
    "rate_per_minute": 21.5,
    "expected_end": "2030-05-04T09:06:00Z",
    "held_until": "2030-05-04T06:30:00Z",
    "said": "",
}
FAILED_ITEM: Final[JsonDict] = {
    "name": "https://example.com/reports/7",
    "article": "a-cable-levy-1f3a9c02",
    "error": "no-article: The page has no text of a report.",
}

AUDIO: Final[dict[str, Any]] = {
    "content": {"audio/mpeg": {"schema": {"description": "The file's own bytes."}, "example": "ID3…"}},
    "description": "An MP3.",
}
"""A response that is sound."""
PUBLICATION: Final[JsonDict] = {
    "show": "Field notes", "title": "Una tasa para el cable", "summary": "La tasa empieza en julio de 2028.",
    "notes": "<p>La tasa empieza en julio de 2028.</p>", "cover": "/covers/es.jpg", "authors": ["Ann Example"],
    "topics": ["EU"], "published": "2030-05-04T00:00:00+00:00", "seconds": 240, "bytes": 1_920_000,
    "voice": "es-kokoro", "draft": False, "flagged": 0, "chapters": [{"start": 0.1, "title": "El informe"}],
    "item": "<item>…</item>",
}  # fmt: skip
