"""Stages that make nothing, and write down what they were asked for."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from podcaster.ports import ReadingJob, RenderJob
from podcaster.units import LanguageTag, RenderId


def _do_nothing(*_: object) -> None: ...


class LoggingStages:
    """Fills `ports.Stages`. Each call is a line in a file when it begins and another when it has ended.

    A line is `begun r1 translate es` or `done r1 translate es`, `-` for no language, and the reason behind a `fail`.
    """

    def __init__(self, file: Path, act: Callable[[str, str], None] = _do_nothing) -> None:
        """`act` is called with stage and language in between: to raise, to wait, to end the process."""
        self._file = file
        self._act = act
        self.unwanted: set[RenderId] = set()
        """Renders that are cancelled."""

    def begin(self, job: RenderJob) -> None:
        """Write it down."""
        self._carry_out("begin", job.render)

    def translate(self, job: RenderJob, language: LanguageTag) -> None:
        """Write it down."""
        self._carry_out("translate", job.render, language)

    def speak(self, job: RenderJob, language: LanguageTag) -> None:
        """Write it down."""
        self._carry_out("speak", job.render, language)

    def assemble(self, job: RenderJob, language: LanguageTag) -> None:
        """Write it down."""
        self._carry_out("assemble", job.render, language)

    def publish(self, job: RenderJob, language: LanguageTag) -> None:
        """Write it down."""
        self._carry_out("publish", job.render, language)

    def fail(self, job: RenderJob, language: LanguageTag, error: str) -> None:
        """Write it down with the reason."""
        self._carry_out("fail", job.render, language, error)

    def finish(self, job: RenderJob) -> None:
        """Write it down."""
        self._carry_out("finish", job.render)

    def cancelled(self, job: RenderJob) -> bool:
        """Whether the render is among the unwanted."""
        return job.render in self.unwanted

    def read_aloud(self, job: ReadingJob) -> None:
        """Write it down, by the reading's name."""
        self._carry_out("read_aloud", job.name, job.language)

    def read(self) -> list[str]:
        """All lines so far."""
        return self._file.read_text().splitlines() if self._file.exists() else []

    def done(self, render: str = "r1") -> list[str]:
        """Finished stages of a render, in order: `translate es`."""
        start = f"done {render} "
        return [line.removeprefix(start).removesuffix(" -") for line in self.read() if line.startswith(start)]

    def _carry_out(self, stage: str, job: str, language: str = "-", *more: Any) -> None:  # noqa: ANN401 # only written
        line = " ".join(map(str, (job, stage, language, *more)))
        self._write(f"begun {line}\n")
        self._act(stage, language)
        self._write(f"done {line}\n")

    def _write(self, line: str) -> None:
        """Append in one write: whole, whatever other processes write at the same time."""
        file = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)
