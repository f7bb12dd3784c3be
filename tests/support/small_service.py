"""The web service over real stores and a real socket, with episodes that nobody had to render."""

import json
import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.decoding import decoded
from podcaster.adapters.fetch import GuardedFetcher
from podcaster.episode.notes import ENGLISH
from podcaster.feed.addresses import Addresses
from podcaster.intake.archive_items import ArchiveItems
from podcaster.intake.arrivals import Arrivals
from podcaster.intake.backfills import Backfills
from podcaster.intake.hooks import Hooks
from podcaster.intake.politeness import PoliteFetcher
from podcaster.intake.watching import SourceWatcher
from podcaster.model import Article, Chapter, Episode, LanguagePlan, LanguageReport, Render, RenderState, Show
from podcaster.ports import ApiKey, BlobStore, Library, Submission
from podcaster.render.editing.articles import ArticleEditing
from podcaster.render.editing.impact import LineSearch
from podcaster.render.editing.listening import Listening
from podcaster.render.editing.previews import Previews
from podcaster.render.editing.script_lines import LineEditing
from podcaster.render.editing.voice_choice import VoiceChoice
from podcaster.render.pipeline.proof_store import ProofStore
from podcaster.render.pipeline.speech.marked_voices import voices_of
from podcaster.render.publishing.feed_publisher import FeedPublisher
from podcaster.render.publishing.publication import Publication
from podcaster.settings import Settings
from podcaster.units import ArticleId, LanguageTag, Milliseconds, RenderId, Revision
from podcaster.web.server.app import create_app
from podcaster.web.server.limits import RateLimits
from podcaster.web.server.start import create_server, listen
from podcaster.web.services import Services
from podcaster.wiring import Container
from support.databases import new_library
from support.examples import NOW, episode_of
from support.loopback import NO_TLS

BASE = "http://podcasts.example"
KEYS = {scope: f"{scope}-key-0123456789" for scope in ("read", "edit", "publish", "admin", "revoked")}


def show(language: LanguageTag) -> Show:
    return Show(
        language=language,
        title="Field & Notes",
        description="Every report <read> aloud.",
        base_url=BASE,
        author="The desk",
        email="desk@example.com",
    )


@dataclass
class RecordingNewsroom:
    """Takes everything and says what came."""

    came: list[Submission] = field(default_factory=list)
    languages: list[Sequence[LanguageTag] | None] = field(default_factory=list)
    stopped: list[RenderId] = field(default_factory=list)
    added: list[tuple[Article, object]] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    """For each request, whether its episodes are to wait for somebody who may publish."""

    def submit(
        self, source: Submission, *, languages: object = None, idempotency_key: object = None, hold: bool = False
    ) -> Render:
        self.holds.append(hold)
        self.came.append(source)
        self.languages.append(languages)  # type: ignore[arg-type]
        return self.render()

    def rerender(
        self, article: ArticleId, *, languages: object = None, idempotency_key: object = None, hold: bool = False
    ) -> Render:
        self.holds.append(hold)
        self.languages.append(languages)  # type: ignore[arg-type]
        return self.render()

    def add(
        self,
        article: Article,
        correction: object,
        *,
        languages: object = None,
        idempotency_key: object = None,
        hold: bool = False,
        stood: object = None,
    ) -> Render:
        self.holds.append(hold)
        self.added.append((article, correction))
        self.languages.append(languages)  # type: ignore[arg-type]
        return self.render()

    def plan(self, article: ArticleId, *, languages: object = None) -> Mapping[LanguageTag, LanguagePlan]:
        return {LanguageTag("es"): LanguagePlan(lines=3, spoken=1, reused=2, seconds=0.4)}

    def cancel(self, render: RenderId) -> Render:
        return self.render()

    @staticmethod
    def render() -> Render:
        report = LanguageReport(state=RenderState.DONE, lines=3, warnings=("A name was changed.",))
        return Render(
            id=RenderId("r1"),
            article=ArticleId("a1"),
            state=RenderState.DONE,
            requested=NOW,
            languages={LanguageTag("es"): report},
        )


@dataclass(frozen=True)
class SmallService:
    """Stores, and the services that are made of them."""

    library: Library
    blobs: BlobStore
    newsroom: RecordingNewsroom
    services: Services

    def publish(self, episode: Episode | None = None, **changes: object) -> Episode:
        """An episode with its files, in its feed."""
        made = episode or episode_of(**changes)  # type: ignore[arg-type]
        lines = [
            {"kind": "title", "text": made.title, "start": 0.5, "end": 2.0},
            {"kind": "key_point", "text": "Un <punto> & otro.", "start": 2.5, "end": 4.0},
        ]
        name = f"media/{made.article}/{made.language}/{made.revision}"
        self.blobs.put(f"{name}.script.json", json.dumps({"lines": lines}).encode())
        self.library.publish(made, NOW)
        feed_publisher_of(self).update_feeds(made)
        return made


def feed_publisher_of(made: SmallService) -> FeedPublisher:
    """The publisher of a service's feeds."""
    return feed_publisher_on(made.library, made.blobs)


def publication_of(made: SmallService) -> Publication:
    """Publishes and withdraws episodes of a service; drafts as well."""
    return Publication(
        library=made.library,
        blobs=made.blobs,
        feed_publisher=feed_publisher_of(made),
        clock=lambda: NOW,
        publish_drafts=True,
    )


def feed_publisher_on(library: Library, blobs: BlobStore) -> FeedPublisher:
    return FeedPublisher(
        library=library,
        blobs=blobs,
        shows=show,
        addresses=Addresses.served(BASE),
        clock=lambda: NOW,
        phrases=lambda _: ENGLISH,
    )


def chapters(*titles: str) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(start_ms=Milliseconds(place * 10_000), end_ms=Milliseconds((place + 1) * 10_000), title=title)
        for place, title in enumerate(titles)
    )


def _add_keys(library: Library) -> None:
    for name, secret in KEYS.items():
        scope = "edit" if name == "revoked" else name
        library.add_key(ApiKey(name=name, digest=sha256(secret.encode()).hexdigest(), scope=scope, created=NOW))
    library.revoke_key("revoked", NOW)


@contextmanager
def small_service(folder: Path, **changes: object) -> Iterator[SmallService]:
    """A library with a key for each scope and a revoked one, and no episodes."""
    folder.mkdir(exist_ok=True)
    container = Container(Settings(data=folder))
    library, blobs, newsroom = new_library(folder), open_blobs(folder), RecordingNewsroom()
    container.__dict__["library"] = library
    if not library.keys():
        _add_keys(library)
    feed_publisher = feed_publisher_on(library, blobs)
    publishing = Publication(
        library=library, blobs=blobs, feed_publisher=feed_publisher, clock=lambda: NOW, publish_drafts=True
    )
    arrivals = Arrivals(
        library=library, newsroom=newsroom, publishing=publishing, clock=lambda: NOW, limit_bytes=1_000_000,
        polite=PoliteFetcher(fetcher=GuardedFetcher(), clock=lambda: NOW, wait=lambda _: None, delay_s=0),
    )  # fmt: skip
    services = Services(
        library=library,
        publishing=publishing,
        articles=ArticleEditing(
            library=library, blobs=blobs, feed_publisher=feed_publisher, stop=newsroom.stopped.append, clock=lambda: NOW
        ),
        search=LineSearch(
            library=library,
            blobs=blobs,
            newest=lambda article, language: library.episode(article, language).episode,
        ),
        sources=SourceWatcher(
            repository=library, polite=arrivals.polite, arrivals=arrivals, clock=lambda: NOW, new_id=lambda: uuid4().hex
        ),
        backfills=Backfills(
            repository=library,
            archive_items=ArchiveItems(
                library=library,
                blobs=blobs,
                newsroom=newsroom,
                polite=arrivals.polite,
                clock=lambda: NOW,  # type: ignore[arg-type]
                limit_bytes=1_000_000,
                languages=lambda _: (),
            ),
            urgent=lambda: False,
            clock=lambda: NOW,
            new_id=lambda: uuid4().hex,
            at_once=8,
        ),
        hooks=Hooks(library=library, newsroom=newsroom, publishing=publishing, clock=lambda: NOW, secret="not guessed"),  # type: ignore[arg-type]
        blobs=blobs,
        newsroom=newsroom,
        previews=Previews(
            library=library,
            blobs=blobs,
            newsroom=newsroom,  # type: ignore[arg-type]
            reader=container.read,
            fetched=container.fetched,
            chapters=container.chapters,
            clock=lambda: NOW,
            new_id=lambda: uuid4().hex,
        ),
        listening=Listening(
            library=library,
            blobs=blobs,
            newest=publishing.newest,
            context=lambda: container.context,
            decoded=decoded,
            shows=show,
            addresses=Addresses.served(BASE),
            proofs=ProofStore(blobs),
        ),
        recording=container.recording,
        revisions=container.revisions,
        voice_choice=VoiceChoice(library=library, blobs=blobs, context=lambda: container.context, clock=lambda: NOW),
        lines=LineEditing(
            library=library,
            blobs=blobs,
            newest=lambda article, language: library.episode(article, language).episode,
            file=lambda _: {},
            clock=lambda: NOW,
            voices=lambda language: voices_of(language, container.context),
        ),
        clock=lambda: NOW,
        show=show,
        cover=lambda *_: b"a picture",
        languages=(LanguageTag("en"), LanguageTag("es")),
        base_url=BASE,
        max_upload_bytes=100_000,
    )
    yield SmallService(library, blobs, newsroom, replace(services, **changes))  # type: ignore[arg-type]
    library.close()
    container.close()


@contextmanager
def served(
    services: Services,
    limits: RateLimits | None = None,
    *,
    trusted_proxies: Sequence[str] = (),
    send_buffer_bytes: int | None = None,
) -> Iterator[str]:
    """The address of a service that runs until the end of the block.

    Args:
        services: What it serves.
        limits: Requests a minute; None for no limit.
        trusted_proxies: Proxies whose X-Forwarded-For the service believes.
        send_buffer_bytes: SO_SNDBUF of each connection, which the kernel doubles; None for the kernel's default.
    """
    listening = listen("127.0.0.1", 0)
    if send_buffer_bytes is not None:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer_bytes)  # connections inherit it
    server = create_server(create_app(services, limits or RateLimits()), trusted_proxies=trusted_proxies)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        httpx.get(f"{url}/healthz", trust_env=False, verify=NO_TLS, timeout=20).raise_for_status()
        yield url
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def client(url: str, key: str = "", **headers: str) -> httpx.Client:
    authorization = {"authorization": f"Bearer {KEYS[key]}"} if key else {}
    return httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=20, headers={**authorization, **headers})


def revision_of(place: int) -> Revision:
    return Revision(f"{place:016x}")
