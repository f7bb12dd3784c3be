"""Processes of the package: what importing it settles for the libraries below."""

import subprocess
import sys

MULTIPLY = """
import os, podcaster, numpy
numpy.ones((600, 600)) @ numpy.ones((600, 600))
print(len(os.listdir("/proc/self/task")))
"""


def test_arithmetic_starts_no_threads_that_wait_at_full_speed() -> None:
    done = subprocess.run([sys.executable, "-c", MULTIPLY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1", done.stderr
