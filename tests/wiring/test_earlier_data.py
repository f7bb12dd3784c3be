"""A data folder of an earlier podcaster opens with this one, and nothing in it is lost.

The first archive was written by podcaster at schema 0015: one report in English and Spanish with an editor's title, a lexicon
entry, an API key and a listener. The second is that folder at schema 0017, the Spanish translation approved and the report assigned.
"""

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import feedparser
import pytest

from podcaster.errors import StorageFailed
from podcaster.listener.digests import secret_digest
from podcaster.settings import Settings
from podcaster.units import ArticleId, LanguageTag
from podcaster.wiring import Container

DATA = Path(__file__).parent.parent / "golden/data"
ARCHIVE = DATA / "0.1-schema-0015.zip"
APPROVED = DATA / "0.2-schema-0017.zip"
REPORT, ES = ArticleId("a-ferry-for-the-winter-24f4132e"), LanguageTag("es")
AUDIO = f"media/{REPORT}/es/5808e52d03e9c8d3.mp3"
TOKEN = "YvVz0YXyMxz4_K9D_voc6Vl9MFiJBJYLdh5GMlBgNwE"
KEY = "aFr6NTe7WBaXks8damhpvZn5Sk-RfAjZBGndCzsh55I"


@pytest.fixture(params=[ARCHIVE, APPROVED], ids=lambda path: path.stem)
def container(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Container]:
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path / "data")
    made = Container(Settings(data=tmp_path / "data", languages=("en", "es"), publish_drafts=True))
    yield made
    made.close()


def test_an_episode_keeps_its_guid_its_address_and_its_bytes(container: Container) -> None:
    def entry() -> tuple[str, str]:
        feed = container.library.feed(ES)
        assert feed is not None
        (item,) = feedparser.parse(container.blobs.get(feed.blob)).entries
        return item.id, item.enclosures[0].href.partition("/media/")[2]

    before = entry()
    container.prepare_service()
    assert entry() == before
    assert f"media/{before[1]}" == AUDIO
    assert (
        hashlib.sha256(container.blobs.get(AUDIO)).hexdigest()
        == "c578cff03189bd9e0e45d27a95558e0b8e2ce06f7ff0e1b5c76fab8114de3bb6"
    )


def test_what_editors_decided_still_holds(container: Container) -> None:
    script = container.lines.script(REPORT, ES)
    wordings = [line["wording"]["text"] for line in script["lines"] if line.get("wording")]
    assert wordings == ["La isla vuelve a tener transbordador en invierno."]
    words, _ = container.lines.table("lexicons/en")
    assert words["words"]["Lind"] == "Linnd"


@pytest.mark.parametrize("container", [APPROVED], indirect=True)
def test_what_an_editor_approved_is_still_reviewed(container: Container) -> None:
    approval = container.library.approval(REPORT, ES)
    assert approval is not None
    assert approval.review.editor == "desk"
    assert container.lines.script(REPORT, ES)["translation"]["state"] == "reviewed"
    note = container.library.desk_notes([REPORT])[REPORT]
    assert note.assignee == "desk"
    assert note.reviewed is not None


def test_listeners_and_keys_are_still_let_in(container: Container) -> None:
    listener = container.library.listener_by_digest(secret_digest(TOKEN))
    assert listener is not None
    assert (listener.preferences.languages, listener.preferences.rate) == ((ES, LanguageTag("en")), 1.25)
    key = container.library.key_by_digest(hashlib.sha256(KEY.encode()).hexdigest())
    assert key is not None
    assert (key.name, key.scope) == ("desk", "edit")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "has schema 9999; this podcaster knows"),
        ("UPDATE alembic_version SET version_num = '0003b'", "has schema 0003b; this podcaster knows"),
        ("DROP TABLE wordings", "lacks its table wordings"),
    ],
)
def test_a_schema_of_another_version_is_refused_in_one_line(tmp_path: Path, statement: str, said: str) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(tmp_path)
    if statement.startswith("DROP"):  # of the newest schema, so that no migration would come first
        Container(Settings(data=tmp_path)).library.close()
    with closing(sqlite3.connect(tmp_path / "podcaster.sqlite")) as database, database:
        database.execute(statement)
    with pytest.raises(StorageFailed, match=said) as refused:
        _ = Container(Settings(data=tmp_path)).library
    assert "\n" not in str(refused.value)
