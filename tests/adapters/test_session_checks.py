"""Sessions of PostgreSQL are checked where they have rested, and not before every transaction."""

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from podcaster.adapters import session_checks
from podcaster.adapters.database.connection import connect
from podcaster.adapters.session_checks import check_rested_sessions
from support.own_postgres import OwnPostgres


@pytest.fixture
def url(postgres: OwnPostgres) -> str:
    return postgres.new_database()


def engine_on(url: str, rested_s: float) -> Engine:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), pool_size=1, max_overflow=0)
    check_rested_sessions(engine, rested_s=rested_s)
    return engine


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each question to the server whether a session is there."""
    made: list[str] = []
    kind = type(create_engine("postgresql+psycopg://nobody@nowhere/none").dialect)
    asked = kind.do_ping

    def counted(self: object, connection: object) -> bool:
        made.append("asked")
        return bool(asked(self, connection))

    monkeypatch.setattr(kind, "do_ping", counted)
    return made


def session_of(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def end(url: str, session: int) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [session])


def test_a_session_that_has_just_answered_is_not_asked(url: str, checks: list[str]) -> None:
    engine = engine_on(url, rested_s=60)
    assert len({session_of(engine) for _ in range(20)}) == 1
    assert checks == []
    engine.dispose()


def test_a_session_that_was_ended_while_it_rested_is_replaced(url: str, checks: list[str]) -> None:
    engine = engine_on(url, rested_s=0)
    first = session_of(engine)
    end(url, first)
    assert session_of(engine) != first
    assert checks
    engine.dispose()


def test_a_session_that_was_ended_between_two_uses_fails_once_and_is_replaced(url: str) -> None:
    engine = engine_on(url, rested_s=60)
    first = session_of(engine)
    end(url, first)
    with pytest.raises(Exception, match=r"terminat|closed"):
        session_of(engine)
    assert session_of(engine) != first
    engine.dispose()


def test_the_library_s_sessions_are_checked_so(url: str, checks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(url)
    first = session_of(engine)
    assert session_of(engine) == first
    assert checks == []
    end(url, first)
    monkeypatch.setattr(session_checks.time, "monotonic", lambda: float("inf"))
    assert session_of(engine) != first
    engine.dispose()
