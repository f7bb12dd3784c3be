"""Render priority within one process: background work waits at its next line for urgent renders."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, ParamSpec, TypeVar

from podcaster.render.pipeline.render_context import RenderContext
from podcaster.translation.translator import Informable, Returned, Translator, WrappedTranslator
from podcaster.units import LanguageTag, RenderId

_EXPECTED_S: Final = 5.0
"""Seconds that an incoming render is waited for; another machine may take it."""
_LOOK_S: Final = 0.5
_SENTENCES: Final = 16
"""Sentences of a translation batch, between which urgent work may go first: a second or two of a neural model."""
_P = ParamSpec("_P")
_T = TypeVar("_T")


class LocalRenderPriority:
    """Fills `ports.RenderPriority`."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._changed = threading.Condition()
        self._working = 0
        self._ending = False
        self._first: Counter[RenderId] = Counter()
        self._expected: dict[RenderId, float] = {}

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Work outside a queue never yields; it runs to its end."""
        with self._changed:
            self._working += 1
            self._ending = False
        try:
            yield
        finally:
            self.let_pass()

    def let_pass(self) -> None:
        """Release all background work: the process is about to end."""
        with self._changed:
            self._working = 0
            self._ending = True
            self._expected.clear()
            self._changed.notify_all()

    @property
    def ending(self) -> bool:
        """Whether the process is about to end; renders then stop after their current lines."""
        return self._ending

    def expect(self, render: RenderId) -> None:
        """Announce an urgent render that is about to start here."""
        with self._changed:
            if self._working:
                self._expected[render] = self._timer() + _EXPECTED_S

    def forget(self, render: RenderId) -> None:
        """Withdraw an announcement."""
        with self._changed:
            if self._expected.pop(render, None) is not None:
                self._changed.notify_all()

    @contextmanager
    def taken(self, render: RenderId) -> Iterator[None]:
        """Marks a render as running within the block."""
        with self._changed:
            self._first[render] += 1
            self._expected.pop(render, None)
        try:
            yield
        finally:
            with self._changed:
                self._first[render] -= 1
                self._first = +self._first
                self._changed.notify_all()

    @property
    def urgent(self) -> bool:
        """Whether an urgent render is running here or about to start."""
        with self._changed:
            return self._somebody_first()

    def yield_to_urgent(self) -> None:
        """Wait while an urgent render is running here or about to start."""
        with self._changed:
            while self._somebody_first():
                self._changed.wait(_LOOK_S)

    def _somebody_first(self) -> bool:
        if not self._working:
            return False
        now = self._timer()
        for render in [render for render, end in self._expected.items() if end <= now]:
            del self._expected[render]
        return bool(self._first or self._expected)


def patient(context: RenderContext, thread_pool: Executor, priority: LocalRenderPriority) -> RenderContext:
    """The same context for background work: its own thread pool, which yields to urgent renders before each line."""
    translators = [BackgroundTranslator(each, priority.yield_to_urgent) for each in context.translators]
    return replace(
        context, thread_pool=BackgroundThreadPool(thread_pool, priority.yield_to_urgent), translators=translators
    )


class BackgroundThreadPool(Executor):
    """A thread pool whose tasks wait for urgent renders. The caller shuts the underlying pool down."""

    def __init__(self, thread_pool: Executor, yield_to_urgent: Callable[[], None]) -> None:
        self._pool = thread_pool
        self._yield_to_urgent = yield_to_urgent

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Submit a task; it starts once no urgent render is running."""
        return self._pool.submit(self._in_turn, fn, *args, **kwargs)

    def _in_turn(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> _T:  # noqa: ANN401 # passed on
        self._yield_to_urgent()
        return fn(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class BackgroundTranslator(WrappedTranslator):
    """An engine that is given a few sentences at a time, and yields to urgent renders between batches."""

    yield_to_urgent: Callable[[], None]

    def informed(self, terms: Mapping[str, str], title: str) -> Translator:
        """The engine with a report's terms, in batches as well."""
        if not isinstance(self.inner, Informable):
            return self
        return BackgroundTranslator(self.inner.informed(terms, title), self.yield_to_urgent)

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Batch by batch."""
        done: list[str] = []
        for start in range(0, len(sentences), _SENTENCES):
            self.yield_to_urgent()
            done += self.inner.translate(sentences[start : start + _SENTENCES], source, target)
        return done

    def returned(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Returned]:
        """Batch by batch."""
        done: list[Returned] = []
        for start in range(0, len(sentences), _SENTENCES):
            self.yield_to_urgent()
            done += self.inner.returned(sentences[start : start + _SENTENCES], source, target)
        return done

    def unknown(self, texts: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[tuple[str, ...]]:
        """All at once: dictionaries are fast."""
        return self.inner.unknown(texts, source, target)
