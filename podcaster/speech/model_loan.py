"""A model that is loaded on first use, shared by all threads, and unloaded when idle."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Generic, TypeVar

IDLE_SECONDS: Final = 300.0
"""How long a model is kept after it was last used."""
_Model = TypeVar("_Model")


class ModelLoan(Generic[_Model]):
    """One model for all threads: loaded with the first use, shared, dropped when nobody has used it for a while."""

    def __init__(self, load: Callable[[], _Model], *, idle_seconds: float = IDLE_SECONDS) -> None:
        """`load` is called by one thread at a time."""
        self._load = load
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._model: _Model | None = None
        self._users = 0
        self._timer: threading.Timer | None = None

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._model is not None

    @contextmanager
    def used(self) -> Iterator[_Model]:
        """The model, which stays loaded within the block."""
        model = self._taken()
        try:
            yield model
        finally:
            self._given_back()

    def drop(self) -> None:
        """Let go of the model; whoever is using it keeps it until the end of the block."""
        with self._lock:
            self._stop_timer()
            self._model = None

    def _taken(self) -> _Model:
        with self._lock:
            self._stop_timer()
            if self._model is None:
                self._model = self._load()
            self._users += 1
            return self._model

    def _given_back(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._model is not None:
                self._timer = threading.Timer(self._idle_seconds, self._drop_if_idle)
                self._timer.daemon = True
                self._timer.start()

    def _drop_if_idle(self) -> None:
        with self._lock:
            if self._users == 0:
                self._model = None

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
