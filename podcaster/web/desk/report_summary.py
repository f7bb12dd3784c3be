"""A report with the state of each language, as the desk shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from podcaster import language as languages
from podcaster.errors import DraftDamaged, EpisodeUnknown
from podcaster.model import LanguageReport
from podcaster.ports import ScheduledEpisode, StoredArticle
from podcaster.units import ArticleId, LanguageTag, RenderId
from podcaster.web.desk.inbox import flags_of
from podcaster.web.services import Services
from podcaster.web.site.show_languages import native_name


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageState:
    """The state of one language of a report."""

    tag: LanguageTag
    name: str
    state: str
    """`published`, `held`, `missing`, or the state of an unfinished render: `queued`, `running`, `failed`."""
    public: bool
    held: bool
    """Whether a revision newer than the public one is on hold."""
    scheduled: str
    """Time of the scheduled publication (ISO 8601); empty if there is none."""
    warnings: Sequence[str]
    flagged: bool
    """Whether lines failed a check."""
    error: str
    overdue: str
    """Why the scheduled publication failed when it was due; empty if it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskReport:
    """A report with the state of its configured and rendered languages."""

    id: ArticleId
    title: str
    language: LanguageTag
    added: str
    """Date on which the report was added."""
    languages: Sequence[LanguageState]
    under_way: RenderId | None
    """The unfinished render, if any."""
    downloads: int

    @property
    def first(self) -> LanguageState:
        """The language shown first: a translation if there is one."""
        translations = (each for each in self.languages if languages.match(self.language, [each.tag]) is None)
        return next(translations, self.languages[0])

    @classmethod
    def of(cls, services: Services, stored: StoredArticle, downloads: int) -> "DeskReport":
        """Read the present state of a report."""
        article = stored.article
        renders = services.library.renders(article.id)
        public = {each.episode.language for each in services.library.episodes(article=article.id)}
        newest: dict[LanguageTag, LanguageReport] = {}
        for render in renders:
            for tag, made in render.languages.items():
                newest.setdefault(tag, made)
        due = {each.language: each for each in services.publishing.scheduled(article.id)}
        tags = dict.fromkeys([*(tag for tag in services.languages), *newest, *sorted(public)])
        return cls(
            id=article.id,
            title=article.title,
            language=article.language,
            added=f"{stored.added:%Y-%m-%d}",
            languages=[
                _state(services, article.id, tag, newest.get(tag), public=tag in public, scheduled=due.get(tag))
                for tag in tags
            ],
            under_way=next((each.id for each in renders if not each.state.final), None),
            downloads=downloads,
        )


def _state(
    services: Services,
    article: ArticleId,
    tag: LanguageTag,
    made: LanguageReport | None,
    *,
    public: bool,
    scheduled: ScheduledEpisode | None,
) -> LanguageState:
    held, damage = _is_held(services, article, tag, public=public)
    settled = "held" if held else "published" if public else "missing"
    unsettled = made is not None and made.state.value in {"queued", "running", "failed"}
    return LanguageState(
        tag=tag,
        name=native_name(tag),
        state=made.state.value if made is not None and unsettled else settled,
        public=public,
        held=held,
        scheduled=scheduled.at.isoformat() if scheduled else "",
        warnings=made.warnings if made else (),
        flagged=bool(made and flags_of({tag: made})),
        error=(made.error if made else "") or damage,
        overdue=scheduled.error if scheduled else "",
    )


def _is_held(services: Services, article: ArticleId, tag: LanguageTag, *, public: bool) -> tuple[bool, str]:
    """Whether something newer than what is public is on hold, and why it cannot be read."""
    try:
        newest = services.publishing.newest(article, tag)
    except EpisodeUnknown:
        return False, ""
    except DraftDamaged as error:
        return True, str(error)
    return not public or newest.revision != services.library.episode(article, tag).episode.revision, ""
