"""Help comes without what commands need, and garbage is not searched for while a command is loaded."""

import gc
import re
import subprocess
import sys

from podcaster.cli.garbage_collection import pause_collection, resume_collection
from podcaster.cli.operation.audit import ACTIONS
from podcaster.model.changes import Action

HEAVY = {
    "pydantic",
    "sqlalchemy",
    "numpy",
    "structlog",
    "podcaster.settings",
    "podcaster.model",
    "podcaster.ports",
    "podcaster.wiring",
}
HELPED = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
sys.argv = ["podcaster", "--help"]
from podcaster.__main__ import main
main()
"""


def test_help_loads_neither_settings_nor_library() -> None:
    done = subprocess.run([sys.executable, "-c", HELPED], check=True, capture_output=True, text=True)
    assert re.search(r"\bserve\b.*Serve feeds", done.stdout)
    assert sorted(HEAVY & {*done.stderr.split()}) == []


def test_help_names_every_action_of_the_change_log() -> None:
    assert ACTIONS.split(", ") == [*Action]


def test_garbage_is_collected_again_once_a_command_is_loaded() -> None:
    pause_collection()
    try:
        assert not gc.isenabled()
        resume_collection()
        assert gc.isenabled()
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
        gc.enable()
