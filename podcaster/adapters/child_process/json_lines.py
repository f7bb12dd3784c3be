"""Processes that answer each line of JSON with one."""

from __future__ import annotations

import json
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Self

from podcaster.adapters.child_process.answers import ProcessDied

if TYPE_CHECKING:
    from collections.abc import Sequence


class JsonLinesProcess:
    """One process, asked by one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 # our own programs, and no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            process_group=0,
        )

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def ask(self, request: object, *, seconds: float) -> Any:  # noqa: ANN401 # any JSON
        """The answer to a request.

        Raises:
            TimeoutError: it gave none in time, and was killed.
            ProcessDied: it is gone, or its answer is not JSON.
        """
        deadline = _Deadline(self._process, seconds)
        try:
            with deadline:
                return json.loads(self._line(json.dumps(request) + "\n"))
        except (OSError, ValueError) as error:
            if deadline.passed:
                raise TimeoutError("it gave no answer in time") from error
            raise ProcessDied("it gave no answer") from error

    def close(self) -> None:
        """Kill it and wait for its end."""
        self._process.kill()
        self._process.communicate()

    def _line(self, request: str) -> str:
        assert self._process.stdin is not None  # noqa: S101 # both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._process.stdin.write(request)
        self._process.stdin.flush()
        return self._process.stdout.readline()


class _Deadline:
    """Kills a process that takes longer, whether it reads its request slowly or does not answer."""

    def __init__(self, process: subprocess.Popen[str], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True
        self.passed = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _pass(self) -> None:
        self.passed = True
        self._process.kill()
