"""The tools' answers, from the library; every method blocks."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from podcaster import language as languages
from podcaster.audio.encoder import FRAME_BYTES, FRAME_MS
from podcaster.episode.search_text import phrases
from podcaster.errors import EpisodeUnknown, LanguageUnknown
from podcaster.feed.addresses import Addresses
from podcaster.feed.section import Section, SectionKind, section_slug
from podcaster.listener.account import Listener
from podcaster.listener.digests import secret_digest
from podcaster.listener.feed_token import token_of
from podcaster.listener.personal_briefing import STREAM_LIVES
from podcaster.ports import EpisodeQuery
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.assistants.documents import (
    BriefingChapter,
    PersonalBriefing,
    Report,
    ReportList,
    ReportSummary,
    SpokenSentence,
)
from podcaster.web.listeners.personal_briefing import Briefings
from podcaster.web.listeners.published_reports import PublishedEntries
from podcaster.web.listeners.splicing_plans import SplicingPlans
from podcaster.web.services import Services
from podcaster.web.site.show_languages import show_languages

_LONGEST_QUERY = 200


@dataclass(frozen=True)
class AssistantTools:
    """Answers for the tools."""

    services: Services

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses.served(self.services.base_url)

    @cached_property
    def _briefings(self) -> Briefings:
        return Briefings(PublishedEntries(self.services.library), SplicingPlans(self.services))

    def search(self, query: str, language: str, limit: int) -> ReportList:
        """Reports that have every word of a query; without a language, each in the first language that has it.

        Raises:
            LanguageUnknown: there are no reports in the language.
        """
        asked = phrases(query[:_LONGEST_QUERY])
        return self._listed([EpisodeQuery(language=tag, phrases=asked) for tag in self._languages(language)], limit)

    def latest(self, topic: str, language: str, limit: int) -> ReportList:
        """The newest reports, of a topic or of all.

        Raises:
            LanguageUnknown: there are no reports in the language.
        """
        tags = self._languages(language)
        return self._listed([EpisodeQuery(language=tag, section=_section(tag, topic)) for tag in tags], limit)

    def read(self, report: str, language: str, first: int, limit: int) -> Report:
        """Lines of a report, in a language or in the one that comes first.

        Raises:
            EpisodeUnknown: it is not published, or not in this language.
            LanguageUnknown: the language is none.
        """
        services, article = self.services, ArticleId(report[:80])
        published = {each.episode.language: each.episode for each in services.library.episodes(article=article)}
        tag = self._chosen(language, list(published))
        episode = published[tag]
        script = services.blobs.get(f"media/{episode.article}/{tag}/{episode.revision}.script.json")
        lines = json.loads(script)["lines"]
        shown = lines[first : first + limit]
        behind = first + len(shown)
        summary = ReportSummary.of(episode, self._addresses)
        return Report(
            summary=summary,
            languages=[*published],
            lines=[
                SpokenSentence(
                    line=place,
                    kind=line["kind"],
                    text=line["text"],
                    start=line["start"],
                    end=line["end"],
                    play=f"{summary.page}#t={line['start']}",
                )
                for place, line in enumerate(shown, start=first)
            ],
            next_line=behind if behind < len(lines) else None,
        )

    def listener(self, access: str) -> Listener | None:
        """The listener whose access token this is."""
        library, now = self.services.library, self.services.clock()
        return library.linked_listener(speaker="", access=secret_digest(access), now=now) if access else None

    def briefing(self, listener: Listener, access: str) -> PersonalBriefing:
        """The listener's briefing, at an address of its own: the same for half a day, unless they choose otherwise.

        Raises:
            EpisodeUnknown: there is no report to hear yet.
        """
        services, choices = self.services, listener.preferences
        made = self._briefings.of(choices)
        token = self._stream(listener, access)
        audio_ms = (made.length - len(made.head)) // FRAME_BYTES * FRAME_MS
        return PersonalBriefing(
            title=made.title,
            language=made.language,
            minutes=round(audio_ms / 60_000, 1),
            audio=f"{services.base_url}/s/{token}/briefing.mp3",
            chapters=[BriefingChapter(title=each.title, start=each.start_ms / 1000) for each in made.chapters],
        )

    def _stream(self, listener: Listener, access: str) -> str:
        """The token of the briefing's address, kept under its digest: derived from the access token, which is secret."""
        library, now = self.services.library, self.services.clock()
        half_day = now.timestamp() // (STREAM_LIVES / 2).total_seconds()
        named = f"podcaster briefing\n{half_day:.0f}\n{listener.preferences!r}".encode()
        token = token_of(hmac.digest(access.encode(), named, "sha256"))
        if library.stream(secret_digest(token), now) is None:
            library.put_stream(
                secret_digest(token), listener.id, listener.preferences, now=now, expires=now + STREAM_LIVES
            )
        return token

    def _languages(self, language: str) -> Sequence[LanguageTag]:
        shown = show_languages(self.services)
        if not language:
            return shown
        found = languages.match(languages.parse(language), shown)
        if found is None:
            raise LanguageUnknown(f"There are no reports in {language}.", f"There are some in {', '.join(shown)}.")
        return [found]

    def _listed(self, queries: Sequence[EpisodeQuery], limit: int) -> ReportList:
        library = self.services.library
        counted = {query.language: library.count(query) for query in queries}
        listed = [each.episode for query in queries for each in library.listed(query, limit=limit)]
        found = {each.article: each for each in reversed(listed)}
        newest = sorted(found.values(), key=lambda each: (each.published, each.guid), reverse=True)[:limit]
        summaries = [ReportSummary.of(each, self._addresses) for each in newest]
        return ReportList(found=max([*counted.values(), len(newest)]), reports=summaries)

    def _chosen(self, language: str, published: Sequence[LanguageTag]) -> LanguageTag:
        preferred = [tag for tag in show_languages(self.services) if tag in published]
        found = languages.match(languages.parse(language), published) if language else next(iter(preferred), None)
        if found is None:
            where = ", ".join(published)
            raise EpisodeUnknown(
                "This report is not published" + (f" in {language}." if where else "."),
                f"It is in {where}." if where else "Search for it.",
            )
        return found


def _section(language: LanguageTag, topic: str) -> Section | None:
    if not topic.strip():
        return None
    return Section(language=language, kind=SectionKind.TOPIC, slug=section_slug(topic), label=topic)
