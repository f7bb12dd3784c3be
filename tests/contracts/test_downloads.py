"""The promise of ports.DownloadRepository, over SQLite and a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from podcaster.adapters.database import SqlLibrary
from podcaster.downloads.transfers import ClientTransfer
from podcaster.errors import Conflict
from podcaster.ports import Counted, LogPosition
from podcaster.units import ArticleId, LanguageTag

DAY, NEXT = date(2026, 5, 4), date(2026, 5, 5)


def heard(client: str, *spans: tuple[int, int], **changes: object) -> ClientTransfer:
    values: dict[str, object] = {
        "client": client, "day": DAY, "article": "a-1", "language": "es", "app": "Overcast", "file": "r1.mp3",
        "needed": 1000, "audio_start": 0, "spans": spans,
    }  # fmt: skip
    return ClientTransfer(**{**values, **changes})  # type: ignore[arg-type]


def total(library: SqlLibrary, **wanted: object) -> int:
    return library.downloads(Counted(**wanted)).total  # type: ignore[arg-type]


def test_a_minute_in_pieces_over_the_day_is_one_download(library: SqlLibrary) -> None:
    assert library.note_heard([heard("ann", (0, 600))]) == frozenset()
    assert library.note_heard([heard("ann", (300, 900))]) == frozenset()
    assert total(library) == 0
    assert library.note_heard([heard("ann", (900, 1000))]) == {"ann"}
    assert library.note_heard([heard("ann", (0, 5000)), heard("bob", (0, 10))]) == {"ann"}
    assert total(library) == 1


def test_pieces_of_different_files_are_not_put_together(library: SqlLibrary) -> None:
    library.note_heard([heard("ann", (0, 600)), heard("ann", (600, 1200), file="r2.mp3")])
    assert total(library) == 0
    library.note_heard([heard("ann", (0, 600), file="r2.mp3")])
    library.note_heard([heard("ann", (600, 1200))])
    assert total(library) == 1


def test_many_workers_count_a_client_once(library: SqlLibrary) -> None:
    """Two halves of the same minute come to two workers at the same time, for twenty clients."""

    def worker(place: int) -> None:
        half = (0, 600) if place % 2 else (400, 1000)
        for _ in range(3):
            library.note_heard([heard(f"client {each}", half) for each in range(20)])

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(worker, range(4)))
    assert total(library) == 20


def test_sums_stand_by_report_language_day_and_app(library: SqlLibrary) -> None:
    whole = (0, 1000)
    library.note_heard(
        [
            heard("1", whole), heard("2", whole, app="Castro"), heard("3", whole, language="en"),
            heard("4", whole, article="a-2"), heard("5", whole, day=NEXT),
        ]
    )  # fmt: skip
    found = library.downloads(Counted())
    assert found.total == 5
    assert list(found.articles.items()) == [("a-1", 4), ("a-2", 1)]
    assert list(found.languages.items()) == [("es", 4), ("en", 1)]
    assert list(found.days.items()) == [(DAY, 4), (NEXT, 1)]
    assert list(found.apps.items()) == [("Overcast", 4), ("Castro", 1)]
    assert total(library, article="a-1") == 4
    assert total(library, language=LanguageTag("en")) == 1
    assert total(library, app="Castro", until=DAY) == 1
    assert total(library, since=NEXT) == 1
    assert library.downloads_of([ArticleId("a-1"), ArticleId("a-3")]) == {"a-1": 4}


def test_a_day_has_one_secret_until_it_is_forgotten_with_its_clients(library: SqlLibrary) -> None:
    with ThreadPoolExecutor(4) as workers:
        keys = set(workers.map(lambda day: library.day_key(day, DAY), [DAY] * 4))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    first, second = library.day_key(DAY, DAY), library.day_key(NEXT, NEXT)
    assert first != second
    library.note_heard([heard("ann", (0, 999)), heard("bob", (0, 1000))])
    library.forget_days(NEXT)
    assert library.day_key(DAY, DAY) == first, "for the last lines of a log that is read when the day has ended"
    library.forget_days(NEXT + timedelta(days=1))
    assert library.day_key(NEXT, NEXT) == second
    assert library.day_key(DAY, DAY) != first, "nobody can make the old digests again"
    library.note_heard([heard("ann", (999, 1000))])
    assert total(library) == 1, "sums stay; clients are not known any more"


def test_a_log_is_read_on_where_it_was_left_and_never_twice(library: SqlLibrary) -> None:
    assert library.log_place("log") == 0
    library.note_heard([heard("ann", (0, 1000))], place=LogPosition(log="log", before=0, now=700))
    assert library.log_place("log") == 700
    with pytest.raises(Conflict):
        library.note_heard([heard("bob", (0, 1000))], place=LogPosition(log="log", before=0, now=700))
    assert total(library) == 1, "all of it or nothing"
