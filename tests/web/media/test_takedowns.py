"""Withdrawn and removed episodes are gone at once, for everybody but editors; published again, they are back."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.media.episode_files import MediaFiles
from podcaster.web.media.takedowns import TakedownCheck
from support.examples import NOW, article_of, episode_of
from support.small_service import (
    SmallService,
    client,
    publication_of,
    revision_of,
    served,
    small_service,
)

FILES = (".mp3", ".m4a", ".opus", ".vtt", ".srt", ".json", ".html", ".chapters.json")
ES = LanguageTag("es")


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path / "data") as made, served(made.services) as url:
        made.library.put_article(article_of(), NOW)
        yield made, url


def files_of(episode: Episode) -> list[str]:
    return [f"/media/{episode.article}/{episode.language}/{episode.revision}{ending}" for ending in FILES]


def offered(made: SmallService, language: str = "es", *, held: bool = False) -> Episode:
    """An episode with every file, published or held."""
    episode = replace(episode_of(language=language), article=article_of().id, draft=held, guid=f"urn:{language}")
    for path in files_of(episode):
        made.blobs.put(path[1:], b"sound or text")
    replace(publication_of(made), publish_drafts=not held).offer(episode)
    return episode


def answers(url: str, paths: list[str], key: str = "", **headers: str) -> set[int]:
    with client(url, key, **headers) as web:
        return {web.get(path).status_code for path in paths}


def test_a_removed_report_answers_410_in_every_form_and_language(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    spanish, english = offered(made), offered(made, "en")
    reading = replace(spanish, revision=revision_of(77))  # a private feed's copy, in another voice
    for path in files_of(reading):
        made.blobs.put(path[1:], b"another voice")
    everything = [*files_of(spanish), *files_of(english), *files_of(reading)]
    assert answers(url, everything) == {200}
    with client(url, "publish") as editor:
        assert editor.delete(f"/api/articles/{article_of().id}").status_code == 204
    assert answers(url, everything) == {410}
    assert answers(url, everything, range="bytes=0-3") == {410}
    with client(url) as web:
        answer = web.get(everything[0])
    assert (answer.json()["code"], answer.headers["cache-control"]) == ("file-gone", "no-store")


def test_a_withdrawn_episode_is_gone_for_listeners_and_heard_by_editors(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    episode, other = offered(made), offered(made, "en")
    publication_of(made).withdraw(article_of().id, ES)
    assert answers(url, files_of(episode)) == {410}
    assert answers(url, files_of(other)) == {200}
    with client(url, "read") as editor:
        heard = editor.get(files_of(episode)[0])
        assert (heard.status_code, heard.headers["cache-control"]) == (200, "private, no-store")
    assert answers(url, files_of(episode), "revoked") == {410}
    publication_of(made).release(article_of().id, ES)
    assert answers(url, files_of(episode)) == {200}


def test_a_held_draft_is_for_editors_alone(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    episode = offered(made, held=True)
    assert answers(url, files_of(episode)) == {410}
    assert answers(url, files_of(episode), "edit") == {200}


def test_a_draft_of_what_is_published_leaves_it_published(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    episode = offered(made)
    offered(made, held=True)
    assert answers(url, files_of(episode)) == {200}


def test_a_replaced_revision_that_was_cleared_away_is_gone_and_a_guessed_one_unknown(
    serving: tuple[SmallService, str],
) -> None:
    made, url = serving
    offered(made)
    old = f"/media/{article_of().id}/es/{revision_of(5)}.mp3"
    assert answers(url, [old]) == {410}
    assert answers(url, [f"/media/no-such-report/es/{revision_of(5)}.mp3"]) == {404}


def test_of_two_who_decide_at_once_the_mark_says_what_the_library_says(serving: tuple[SmallService, str]) -> None:
    """An editor publishes between the withdrawal's look and its mark."""
    made, url = serving
    episode = offered(made)
    publication = publication_of(made)

    class Interrupted:
        """The blobs, in front of which an editor releases the episode."""

        def __getattr__(self, name: str) -> object:
            return getattr(made.blobs, name)

        def put(self, name: str, data: bytes) -> None:
            if name.startswith("gone/"):
                publication.release(article_of().id, ES)
            made.blobs.put(name, data)

    replace(publication, blobs=Interrupted()).withdraw(article_of().id, ES)  # type: ignore[arg-type]
    assert answers(url, files_of(episode)) == {200}


def test_files_say_by_which_key_a_cache_drops_them(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    episode = offered(made)
    with client(url) as web:
        sound, feed = web.get(files_of(episode)[0]), web.get("/feeds/es.xml")
    for name in ("surrogate-key", "cache-tag"):
        assert sound.headers[name] == f"media/{article_of().id}/es"
        assert feed.headers[name] == "feeds/es"


def test_a_service_without_a_library_still_takes_down(tmp_path: Path) -> None:
    import asyncio

    blobs = open_blobs(tmp_path)
    blobs.put("media/a-report/es/0123456789abcdef.mp3", b"sound")
    blobs.put("gone/a-report/es", b"")
    sent: list[int] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(int(message.get("status", 0)))  # type: ignore[call-overload]

    scope = {"type": "http", "method": "GET", "path": "/media/a-report/es/0123456789abcdef.mp3", "headers": []}
    status = asyncio.run(MediaFiles(blobs)(scope, None, send))  # type: ignore[arg-type]
    assert (status, sent[0]) == (410, 410)
    assert ArticleId("a-report")


def test_an_invented_name_costs_one_query_in_a_while(serving: tuple[SmallService, str]) -> None:
    made, _ = serving
    asked: list[ArticleId] = []

    class Counting:
        def first_published(self, article: ArticleId, language: LanguageTag) -> object:
            asked.append(article)
            return made.library.first_published(article, language)

    takedowns = TakedownCheck(made.blobs, Counting())  # type: ignore[arg-type]

    async def missed() -> set[str]:
        return {(await takedowns.missing("invented", "es")).code for _ in range(5)}

    assert asyncio.run(missed()) == {"page-unknown"}
    assert asked == [ArticleId("invented")]
