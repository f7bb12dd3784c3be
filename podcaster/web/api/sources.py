"""Editors' API for watched sources."""

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Response
from pydantic import Field

from podcaster import errors
from podcaster.ports import SourceManager
from podcaster.source.rules import IntakeRules, rules_from, rules_record
from podcaster.source.watched import PollOutcome, WatchedSource
from podcaster.web.api.schemas import problems
from podcaster.web.api.schemas.base_models import ApiModel, RequestModel
from podcaster.web.api.schemas.parameters import Address, IdempotencyKey, Language, SourcePath, Whole

Names = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=100)]


class Rules(RequestModel):
    """Rules for the reports of a source that are taken in; an empty list or 0 admits everything."""

    only_paths: Names = Field(default=[], description="Prefixes of the URL's path, or patterns with `*`.")
    skip_paths: Names = Field(default=[])
    only_labels: Names = Field(default=[], description="Categories of the feed, or topics of the page.")
    skip_labels: Names = Field(default=[])
    only_authors: Names = Field(default=[])
    skip_authors: Names = Field(default=[])
    only_languages: list[Language] = Field(default=[], max_length=100, description="`pt` admits `pt-BR`, too.")
    least_words: Whole = Field(default=0, ge=0, le=1_000_000)
    most_words: Whole = Field(default=0, ge=0, le=1_000_000, description="0: no limit.")

    def rules(self) -> IntakeRules:
        """The rules as the source keeps them."""
        return rules_from(self.model_dump())

    @classmethod
    def of(cls, rules: IntakeRules) -> Self:
        """The API's form of a source's rules."""
        return cls.model_validate(rules_record(rules))


class RulesChange(RequestModel):
    """A change of a source."""

    rules: Rules


class SkippedReport(ApiModel):
    """A report that a source lists and its rules do not admit."""

    url: str
    reason: str = Field(description="The condition and the value found: `label: Sport`.", examples=["label: Sport"])


class SkippedReports(ApiModel):
    """The newest reports that a source's rules do not admit."""

    skipped: list[SkippedReport]


class NewSource(RequestModel):
    """A feed or sitemap to watch."""

    url: Address
    only: Address | Literal[""] = Field(
        default="", description="Only reports whose URL starts with this are taken; empty for all."
    )
    rules: Rules = Field(default_factory=Rules)
    interval_s: Whole = Field(default=900, ge=60, le=604_800)
    first: Whole = Field(default=10, ge=0, le=10_000, description="Number of existing reports to take at first.")


class LastPoll(ApiModel):
    """The result of the last poll."""

    outcome: PollOutcome
    new: int
    changed: int
    withdrawn: int
    refused: int
    skipped: int = Field(description="Reports that the rules do not admit.")
    waiting: int = Field(description="Reports left for the next poll.")
    error: str


class SourceDetail(ApiModel):
    """A watched source."""

    source: str
    url: str
    only: str
    rules: Rules
    interval_s: int
    title: str
    added: datetime
    next_poll: datetime
    polled: datetime | None
    failures: int = Field(description="Failed polls in a row.")
    last: LastPoll | None

    @classmethod
    def of(cls, source: WatchedSource) -> Self:
        """The API's form of a watched source."""
        own = {name: getattr(source, name) for name in cls.model_fields if name not in {"source", "rules"}}
        return cls.model_validate({**own, "source": source.id, "rules": Rules.of(source.rules)})


class SourceList(ApiModel):
    """All watched sources."""

    sources: list[SourceDetail]


def add_sources(router: APIRouter, desk: SourceManager) -> None:
    """Add the routes. Workers poll the sources."""

    @router.get("/sources", summary="List watched sources")
    def listed() -> SourceList:
        """All watched sources, by URL."""
        return SourceList(sources=[SourceDetail.of(each) for each in desk.sources()])

    @router.post(
        "/sources",
        status_code=201,
        summary="Watch a source",
        responses=problems(errors.AddressRefused, errors.Conflict),
    )
    def add(new: NewSource, key: IdempotencyKey = "") -> SourceDetail:
        """Watches an RSS or Atom feed, or a sitemap. The first poll follows within seconds, then every `interval_s` seconds."""
        wanted = new.model_dump() | {"rules": new.rules.rules()}
        return SourceDetail.of(desk.add(**wanted, idempotency_key=key or None))

    @router.patch("/sources/{source}", summary="Change a source's rules", responses=problems(errors.SourceUnknown))
    def change(source: SourcePath, change: RulesChange) -> SourceDetail:
        """Replaces the rules. The source is polled within seconds, and reports that the old rules skipped are judged anew."""
        return SourceDetail.of(desk.change_rules(source, change.rules.rules()))

    @router.get("/sources/{source}/skipped", summary="List skipped reports", responses=problems(errors.SourceUnknown))
    def skipped(source: SourcePath) -> SkippedReports:
        """The fifty newest reports that the source lists and its rules do not admit, with the reason."""
        found = desk.skipped(source)
        return SkippedReports(skipped=[SkippedReport(url=each.url, reason=each.skipped) for each in found])

    @router.post(
        "/sources/{source}/poll", status_code=202, summary="Poll a source now", responses=problems(errors.SourceUnknown)
    )
    def poll(source: SourcePath) -> SourceDetail:
        """The poll follows within seconds."""
        return SourceDetail.of(desk.call(source))

    @router.delete(
        "/sources/{source}", status_code=204, summary="Stop watching a source", responses=problems(errors.SourceUnknown)
    )
    def remove(source: SourcePath) -> Response:
        """Reports that it brought stay."""
        desk.remove(source)
        return Response(status_code=204)
