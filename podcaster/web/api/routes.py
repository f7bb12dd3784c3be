"""The router of the editors' API."""

from fastapi import APIRouter, Depends
from fastapi.security import HTTPBearer

from podcaster.web.api.articles import add_articles
from podcaster.web.api.audit import add_audit
from podcaster.web.api.backfills import add_backfills
from podcaster.web.api.downloads import add_downloads
from podcaster.web.api.events import add_events
from podcaster.web.api.glossaries import add_glossaries, add_lexicons
from podcaster.web.api.impact import add_impact
from podcaster.web.api.listening import add_listening
from podcaster.web.api.previews import add_previews
from podcaster.web.api.publishing import add_publishing
from podcaster.web.api.recordings import add_recordings
from podcaster.web.api.renders import add_renders, add_submission
from podcaster.web.api.reviews import add_reviews
from podcaster.web.api.revisions import add_revisions
from podcaster.web.api.script_lines import add_lines
from podcaster.web.api.sources import add_sources
from podcaster.web.api.voices import add_voices
from podcaster.web.services import Services


def editors(services: Services) -> APIRouter:
    """The routes below /api/. The gate has checked the key. Routes that may block run in threads."""
    key_holder = HTTPBearer(auto_error=False, description="A key from `podcaster keys add`.")
    router = APIRouter(
        prefix="/api",
        tags=["editors"],
        dependencies=[Depends(key_holder)],
    )
    add_submission(router, services)
    add_renders(router, services)
    add_articles(router, services)
    add_audit(router, services)
    add_previews(router, services)
    add_listening(router, services.listening)
    add_voices(router, services.voice_choice)
    add_recordings(router, services.recording)
    add_revisions(router, services.revisions)
    add_lines(router, services.lines)
    add_glossaries(router, services.lines)
    add_lexicons(router, services.lines)
    add_reviews(router, services.lines, services.newsroom)
    add_publishing(router, services.publishing)
    add_events(router, services)
    add_impact(router, services.search)
    add_sources(router, services.sources)
    add_downloads(router, services.library)
    add_backfills(router, services.backfills, services.stopping)
    return router
