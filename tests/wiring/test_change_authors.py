"""By which door a change came in: what a hook, a command, a schedule and a render change has its author."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.model import Article
from podcaster.model.changes import Action, Actor, Change, Channel
from podcaster.ports import Submission, acting
from podcaster.render.publishing.scheduler import PublicationScheduler
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.command_line import podcaster
from support.databases import data_folder
from support.examples import NOW, article_of, episode_of
from support.waiting import until

SECRET = "0123456789abcdef0123456789abcdef"
URL = "https://reports.example/quay"
WORDS = "The port gets a second quay, and the town gets a longer road to it. Nobody had asked for either. " * 3


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    made = Container(Settings(data=data_folder(tmp_path / "data"), languages=("en",), hook_secret=SECRET))
    yield made
    made.close()


def newest(container: Container, action: Action) -> Change:
    return container.library.changes(action=action, limit=1)[0]


def pushed(container: Container, **said: object) -> None:
    body = json.dumps({"url": URL, **said}).encode()
    seconds = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    container.hooks.article(f"t={seconds},v1={digest}", body)


def test_a_hook_does_not_bring_back_what_an_editor_took_away(container: Container) -> None:
    pushed(container, text=f"A second quay\n\n{WORDS}")
    name = container.library.article_at(URL)
    assert name is not None
    container.articles.remove(name, expected=None)
    pushed(container, action="update", text=f"A second quay\n\n{WORDS} It is to open in May.")
    assert container.library.is_removed(name)
    source = Submission(body=f"A second quay\n\n{WORDS}".encode(), media_type="text/plain", url=URL, article=name)
    assert container.newsroom.submit(source).article == name
    assert not container.library.is_removed(name)


def test_what_a_command_changes_is_whose_who_typed_it(tmp_path: Path) -> None:
    def typed(*arguments: str) -> str:
        return podcaster(tmp_path, *arguments, check=True, PODCASTER_DATA=tmp_path / "data", LOGNAME="ann").stdout

    typed("keys", "add", "a-key", "--scope", "publish")
    typed("keys", "revoke", "a-key")
    rows = [json.loads(line) for line in typed("audit", "--json").splitlines()]
    assert [(each["action"], each["editor"], each["door"], each["subject"]) for each in rows] == [
        ("key.revoked", "ann", "command", "a-key"),
        ("key.added", "ann", "command", "a-key"),
    ]
    assert rows[0]["place"]
    assert "ann (command" in typed("audit", "--action", "key.added", "--since", "2020-01-01")
    assert typed("audit", "--editor", "ben") == ""


def test_a_schedule_publishes_for_the_editor_who_set_it(container: Container, report: Article) -> None:
    container.library.put_article(report, NOW)
    episode = episode_of(report.id, "en")
    container.blobs.put(f"media/{report.id}/en/{episode.revision}.script.json", b'{"lines": []}')
    container.library.publish(episode, NOW)
    with acting(Actor(name="ben", channel=Channel.API)):
        container.publication.withdraw(report.id, LanguageTag("en"))
    at = container.publication.clock() + timedelta(hours=1)
    container.publication.schedule(report.id, LanguageTag("en"), at, editor="ann")
    scheduler = PublicationScheduler(library=container.library, publication=container.publication, clock=lambda: at)
    scheduler.publish_due()
    assert newest(container, Action.EPISODE_PUBLISHED).actor == Actor(name="ann", channel=Channel.SCHEDULE)
    assert newest(container, Action.EPISODE_WITHDRAWN).actor.name == "ben"


def test_what_a_render_publishes_is_podcasters_own_doing_and_says_who_asked(container: Container) -> None:
    source = Submission(body=f"A second quay\n\n{WORDS}".encode(), media_type="text/plain")
    with container.queue.working():
        with acting(Actor(name="ann", channel=Channel.DESK)):
            render = container.newsroom.submit(source)
        until(lambda: container.library.render(render.id).state.final)
    assert newest(container, Action.RENDER_REQUESTED).actor == Actor(name="ann", channel=Channel.DESK)
    assert newest(container, Action.EPISODE_PUBLISHED).actor == Actor(name="podcaster", channel=Channel.WORKER)


def test_a_correction_is_what_is_rendered(container: Container) -> None:
    report = article_of()
    container.library.put_article(report, NOW)
    before = container.newsroom.planner.contents(container.library.article(report.id).article, [LanguageTag("en")])
    container.articles.correct(report.id, {"title": "EU: Another title"}, expected=None)
    kept = container.library.article(report.id).article
    assert container.newsroom.planner.contents(kept, [LanguageTag("en")]) != before
