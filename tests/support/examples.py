"""Small articles, episodes, renders and wordings."""

from datetime import UTC, datetime

from podcaster.article.identity import article_id
from podcaster.model import Article, Block, BlockKind, Episode, LanguageReport, Render, RenderState, Wording
from podcaster.units import ArticleId, LanguageTag, Milliseconds, RenderId, Revision

NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
DAY = datetime(2026, 5, 3, tzinfo=UTC)

EN, ES = LanguageTag("en"), LanguageTag("es")


def article_of(title: str = "EU/NORWAY: A cable levy", **changes: object) -> Article:
    values: dict[str, object] = {
        "id": article_id(title, url=None, published=DAY, authors=("Ingrid Solheim",)),
        "title": title,
        "language": LanguageTag("en"),
        "authors": ("Ingrid Solheim",),
        "published": DAY,
        "topics": ("EU", "Norway"),
        "key_points": ("The levy falls to 1.5%.", "Oslo keeps its winters."),
        "body": (
            Block(kind=BlockKind.PARAGRAPH, text="The levy starts in July 2028. It falls on the operator in Norway."),
            Block(kind=BlockKind.HEADING, text="What could go wrong"),
            Block(kind=BlockKind.PARAGRAPH, text="A dry autumn would test the rule, says Astrid Lunde."),
        ),
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]


def episode_of(article: str = "a-report-12345678", language: str = "es", **changes: object) -> Episode:
    values: dict[str, object] = {
        "guid": f"urn:uuid:{article}-{language}"[:60],
        "article": ArticleId(article),
        "language": LanguageTag(language),
        "revision": Revision("0123456789abcdef"),
        "title": "Un informe",
        "authors": ("Ann Other",),
        "topics": ("EU",),
        "published": DAY,
        "key_points": ("Un punto.",),
        "summary": "Un punto.",
        "duration_ms": Milliseconds(24_000),
        "enclosure_bytes": 200_000,
        "chapters": (),
        "voice": "es-espeak",
    }
    return Episode(**{**values, **changes})  # type: ignore[arg-type]


def render_of(article: Article, name: str = "r1", when: datetime = NOW) -> Render:
    queued = LanguageReport(state=RenderState.QUEUED)
    return Render(
        id=RenderId(name),
        article=article.id,
        state=RenderState.QUEUED,
        requested=when,
        languages={ES: queued, EN: queued},
    )


def wording_of(article: str = "a1", source: str = "It rained.", when: datetime = NOW, **changes: object) -> Wording:
    values: dict[str, object] = {
        "article": ArticleId(article), "language": ES, "source": source, "text": "Llovió.", "spoken": None,
        "changed": when, "editor": "desk",
    }  # fmt: skip
    return Wording(**{**values, **changes})  # type: ignore[arg-type]
