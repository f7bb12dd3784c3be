"""Cost and licence of each engine, and a voice's quality in words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from podcaster import language as languages
from podcaster.model import Voice

_WITHOUT_SPACES = frozenset({"ja", "zh"})
"""Written without spaces between words: what is misheard of them is counted in syllables."""


class EngineFacts(BaseModel):
    """A table of engines.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    licence: str = ""
    """The engine's own, not its voices'."""
    times_real_time: float | None = Field(default=None, gt=0)
    """Seconds of speech that one thread makes in a second; None: not measured here."""
    memory_mb: int | None = Field(default=None, gt=0)
    load_seconds: float | None = Field(default=None, gt=0)
    """Processor time until the first sound of a process."""


@cache
def engine_facts() -> Mapping[str, EngineFacts]:
    """By the engines' names; engines of other packages are not among them."""
    table = tomllib.loads(files("podcaster.speech").joinpath("engines.toml").read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, EngineFacts]).validate_python(table)


def quality(voice: Voice) -> str:
    """`2.1 % of words misheard, 85 × real time, 300 MB, loads in 1 s`: what is known of a voice; empty where nothing is."""
    facts = engine_facts().get(voice.engine, EngineFacts())
    parts = []
    if voice.misheard_percent is not None:
        counted = "syllables" if languages.base(voice.language) in _WITHOUT_SPACES else "words"
        parts.append(f"{voice.misheard_percent:g} % of {counted} misheard")
    if facts.times_real_time is not None:
        parts.append(f"{facts.times_real_time:g} × real time")
    if facts.memory_mb is not None:
        parts.append(f"{facts.memory_mb} MB")
    if facts.load_seconds is not None:
        parts.append(f"loads in {facts.load_seconds:g} s")
    if voice.accent:
        parts.append(f"with an accent ({voice.accent})")
    return ", ".join(parts)
