"""Downloads in the library. The transaction that finds a client uncounted counts it."""

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Row,
    bindparam,
    cast,
    delete,
    func,
    select,
    update,
)

from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.downloads import download_clients, download_keys, download_logs, downloads
from podcaster.downloads.transfers import ClientTransfer
from podcaster.errors import Conflict
from podcaster.ports.downloads import Counted, Downloads, LogPosition
from podcaster.units import ArticleId

_AT_A_TIME = 500
_MOST_ARTICLES, _MOST_DAYS = 100, 366


class SqlDownloadRepository(Repository):
    """Fills `ports.DownloadRepository`."""

    def day_key(self, day: date, today: date) -> bytes:
        """The secret of a day."""
        keys, last_day = download_keys, max(day, today) + timedelta(days=1)
        wanted = select(keys.c.secret).where(keys.c.day == day, keys.c.last_day >= last_day)
        with self._reading() as connection:
            found = connection.execute(wanted).scalar()
        if found is None:
            with self._writing() as connection:
                new = self._insert(keys).values(day=day, secret=secrets.token_hex(32), last_day=last_day)
                longer = {"last_day": last_day}
                connection.execute(new.on_conflict_do_update(index_elements=[keys.c.day], set_=longer))
                found = connection.execute(select(keys.c.secret).where(keys.c.day == day)).scalar_one()
        return bytes.fromhex(found)

    def note_heard(self, heard: Iterable[ClientTransfer], *, place: LogPosition | None = None) -> frozenset[str]:
        """Add what clients were sent."""
        by_client: dict[str, list[ClientTransfer]] = defaultdict(list)
        for each in heard:
            by_client[each.client].append(each)
        # Everybody takes rows in the same order: two that want the same ones wait for one another, and neither for ever.
        clients = sorted(by_client)
        counted: set[str] = set()
        with self._writing() as connection:
            if place is not None:
                self._move_on(connection, place)
            sums: Counter[tuple[date, str, str, str]] = Counter()
            for first in range(0, len(clients), _AT_A_TIME):
                some = clients[first : first + _AT_A_TIME]
                counted |= self._added({client: by_client[client] for client in some}, sums, connection)
            self._sum_up(sums, connection)
        return frozenset(counted)

    def log_place(self, log: str) -> int:
        """Bytes of a log that were read."""
        with self._reading() as connection:
            return connection.execute(select(download_logs.c.place).where(download_logs.c.log == log)).scalar() or 0

    def forget_days(self, today: date) -> None:
        """Forget secrets and clients."""
        over = download_keys.c.last_day < today
        with self._reading() as connection:
            if connection.execute(select(download_keys.c.day).where(over)).first() is None:
                return
        with self._writing() as connection:
            if connection.dialect.name == "sqlite":
                # What is deleted is overwritten: a key in a free page would not be forgotten.
                connection.exec_driver_sql("PRAGMA secure_delete = ON")
            connection.execute(delete(download_keys).where(over))
            living = select(download_keys.c.day)
            connection.execute(delete(download_clients).where(download_clients.c.day.not_in(living)))

    def downloads(self, wanted: Counted) -> Downloads:
        """The sums."""
        meant = _meant(wanted)
        with self._reading() as connection:
            total = connection.execute(select(func.sum(downloads.c.downloads)).where(*meant)).scalar() or 0
            return Downloads(
                total=int(total),
                articles=_by(downloads.c.article, meant, connection, most=_MOST_ARTICLES),
                languages=_by(downloads.c.language, meant, connection),
                days=_by_day(meant, connection),
                apps=_by(downloads.c.app, meant, connection),
            )

    def downloads_of(self, articles: Sequence[ArticleId]) -> Mapping[ArticleId, int]:
        """Each report's."""
        with self._reading() as connection:
            found = _by(downloads.c.article, [downloads.c.article.in_(articles)], connection, most=len(articles))
        return {ArticleId(article): number for article, number in found.items()}

    def _move_on(self, connection: Connection, place: LogPosition) -> None:
        connection.execute(self._insert(download_logs).values(log=place.log, place=0).on_conflict_do_nothing())
        here = (download_logs.c.log == place.log) & (download_logs.c.place == place.before)
        if not connection.execute(update(download_logs).where(here).values(place=place.now)).rowcount:
            raise Conflict("The log is being read by somebody else.", "Run the command again when that has ended.")

    def _added(
        self,
        heard: Mapping[str, list[ClientTransfer]],
        sums: Counter[tuple[date, str, str, str]],
        connection: Connection,
    ) -> set[str]:
        """Clients counted so far; those counted by this call are in `sums`, too."""
        table = download_clients
        new = [{"client": each, "day": parts[0].day, "parts": "{}", "counted": False} for each, parts in heard.items()]
        connection.execute(self._insert(table).on_conflict_do_nothing(), new)
        held = select(table).where(table.c.client.in_(heard)).order_by(table.c.client).with_for_update()
        counted, changed = set(), []
        for row in connection.execute(held).all():
            if row.counted:
                counted.add(row.client)
                continue
            parts, enough = _joined(row, heard[row.client])
            changed.append({"of": row.client, "parts": parts, "counted": enough})
            if enough:
                one = heard[row.client][0]
                counted.add(row.client)
                sums[one.day, one.article, one.language, one.app] += 1
        if changed:
            values: dict[str, BindParameter[object]] = {"parts": bindparam("parts"), "counted": bindparam("counted")}
            connection.execute(update(table).where(table.c.client == bindparam("of")).values(values), changed)
        return counted

    def _sum_up(self, sums: Counter[tuple[date, str, str, str]], connection: Connection) -> None:
        for (day, article, language, app), number in sorted(sums.items()):
            new = self._insert(downloads).values(day=day, article=article, language=language, app=app, downloads=number)
            more = {"downloads": downloads.c.downloads + number}
            connection.execute(new.on_conflict_do_update(index_elements=list(downloads.primary_key), set_=more))


def _joined(row: Row[tuple[object, ...]], heard: Iterable[ClientTransfer]) -> tuple[str, bool]:
    """The client's files with what was sent now, as JSON; nothing is kept of a client that is counted."""
    files = {
        name: ([(start, end) for start, end in spans], loose) for name, (spans, loose) in json.loads(row.parts).items()
    }
    for each in heard:
        now = each.joined(*files.get(each.file, ((), 0)))
        if now.is_download:
            return "", True
        files[each.file] = list(now.spans), now.loose
    return json.dumps(files, separators=(",", ":")), False


def _meant(wanted: Counted) -> list[ColumnElement[bool]]:
    table = downloads.c
    exact = ((table.article, wanted.article), (table.language, wanted.language), (table.app, wanted.app))
    meant = [column == value for column, value in exact if value is not None]
    meant += [table.day >= wanted.since] if wanted.since else []
    return meant + ([table.day <= wanted.until] if wanted.until else [])


def _by(
    column: Column[str], meant: Sequence[ColumnElement[bool]], connection: Connection, *, most: int | None = None
) -> Mapping[str, int]:
    number = cast(func.sum(downloads.c.downloads), BigInteger)
    query = select(column, number).where(*meant).group_by(column).order_by(number.desc(), column).limit(most)
    return {name: int(each) for name, each in connection.execute(query)}


def _by_day(meant: Sequence[ColumnElement[bool]], connection: Connection) -> Mapping[date, int]:
    day, number = downloads.c.day, func.sum(downloads.c.downloads)
    query = select(day, number).where(*meant).group_by(day).order_by(day.desc()).limit(_MOST_DAYS)
    return {when: int(each) for when, each in reversed(connection.execute(query).all())}
