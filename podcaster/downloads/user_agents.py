"""Names the app or browser of a user agent, and recognises robots."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

OTHER: Final = "other"
_FILE = Path(__file__).parent / "user_agents.toml"
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class _Known:
    apps: Sequence[tuple[re.Pattern[str], str]]
    browsers: Sequence[tuple[re.Pattern[str], str]]
    robots: Sequence[re.Pattern[str]]


@lru_cache(maxsize=4096)
def app_name(agent: str) -> str | None:
    """Name the app or browser; `other` if it is unknown, None for a robot or an empty user agent.

    Apps are matched before the crawler list, which takes the servers of some apps for crawlers by the apps' own names.
    """
    agent, known = agent[:_LONGEST].strip(), _known()
    if not agent or agent == "-" or any(robot.search(agent) for robot in known.robots):
        return None
    named = _first(known.apps, agent)
    if named is None and _is_crawler(agent):
        return None
    return named or _first(known.browsers, agent) or OTHER


def _first(patterns: Sequence[tuple[re.Pattern[str], str]], agent: str) -> str | None:
    return next((name for pattern, name in patterns if pattern.search(agent)), None)


def _is_crawler(agent: str) -> bool:
    import crawleruseragents  # noqa: PLC0415 # half a megabyte of JSON that only counting needs

    return bool(crawleruseragents.is_crawler(agent))


@cache
def _known() -> _Known:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return _Known(
        apps=_compiled(tables["apps"]),
        browsers=_compiled(tables["browsers"]),
        robots=[re.compile(pattern) for pattern in tables["robots"]],
    )


def _compiled(table: Mapping[str, str]) -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), name) for name, pattern in table.items()]
