"""A process that is told to end and is held up says by what, and ends all the same."""

import subprocess
import sys

PROGRAM = """
import sys
import threading
import time
from podcaster.cli.ending import end_in_time

def held_up():
    time.sleep(600)

told = threading.Event()
end_in_time(told, seconds=float(sys.argv[1]))
threading.Thread(target=held_up).start()
told.set()
"""


def test_a_process_that_does_not_end_says_where_its_threads_are_and_is_gone() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, "0.2"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "in held_up" in done.stderr


def test_a_process_that_ends_by_itself_is_left_alone() -> None:
    program = PROGRAM.replace("time.sleep(600)", "return")
    done = subprocess.run([sys.executable, "-c", program, "60"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
