"""Imports structlog without rich, which takes as long as the rest of it."""

import sys
from importlib import import_module


def import_structlog() -> None:
    """Import structlog as where rich is not installed: rich would only draw tracebacks, and `write_logs` wants plain ones."""
    if "rich" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment] # documented: a module that cannot be found
    try:
        import_module("structlog")
    finally:
        del sys.modules["rich"]
