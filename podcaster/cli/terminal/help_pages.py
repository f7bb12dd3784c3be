"""Loads the help pages in half the time."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Final

_UNUSED: Final = ("rich.markdown", "rich.traceback")
"""Typer loads them, and a Markdown parser and a highlighter with them, for options that podcaster has off."""


def load_help_pages() -> None:
    """Load Typer's help pages with placeholders for `_UNUSED`; whatever needs these afterwards gets the real ones."""
    placeholders = {name: _Placeholder(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(placeholders)
    try:
        import_module("typer.rich_utils")
    finally:
        for name in placeholders:
            del sys.modules[name]


class _Placeholder(ModuleType):
    """A module with a class of every name."""

    def __getattr__(self, name: str) -> type:
        return type(name, (), {})
