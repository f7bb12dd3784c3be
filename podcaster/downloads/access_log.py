"""Access log lines in nginx's combined format, or as JSON objects with nginx's variable names."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

_COMBINED = re.compile(
    r'(?P<remote_addr>\S+) \S+ .*?\[(?P<time_local>[^\]]+)\] "(?P<request>[^"]*)" (?P<status>\d{3}) '
    r'(?P<body_bytes_sent>\d+|-) "[^"]*" "(?P<http_user_agent>[^"]*)".*'
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LOCAL = re.compile(r"(\d\d)/(\w{3})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})")
_ESCAPED = re.compile(r"\\x([0-9A-Fa-f]{2})")
_RANGE = re.compile(r"bytes[= ](\d+)-")


@dataclass(frozen=True, slots=True)
class LogLine:
    """A logged request and its response."""

    day: date
    host: str
    agent: str
    method: str
    path: str
    """Without the query string."""
    status: int
    start: int | None
    """Offset of the first byte sent; None if a range was sent and the line does not say which."""
    length: int
    """Body bytes sent."""


def log_line(line: str) -> LogLine | None:
    """Parse a line; None if it is in neither format."""
    fields = _object(line) if line.lstrip().startswith("{") else _COMBINED.fullmatch(line.strip())
    found = fields.groupdict() if isinstance(fields, re.Match) else fields
    try:
        return _read(found) if found else None
    except (KeyError, ValueError):
        return None


def _object(line: str) -> Mapping[str, str] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return {key: str(each) for key, each in value.items()} if isinstance(value, dict) else None


def _read(found: Mapping[str, str]) -> LogLine:
    request = found.get("request") or f"{found['request_method']} {found.get('request_uri') or found['uri']}"
    method, target = request.split(" ")[:2]
    status, sent = int(found["status"]), found["body_bytes_sent"]
    return LogLine(
        day=_day(found.get("time_iso8601") or found.get("time_local") or found["msec"]),
        host=found["remote_addr"],
        agent=_ESCAPED.sub(lambda code: chr(int(code[1], 16)), found["http_user_agent"]),
        method=method,
        path=target.partition("?")[0],
        status=status,
        start=0 if status == 200 else _start(found),  # noqa: PLR2004 # the whole file
        length=0 if sent == "-" else int(sent),
    )


def _start(found: Mapping[str, str]) -> int | None:
    """The offset by Content-Range (RFC 9110 §14.4), which is what was sent; else by the requested Range."""
    told = _RANGE.match(found.get("sent_http_content_range", "")) or _RANGE.match(found.get("http_range", ""))
    return int(told[1]) if told else None


@lru_cache(maxsize=64)
def _day(text: str) -> date:
    """The date in UTC of a `$time_local`, `$time_iso8601` or `$msec`."""
    local = _LOCAL.fullmatch(text)
    if local:
        day, month, year, clock, zone = local.groups()
        text = f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{clock}{zone[:3]}:{zone[3:]}"
    moment = datetime.fromtimestamp(float(text), UTC) if re.fullmatch(r"[\d.]+", text) else datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC).date()
