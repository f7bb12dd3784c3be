"""Imports libraries without the parts that podcaster has off, which take as long as the rest."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

_MARKDOWN_AND_TRACEBACKS: Final = ("rich.markdown", "rich.traceback")


def import_help_pages() -> None:
    """Import Typer's help pages without a Markdown parser and a highlighter of source code."""
    with _put_in_place({name: _Placeholder(name) for name in _MARKDOWN_AND_TRACEBACKS if name not in sys.modules}):
        import_module("typer.rich_utils")


def import_structlog() -> None:
    """Import structlog as where rich is not installed: rich would only draw tracebacks, and `write_logs` wants plain ones."""
    with _put_in_place({} if "rich" in sys.modules else {"rich": None}):
        import_module("structlog")


class _Placeholder(ModuleType):
    """A module with a class of every name."""

    def __getattr__(self, name: str) -> type:
        return type(name, (), {})


@contextmanager
def _put_in_place(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Within the block imports find `modules`; None stands for one that is not installed."""
    sys.modules.update(modules)  # type: ignore[arg-type] # None is documented
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]
