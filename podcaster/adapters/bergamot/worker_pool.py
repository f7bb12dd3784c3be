"""Worker processes of the engine: started when there is work, each with one model, ended when idle."""

import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from podcaster.adapters.bergamot import translation_program
from podcaster.adapters.bergamot.models import Model
from podcaster.adapters.child_process.answers import ProcessDied
from podcaster.adapters.child_process.idle_timer import IdleTimer
from podcaster.adapters.child_process.json_lines import JsonLinesProcess
from podcaster.errors import EngineFailed, EngineTimedOut

_CHUNK: Final = 8
"""Sentences a request: enough to keep the pipe cheap, few enough that workers finish together."""
_LOAD_SECONDS: Final = 60.0
_SECONDS_A_SENTENCE: Final = 10.0
_REMEDY: Final = "Run `podcaster doctor`, and render again."


class WorkerPool:
    """So many processes at most; safe to call from several threads."""

    def __init__(self, size: int, *, idle_seconds: float) -> None:
        self._size = size
        self._idle_seconds = idle_seconds
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(size)
        self._timer = IdleTimer(idle_seconds, self._end_idle)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="bergamot")

    def translate(self, model: Model, texts: Sequence[str]) -> list[str]:
        """Every text through a model, in order.

        Raises:
            EngineFailed: a worker died or refused the model.
            EngineTimedOut: a worker gave no answer.
        """
        size = max(1, min(_CHUNK, -(-len(texts) // self._size)))
        chunks = [texts[place : place + size] for place in range(0, len(texts), size)]
        done = list(self._threads.map(lambda chunk: self._through(model, chunk), chunks))
        self._timer.start()
        return [text for chunk in done for text in chunk]

    def close(self) -> None:
        """End every idle process."""
        self._timer.cancel()
        self._end(idle_since=float("inf"))

    def _through(self, model: Model, texts: Sequence[str]) -> list[str]:
        with self._slots:
            process = self._taken(model)
            try:
                answer = process.ask(model, texts)
            except BaseException:
                process.end()
                raise
            process.used = time.monotonic()
            with self._lock:
                self._idle.append(process)
            return answer

    def _taken(self, model: Model) -> "_Worker":
        """A process that holds the model, else one that has to load it, else a new one while there is room."""
        with self._lock:
            fitting = [each for each in self._idle if each.model == model]
            found = next(iter(fitting or self._idle), None)
            if found is not None:
                self._idle.remove(found)
        return found or _Worker()

    def _end_idle(self) -> bool:
        self._end(idle_since=time.monotonic() - self._idle_seconds)
        return bool(self._idle)

    def _end(self, idle_since: float) -> None:
        with self._lock:
            over = [each for each in self._idle if each.used <= idle_since]
            self._idle = [each for each in self._idle if each not in over]
        for each in over:
            each.end()


class _Worker:
    """One process, from this side."""

    def __init__(self) -> None:
        self.model: Model | None = None
        self.used = 0.0
        self._process = JsonLinesProcess([sys.executable, "-I", translation_program.__file__])

    def ask(self, model: Model, texts: Sequence[str]) -> list[str]:
        """Translate; the process ends where that takes too long."""
        seconds = _LOAD_SECONDS + _SECONDS_A_SENTENCE * len(texts)
        request = {"model": model.files, "sha256": model.sha256, "texts": list(texts)}
        try:
            answer = self._process.ask(request, seconds=seconds)
        except TimeoutError as error:
            raise EngineTimedOut(
                f"The model {model.name} gave no answer in {seconds:.0f} s.", "Render again."
            ) from error
        except ProcessDied as died:
            raise EngineFailed(f"The engine ended while it ran the model {model.name}.", _REMEDY) from died
        if "error" in answer:
            raise EngineFailed(f"The model {model.name} failed: {answer['error']}.", "Install it anew.")
        self.model = model
        return [" ".join(str(text).split()) for text in answer["texts"]]

    def end(self) -> None:
        """End the process and wait for it."""
        self._process.close()
