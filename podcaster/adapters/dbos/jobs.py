"""Jobs as DBOS keeps them: names of workflows and queues, priorities, and the jobs' JSON form."""

from dataclasses import asdict
from typing import Any, Final

from podcaster.model import Reading
from podcaster.ports import ReadingJob, RenderJob
from podcaster.units import ArticleId, LanguageTag, RenderId, Revision

RENDER: Final = "render"
LANGUAGE: Final = "render_language"
RENDERS: Final = "renders"
URGENT_RENDERS: Final = "urgent_renders"
READING: Final = "read_aloud"
LANGUAGES: Final = "languages"
URGENT_LANGUAGES: Final = "urgent_languages"
URGENT_QUEUES: Final = (URGENT_RENDERS, URGENT_LANGUAGES)
"""The names of urgent queues begin so."""
URGENT: Final = 1
BACK_FILL: Final = 10
READINGS: Final = 20
"""Listeners hear the show's own voice until the reading is made."""


def languages_queue(engine: str, *, urgent: bool = False) -> str:
    """The queue of languages that are made by workers that keep to an engine, or with an empty one to none."""
    return ".".join(filter(None, (URGENT_LANGUAGES if urgent else LANGUAGES, engine)))


def engine_of(queue: str) -> str:
    """The engine that `languages_queue` was given."""
    return queue.partition(".")[2]


def priority(job: RenderJob) -> int:
    """The lower, the sooner."""
    return URGENT if job.urgent else BACK_FILL


def to_plain(job: RenderJob) -> dict[str, Any]:
    """A job as JSON has it."""
    return asdict(job) | {"languages": list(job.languages)}


def from_plain(plain: dict[str, Any]) -> RenderJob:
    """The job that `to_plain` was given."""
    return RenderJob(
        render=RenderId(plain["render"]),
        article=ArticleId(plain["article"]),
        languages=tuple(LanguageTag(tag) for tag in plain["languages"]),
        urgent=plain["urgent"],
        trace=plain.get("trace", ""),
    )


def reading_to_plain(job: ReadingJob) -> dict[str, Any]:
    """A reading as JSON has it."""
    plain = asdict(job)
    plain["reading"]["voices"] = list(job.reading.voices)
    return plain


def reading_from_plain(plain: dict[str, Any]) -> ReadingJob:
    """The reading that `reading_to_plain` was given."""
    wish = plain["reading"]
    return ReadingJob(
        article=ArticleId(plain["article"]),
        language=LanguageTag(plain["language"]),
        revision=Revision(plain["revision"]),
        reading=Reading(voices=tuple(wish["voices"]), rate=wish["rate"]),
    )
