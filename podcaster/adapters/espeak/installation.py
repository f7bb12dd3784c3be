"""Finds eSpeak NG on this machine."""

from __future__ import annotations

from ctypes.util import find_library
from importlib.metadata import version
from pathlib import Path

_SYSTEM_DATA = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/share", "/usr/lib", "/usr/local/share")


def library_version() -> str:
    """The wheel's version, or the system's."""
    return f"espeakng-loader-{version('espeakng-loader')}" if _from_wheel() else "espeak-ng-system"


def installation() -> tuple[str, str] | None:
    """The library and its data folder; None where there is none."""
    if _from_wheel():
        import espeakng_loader  # noqa: PLC0415 # optional: the system's library serves too

        return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
    library = find_library("espeak-ng")
    folders = [Path(each, "espeak-ng-data") for each in _SYSTEM_DATA]
    found = next((folder for folder in folders if folder.is_dir()), None)
    return (library, str(found)) if library and found else None


def voice_names(data: str) -> set[str]:
    """The names of the voice files; the languages that they declare are no names that the library takes."""
    return {file.name.lower() for file in Path(data, "lang").rglob("*") if file.is_file()}


def _from_wheel() -> bool:
    try:
        version("espeakng-loader")
    except ModuleNotFoundError:
        return False
    return True
