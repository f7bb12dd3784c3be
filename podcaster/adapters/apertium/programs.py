"""Programs of Apertium, each run once on a text."""

import os
import signal
import subprocess
from collections.abc import Sequence

from podcaster.errors import EngineFailed, EngineTimedOut


def run(command: Sequence[str], text: str, *, name: str, seconds: float) -> str:
    """Answer of a program to a text; `name` is what messages call it.

    Raises:
        EngineTimedOut: it gave no answer in so many seconds.
        EngineFailed: it ended with an error.
    """
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 # no shell, a fixed program, and the text comes over a pipe
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            answer, complaint = process.communicate(text.encode("utf-8", "replace"), timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise EngineTimedOut(f"Apertium ({name}) gave no answer in {seconds:.0f} s.", "Render again.") from None
    if process.returncode != 0:
        reason = complaint.decode(errors="replace").strip().splitlines()
        raise EngineFailed(
            f"Apertium ({name}) failed: {reason[-1] if reason else f'status {process.returncode}'}.",
            "Reinstall its packages and render again.",
        )
    return answer.decode("utf-8", errors="replace")
