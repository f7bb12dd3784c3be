"""Moves a process's clock by the seconds in the file that `CLOCK_OFFSET_FILE` names, while the process runs.

Python imports this module by itself from a folder on PYTHONPATH. Timers do not move, as on a machine whose clock is set.
Programs that the process starts keep their clock: some of them fork, and have no second thread.
"""

import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

LOOK_S = 0.2


def follow(file: Path) -> None:
    """Look into the file for as long as the process lives."""
    offset_s, travel = 0.0, None
    while True:
        with suppress(OSError, ValueError):
            wanted_s = float(file.read_text(encoding="utf-8"))
            if wanted_s != offset_s:
                if travel is not None:
                    travel.stop()
                travel = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted_s), tick=True)
                travel.start()
                offset_s = wanted_s
        time.sleep(LOOK_S)


if named := os.environ.pop("CLOCK_OFFSET_FILE", ""):
    threading.Thread(target=follow, args=(Path(named),), name="moving_clock", daemon=True).start()
