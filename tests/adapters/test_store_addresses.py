"""An address of a store or a database that carries more than is read is refused in one line, which says where that belongs."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from podcaster.adapters.blobs import check_bucket, open_blobs
from podcaster.adapters.database import open_library
from podcaster.adapters.database.connection import connect, explained
from podcaster.errors import SettingsWrong, StorageFailed
from support.command_line import podcaster

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("s3://house/p?endpoint=http://127.0.0.1:9000", "`endpoint`.*AWS_ENDPOINT"),
        ("s3://house/p?endpoint_url=http://127.0.0.1:9000", "`endpoint_url`.*AWS_ENDPOINT"),
        ("s3://house?region=eu-south-1", "`region`.*AWS_REGION"),
        (f"s3://house?secret_access_key={SECRET}", "`secret_access_key`.*AWS_SECRET_ACCESS_KEY"),
        ("s3://house?colour=red", "`colour`"),
        ("gs://house?service_account=/etc/key.json", "`service_account`.*GOOGLE_SERVICE_ACCOUNT"),
        (f"az://house?sas_token={SECRET}", "`sas_token`.*AZURE_STORAGE_SAS_KEY"),
        (f"s3://publisher:{SECRET}@house/p", "user name.*AWS_ACCESS_KEY_ID"),
        (f"gs://publisher:{SECRET}@house/p", "user name.*GOOGLE_SERVICE_ACCOUNT"),
        ("s3://house:9000/p", "port.*AWS_ENDPOINT"),
        ("s3://house/p#part", "#part"),
        ("s3://house/a//b", "empty part"),
        ("s3:///p", "no bucket"),
        ("s3://", "no bucket"),
        ("s3:/house/p", "s3://"),
        ("https://minio.example.org/house", "s3://BUCKET/PREFIX.*AWS_ENDPOINT"),
        ("ftp://minio.example.org/house", "s3://BUCKET/PREFIX"),
        ("s3://a house/p", "s3://BUCKET/PREFIX"),
        ("file:///srv/blobs?x=1", "`x`"),
    ],
)
def test_what_an_address_of_a_store_cannot_carry_is_refused(
    address: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for opened in (open_blobs, check_bucket):
        with pytest.raises(SettingsWrong, match=said) as refused:
            opened(address)
        assert SECRET not in str(refused.value)
        assert "\n" not in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_addresses_that_say_only_where_the_store_is_are_opened(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    for address in ("s3://house", "s3://house/a/b/", "gs://house/p", "memory:///", f"file://{tmp_path}/blobs"):
        open_blobs(address)
    open_blobs("abfss://house@account.dfs.core.windows.net/p")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://db/podcaster?ssl_mode=require", "`ssl_mode`.*`sslmode`"),
        ("postgresql://db/podcaster?colour=red", "`colour`"),
        ("sqlite:////srv/podcaster.sqlite?mode=ro", "`mode`"),
        ("sqlite://", "no file"),
        ("sqlite:///:memory:", "no file"),
        ("postgres://db/podcaster", "postgresql://"),
        ("postgresql+psycopg2://db/podcaster", "postgresql://"),
        ("postgresql+asyncpg://db/podcaster", "postgresql://"),
        ("sqlite+aiosqlite:////srv/podcaster.sqlite", "sqlite://"),
        ("mysql://db/podcaster", "postgresql://"),
        (f"postgresql://publisher:{SECRET}@db:port/podcaster", "postgresql://"),
        (f"postgresql://publisher:{SECRET}@[::1/podcaster", "postgresql://"),
        (f"postgresql//publisher:{SECRET}@db", "postgresql://"),
    ],
)
def test_what_an_address_of_a_database_cannot_carry_is_refused(address: str, said: str) -> None:
    with pytest.raises(SettingsWrong, match=said) as refused:
        connect(address)
    assert "PODCASTER_DATABASE_URL" in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_options_that_the_driver_of_postgresql_knows_are_passed_on() -> None:
    connect("postgresql://db/podcaster?sslmode=verify-full&sslrootcert=/etc/ca.pem&host=a&host=b").dispose()


def test_an_address_with_an_endpoint_is_refused_by_every_command_in_one_line(tmp_path: Path) -> None:
    settings = {"PODCASTER_DATA": tmp_path, "PODCASTER_STORAGE_URL": "s3://house/p?endpoint=http://127.0.0.1:9"}
    for verb in (["serve", "--port", "0"], ["worker"], ["prune"], ["backup", tmp_path / "backup"]):
        answer = podcaster(tmp_path, *verb, **settings)
        assert answer.returncode == 1
        (line,) = [each for each in answer.stderr.splitlines() if each]
        assert "AWS_ENDPOINT" in line
    answer = podcaster(tmp_path, "doctor", PODCASTER_LANGUAGES="en", **settings)
    assert answer.returncode == 1
    assert "AWS_ENDPOINT" in next(line for line in answer.stdout.splitlines() if line.startswith("storage "))
    answer = podcaster(tmp_path, "backup", "s3://house/backup?endpoint=http://127.0.0.1:9", PODCASTER_DATA=tmp_path)
    assert answer.returncode == 1
    assert "AWS_ENDPOINT" in answer.stderr


def test_a_database_that_cannot_be_opened_or_written_is_no_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"unable to open.*PODCASTER_DATA"):
        open_library(f"sqlite:///{tmp_path}")
    engine = connect(f"sqlite:///{tmp_path / 'library.sqlite'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(StorageFailed, match=r"readonly.*PODCASTER_DATA"):
            create_table(connection)
    engine.dispose()


def create_table(connection: Connection) -> None:
    with explained():
        connection.exec_driver_sql("CREATE TABLE anything (number INTEGER)")
