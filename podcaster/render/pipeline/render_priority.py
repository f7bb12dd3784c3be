"""Who goes first in one process: what nobody waits for stands aside, at its next line, for what somebody waits for."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, ParamSpec, TypeVar

from podcaster.render.pipeline.render_context import Studio
from podcaster.translation.translator import Returned, Translator
from podcaster.units import LanguageTag, RenderId

_EXPECTED_S: Final = 5.0
"""How long a render that came in here is waited for: another machine may have taken it up."""
_LOOK_S: Final = 0.5
_SENTENCES: Final = 16
"""Of a translation, between two of which somebody else can go first: a second or two of a neural model."""
_P = ParamSpec("_P")
_T = TypeVar("_T")


class LocalRightOfWay:
    """Fills `ports.RightOfWay`."""

    def __init__(self, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._changed = threading.Condition()
        self._working = 0
        self._first: Counter[RenderId] = Counter()
        self._expected: dict[RenderId, float] = {}

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Outside of it nobody stands aside: what has begun is to end."""
        with self._changed:
            self._working += 1
        try:
            yield
        finally:
            self.let_pass()

    def let_pass(self) -> None:
        """Nobody stands aside any more: the process is about to end."""
        with self._changed:
            self._working = 0
            self._expected.clear()
            self._changed.notify_all()

    def expect(self, render: RenderId) -> None:
        """Somebody waits for it from now on."""
        with self._changed:
            if self._working:
                self._expected[render] = self._timer() + _EXPECTED_S

    def forget(self, render: RenderId) -> None:
        """Nobody waits for it any more."""
        with self._changed:
            if self._expected.pop(render, None) is not None:
                self._changed.notify_all()

    @contextmanager
    def taken(self, render: RenderId) -> Iterator[None]:
        """It is being made within the block."""
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

    def give_way(self) -> None:
        """Wait while something is made here, or is about to be, that somebody waits for."""
        with self._changed:
            while self._working and self._somebody_first():
                self._changed.wait(_LOOK_S)

    def _somebody_first(self) -> bool:
        now = self._timer()
        for render in [render for render, end in self._expected.items() if end <= now]:
            del self._expected[render]
        return bool(self._first or self._expected)


def patient(studio: Studio, crew: Executor, way: LocalRightOfWay) -> Studio:
    """The same studio for work that stands aside: it has a crew of its own, which waits before each line."""
    translators = [PatientTranslator(each, way.give_way) for each in studio.translators]
    return replace(studio, crew=PatientCrew(crew, way.give_way), translators=translators)


class PatientCrew(Executor):
    """A crew that gives way before each task. Shutting it down is left to whoever made the crew."""

    def __init__(self, crew: Executor, give_way: Callable[[], None]) -> None:
        self._crew = crew
        self._give_way = give_way

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a task carried out when nobody goes before it."""
        return self._crew.submit(self._in_turn, fn, *args, **kwargs)

    def _in_turn(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> _T:  # noqa: ANN401 # passed on
        self._give_way()
        return fn(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class PatientTranslator:
    """An engine that is given a few sentences at a time, and gives way before each few."""

    inner: Translator
    give_way: Callable[[], None]

    @property
    def name(self) -> str:
        """The engine's."""
        return self.inner.name

    @property
    def draft(self) -> bool:
        """The engine's."""
        return self.inner.draft

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """What the engine serves."""
        return self.inner.serves(source, target)

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine's: what it says does not depend on how many sentences it is given."""
        return self.inner.version(source, target)

    def mask(self, index: int) -> str:
        """The engine's."""
        return self.inner.mask(index)

    @property
    def copies_names(self) -> bool:
        """The engine's."""
        return self.inner.copies_names

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """A few after the other."""
        done: list[str] = []
        for start in range(0, len(sentences), _SENTENCES):
            self.give_way()
            done += self.inner.translate(sentences[start : start + _SENTENCES], source, target)
        return done

    def returned(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Returned]:
        """A few after the other."""
        done: list[Returned] = []
        for start in range(0, len(sentences), _SENTENCES):
            self.give_way()
            done += self.inner.returned(sentences[start : start + _SENTENCES], source, target)
        return done

    def unknown(self, texts: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[tuple[str, ...]]:
        """All at once: dictionaries are fast."""
        return self.inner.unknown(texts, source, target)
