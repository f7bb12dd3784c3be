"""Types of settings' values, as the environment and podcaster.toml write them."""

from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field


def listed(value: object) -> object:
    """`en, es` from the environment, or a list from TOML."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _network(value: str) -> str:
    return str(ip_network(value))


def bare(value: object) -> object:
    """A URL without a slash at its end."""
    return value.rstrip("/") if isinstance(value, str) else value


def by_language(value: object) -> object:
    """`es=Notas; pt=Notas` from the environment, or a table from TOML."""
    if not isinstance(value, str):
        return value
    parts = (part.partition("=") for part in value.split(";") if part.strip())
    return {tag.strip(): said.strip() for tag, _, said in parts}


Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
VoiceRule = Annotated[str, Field(pattern=r"^(?:quote|(?:author|topic):[^=,]+)=[\w.-]+$", max_length=200)]
"""A voice by name or gender, for quotes, an author or a topic."""
Words = Annotated[tuple[str, ...], BeforeValidator(listed)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], BeforeValidator(listed)]
Hub = Annotated[str, Field(pattern=r'^https?://[^\s/<>"]+[^\s<>"]*$', max_length=500)]
Url = Annotated[str, BeforeValidator(bare), Field(pattern=r"^https?://[^\s/]+")]
