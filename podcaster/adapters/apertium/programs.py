"""Programs of Apertium as one: each reads what the one before wrote, and all keep their dictionaries between requests."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from podcaster.adapters.child_process.answers import read_within
from podcaster.errors import EngineFailed, EngineTimedOut

Command = tuple[str, ...]

_END: Final = b"\0"
"""Behind each text of the stream: with `-z`, a program passes on all that it has."""
_TAGGER: Final = "apertium-tagger"
"""It learns from what it reads. Each request has a new one, so that no sentence depends on an earlier report."""
_VARIABLES: Final = {"$1": ("-g",), "$2": ()}
"""Values that the `apertium` command gives those of a mode: marks before words that are not known, no option for the tagger."""
_LOOK_SECONDS: Final = 0.5
_PIPE_BYTES: Final = 16_384
"""The pipe of every system takes so much before anybody reads."""
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_BREAK: Final = ".[]"
"""End of a paragraph, as the `apertium` command writes it: a full stop that is taken away afterwards."""


def installed() -> bool:
    """Whether Apertium's programs are; looked for once for each value of PATH."""
    return _found(os.environ.get("PATH", ""))


@lru_cache(8)
def _found(path: str) -> bool:
    return shutil.which("lt-proc", path=path) is not None


def commands_of(mode: Path) -> Sequence[Command]:
    """The commands of a mode's file."""
    return _commands(mode, mode.stat().st_mtime_ns)


@lru_cache(32)
def _commands(mode: Path, _written_ns: int) -> Sequence[Command]:
    programs = [shlex.split(part) for part in mode.read_text(encoding="utf-8").split("|")]
    return [
        (name, "-z", *(option for word in rest for option in _VARIABLES.get(word, (word,)))) for name, *rest in programs
    ]


def data_files(mode: Path) -> Sequence[str]:
    """The files that the programs of a mode read."""
    return [word for command in commands_of(mode) for word in command if word.startswith("/")]


def paragraph(text: str) -> str:
    """A text without signs of the stream, for a mode's programs."""
    return text + _BREAK


def said(answer: str) -> str:
    """The text of a mode's answer to a paragraph."""
    return _ESCAPE.sub(r"\1", answer.replace(_BREAK, "").replace("[]", ""))


class Chain:
    """Running programs of a mode or a dictionary; asked by one thread at a time."""

    def __init__(self, commands: Sequence[Command], *, name: str) -> None:
        """`name` is what messages call it.

        Raises:
            EngineFailed: a program is not installed.
        """
        missing = [command[0] for command in commands if shutil.which(command[0]) is None]
        if missing:
            raise EngineFailed(
                f"Apertium ({name}) lacks {', '.join(missing)}.", "Reinstall its packages and render again."
            )
        self._name = name
        self._environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        self._running = ExitStack()
        self._complaints = self._running.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 # closed with the programs
        self._processes: list[subprocess.Popen[bytes]] = []
        self._taggers: list[tuple[Command, int, int]] = []
        reading, self._input = os.pipe()
        self._running.callback(os.close, self._input)
        for command in commands:
            following, writing = os.pipe()
            if command[0] == _TAGGER:
                self._taggers.append((command, reading, writing))
                self._running.callback(os.close, reading)
                self._running.callback(os.close, writing)
            else:
                self._processes.append(self._started(command, reading, writing))
                os.close(reading)
                os.close(writing)
            reading = following
        self._output = reading
        self._running.callback(os.close, self._output)

    def ask(self, texts: Sequence[str], *, seconds: float) -> Sequence[str]:
        """The answer to each text. After an error, the chain has to be closed.

        Raises:
            EngineTimedOut: not all were answered in so many seconds.
            EngineFailed: a program ended.
        """
        taggers = [self._started(*each) for each in self._taggers]
        written = self._written(b"".join(text.encode("utf-8", "replace") + _END for text in texts))
        try:
            answers = self._answers(len(texts), time.monotonic() + seconds, [*self._processes, *taggers])
        except TimeoutError:
            raise EngineTimedOut(
                f"Apertium ({self._name}) gave no answer in {seconds:.0f} s.", "Render again."
            ) from None
        finally:
            _end(taggers)
        if written is not None:
            written.join()
        return answers

    def close(self) -> None:
        """End the programs."""
        _end(self._processes)
        self._running.close()

    def _started(self, command: Command, reading: int, writing: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 # no shell, programs of the mode, and the text comes over a pipe
            command, stdin=reading, stdout=writing, stderr=self._complaints, env=self._environment, process_group=0
        )

    def _written(self, stream: bytes) -> threading.Thread | None:
        """Write as much as a pipe holds at once, more in a thread: programs that wait for their answer to be read read no more."""
        if len(stream) <= _PIPE_BYTES:
            self._write(stream)
            return None
        thread = threading.Thread(target=self._write, args=[stream], daemon=True)
        thread.start()
        return thread

    def _write(self, stream: bytes) -> None:
        left = memoryview(stream)
        with suppress(OSError):  # whoever reads the answers sees that nobody reads the texts
            while left:
                left = left[os.write(self._input, left) :]

    def _answers(self, number: int, deadline: float, processes: Sequence["subprocess.Popen[bytes]"]) -> Sequence[str]:
        came = bytearray()
        ended = 0
        while ended < number:
            try:
                more = read_within(self._output, min(deadline, time.monotonic() + _LOOK_SECONDS))
            except TimeoutError:
                if time.monotonic() >= deadline:
                    raise
                more = b""
            # Behind one that ended, the others say that a text ended, too: no answer counts unless all live.
            if any(process.poll() is not None for process in processes):
                raise EngineFailed(
                    f"Apertium ({self._name}) failed: {self._complaint()}.", "Reinstall its packages and render again."
                )
            ended += more.count(_END)
            came += more
        return came.decode("utf-8", "replace").split("\0")[:number]

    def _complaint(self) -> str:
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "a program ended"


def _end(processes: Sequence["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.wait()
