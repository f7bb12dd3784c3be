"""A CDN is told at once what is taken down, and what a change replaced; what it did not hear it is told again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from podcaster.adapters.cache_purge import CachePurge
from podcaster.render.publishing.publication import Publication
from podcaster.render.publishing.websub import HubNotifier
from podcaster.units import LanguageTag
from support.databases import new_library
from support.examples import NOW, article_of, episode_of
from support.small_service import feed_publisher_on

ES = LanguageTag("es")


@contextmanager
def cdn(told: list[tuple[str, list[str], str]], statuses: list[int]) -> Iterator[str]:
    """A CDN's purge: what it was told as Fastly and as Cloudflare read it, and with which key."""

    class Purge(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            told.append((self.headers["surrogate-key"], body["tags"], self.headers["fastly-key"]))
            self.send_response(statuses.pop(0) if statuses else 200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Purge)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/purge"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_takedown_reaches_the_cdn_though_it_fails_at_first(tmp_path: Path) -> None:
    from podcaster.adapters.blobs import open_blobs

    library, blobs = new_library(tmp_path), open_blobs(tmp_path / "blobs")
    told: list[tuple[str, list[str], str]] = []
    with cdn(told, []) as url:
        statuses = [503]
        press = replace(feed_publisher_on(library, blobs), caches=[url])
        publication = Publication(
            library=library, blobs=blobs, feed_publisher=press, clock=lambda: NOW, publish_drafts=True, caches=[url]
        )
        library.put_article(article_of(), NOW)
        publication.offer(replace(episode_of(), article=article_of().id, topics=(), authors=()))
        now = [NOW]
        purge = CachePurge("Fastly-Key: secret")
        notifier = HubNotifier(
            hub=url, pings=library, client=purge, topic=str, clock=lambda: now[0], chance=lambda: 0.5
        )

        def notify() -> list[str]:
            told.clear()
            while notifier.notify_due():
                pass
            assert all(tags == [key] and secret == "secret" for key, tags, secret in told)
            return sorted(key for key, _, _ in told)

        now[0] += timedelta(seconds=5)
        assert notify() == ["feeds/es"]
        assert notify() == []
    with cdn(told, statuses) as other:
        publication = replace(publication, caches=[other], feed_publisher=replace(press, caches=[other]))
        publication.withdraw(article_of().id, ES)
        notifier = replace(notifier, hub=other)
        now[0] = NOW
        assert notify() == [f"media/{article_of().id}/es"]  # at once, and answered 503
        now[0] += timedelta(seconds=45)
        assert notify() == ["feeds/es", f"media/{article_of().id}/es"]
        assert notify() == []
    library.close()
