"""Help comes without what commands need."""

import subprocess
import sys

HEAVY = {"pydantic", "sqlalchemy", "numpy", "podcaster.settings", "podcaster.ports", "podcaster.wiring"}


def test_the_command_line_loads_neither_settings_nor_library_before_a_command_asks_for_them() -> None:
    told = "import sys, podcaster.cli; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout.split()
    assert not HEAVY & {*loaded}
