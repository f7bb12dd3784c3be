"""gTTS, an online voice, as a Synthesizer: rate-limited, retried, and checked for sound."""

from __future__ import annotations

import binascii
import io
import threading
import time
import unicodedata
from functools import cached_property
from importlib.metadata import version
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from podcaster.errors import EngineFailed, NoVoice
from podcaster.script.phonetics import as_written
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from podcaster.model import Voice

LONGEST_PART = 100
"""Characters that the service speaks at a time."""
_RATE = Hertz(24_000)
_TRIES = 3
_BACK_OFF_SECONDS = 1.0
_REST_SECONDS = 60.0
_TIMEOUT_SECONDS = (5.0, 20.0)
"""To connect, and to read."""
_TOO_MANY = 429
_SILENCE = 100
"""Out of 32,768."""
_REST_AT_MARK_MS, _REST_AT_WORD_MS = 220, 20
_REMEDY = "Render again later, or choose another voice."


class GttsSynthesizer(Synthesizer):
    """Fills `speech.synthesizer.Synthesizer` by the gTTS client. `engine_voice` is a language of gTTS: `es`, `pt-PT`.

    After the service has refused or could not be reached, the engine rests for a minute and fails at once, so that one
    report does not knock a hundred times.
    """

    name = "gtts"
    deterministic = False
    neural = True
    paced = False

    def __init__(
        self,
        *,
        endpoint: str = "",
        calls_per_minute: int = 60,
        parallel: int = 2,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        turn: Callable[[], None] | None = None,
    ) -> None:
        """`endpoint`: origin that stands in for the service's, as `http://127.0.0.1:8080`; empty: the service itself.

        `turn` waits before each call, in place of `calls_per_minute`, which holds for this process alone.
        """
        self._endpoint = endpoint.rstrip("/")
        self._interval = 60 / calls_per_minute
        self._at_once = threading.BoundedSemaphore(parallel)
        self._lock = threading.Lock()
        self._next = 0.0
        self._resting_until = 0.0
        self._why_resting = ""
        self._wait = wait
        self._clock = clock
        self._turn = turn or self._own_turn

    @cached_property
    def version(self) -> str:
        """The client's; what the service changes is not told."""
        return f"gtts-{version('gTTS')}"

    @cached_property
    def voices(self) -> frozenset[str]:
        """The languages that the client knows."""
        from gtts.lang import tts_langs  # noqa: PLC0415 # requests behind it: a quarter of a second

        return frozenset(tts_langs())

    def has(self, voice: Voice) -> bool:
        """Whether the client knows the language; that the service can be reached shows when it speaks."""
        return voice.engine == self.name and voice.engine_voice in self.voices

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak by the service; a failure that may pass is tried again, each time after a longer pause."""
        if not self.has(voice):
            raise NoVoice(f"gTTS has no language {voice.engine_voice!r}.", f"Correct {voice.name} in voices/.")
        plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in as_written(text)).strip()
        if not any(sign.isalnum() for sign in plain):
            raise EngineFailed("There is nothing to say in a line.", "Correct its text.")
        for attempt in range(1, _TRIES + 1):
            self._refuse_while_resting()
            try:
                with self._at_once:
                    return Speech(samples=self._said(plain, voice), rate=_RATE)
            except _Refused as refusal:
                raise self._resting(f"gTTS refused: {refusal}.") from refusal
            except _Failed as failure:
                if attempt == _TRIES:
                    raise self._resting(f"gTTS failed: {failure}.") from failure
            self._wait(_BACK_OFF_SECONDS * 2 ** (attempt - 1))
        raise AssertionError  # pragma: no cover

    def close(self) -> None:
        """Nothing to end."""

    def _said(self, text: str, voice: Voice) -> NDArray[np.int16]:
        parts: list[str] = []

        def in_parts(whole: str) -> list[str]:
            parts[:] = split_parts(whole)
            return parts

        pieces = _streamed(text, voice.engine_voice, in_parts, endpoint=self._endpoint, turn=self._turn)
        if not pieces:
            raise _Refused("a page came in place of sound")
        if len(pieces) != max(len(parts), 1):
            raise _Failed("a part of the sentence did not come")
        return _joined([_decoded(piece) for piece in pieces], parts)

    def _own_turn(self) -> None:
        """Wait until the next request may go out."""
        with self._lock:
            now = self._clock()
            mine = max(self._next, now)
            self._next = mine + self._interval
        if mine > now:
            self._wait(mine - now)

    def _resting(self, why: str) -> EngineFailed:
        """Leave the service alone for a while; the error that says why, now and until then."""
        with self._lock:
            self._resting_until = self._clock() + _REST_SECONDS
            self._why_resting = why
        return EngineFailed(why, _REMEDY)

    def _refuse_while_resting(self) -> None:
        with self._lock:
            resting, why = self._clock() < self._resting_until, self._why_resting
        if resting:
            raise EngineFailed(why, _REMEDY)


class _Failed(Exception):
    """Transient errors."""


class _Refused(Exception):
    """Permanent errors."""


def split_parts(text: str) -> list[str]:
    """A text in parts of at most 100 characters: cut behind a mark if there is one, else between words, else anywhere."""
    parts = []
    rest = text.strip()
    while len(rest) > LONGEST_PART:
        window = rest[: LONGEST_PART + 1]
        cuts = [
            place for place, sign in enumerate(window) if place and (sign == " " or window[place - 1] in "。，、；！？")
        ]
        marks = [place for place in cuts if _is_mark(window[place - 1])]
        cut = (marks or cuts or [LONGEST_PART])[-1]
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*parts, rest] if rest else parts


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Po", "Pe", "Pf", "Pd"}


def _streamed(
    text: str, language: str, in_parts: Callable[[str], list[str]], *, endpoint: str, turn: Callable[[], None]
) -> list[bytes]:
    """The MP3 of each part, as the real client asks for it and reads it."""
    from gtts import gTTS  # noqa: PLC0415 # see voices
    from gtts.tts import gTTSError  # noqa: PLC0415

    _verify_certificates()

    class Client(gTTS):  # type: ignore[misc] # gTTS carries no annotations
        def _prepare_requests(self) -> Iterator[object]:
            for request in super()._prepare_requests():
                turn()
                if endpoint:
                    request.url = endpoint + request.path_url
                yield request

    client = Client(text, lang=language, lang_check=False, tokenizer_func=in_parts, timeout=_TIMEOUT_SECONDS)
    try:
        return [bytes(piece) for piece in client.stream()]
    except gTTSError as error:
        status = getattr(error.rsp, "status_code", None)
        if status == _TOO_MANY:
            raise _Refused("too many requests") from error
        raise _Failed(f"status {status}" if status else "it could not be reached") from error
    except (binascii.Error, UnicodeDecodeError) as error:
        raise _Failed("what came is no sound") from error
    except AssertionError as error:
        raise _Refused("nothing in the line can be spoken") from error


def _verify_certificates() -> None:
    """Give gTTS a session that checks the service's certificate; its own call passes `verify=False`."""
    import requests  # noqa: PLC0415 # see voices
    from gtts import tts  # noqa: PLC0415

    class Session(requests.Session):
        def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # noqa: ANN401 # requests' own
            # `send` alone knows nothing of REQUESTS_CA_BUNDLE, by which an operator names a company's root.
            known = self.merge_environment_settings(request.url or "", {}, None, True, None)  # noqa: FBT003 # requests' own
            return super().send(request, **{**how, "verify": known["verify"]})

    tts.requests = SimpleNamespace(Session=Session, Request=requests.Request, exceptions=requests.exceptions)


def _decoded(mp3: bytes) -> NDArray[np.int16]:
    """Samples at 24,000 Hz, shape (n,), of an MP3 that is whole."""
    import av  # noqa: PLC0415 # FFmpeg
    import numpy as np  # noqa: PLC0415

    blocks: list[NDArray[np.int16]] = []
    sizes: list[int] = []
    try:
        with av.open(io.BytesIO(mp3), mode="r", format="mp3") as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
            for packet in container.demux(container.streams.audio[0]):
                sizes += [packet.size] if packet.size else []
                for frame in packet.decode():
                    blocks += [each.to_ndarray().reshape(-1).astype(np.int16) for each in resampler.resample(frame)]
            blocks += [each.to_ndarray().reshape(-1).astype(np.int16) for each in resampler.resample(None)]
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        raise _Failed("what came is no MP3") from error
    if len(sizes) > 1 and sizes[-1] + 1 < min(sizes[:-1]):
        raise _Failed("the sound was cut off")
    samples = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    if not samples.size or int(np.abs(samples.astype(np.int32)).max()) < _SILENCE:
        raise _Failed("silence came in place of a voice")
    return samples


def _joined(pieces: list[NDArray[np.int16]], parts: list[str]) -> NDArray[np.int16]:
    """The parts as one sentence: the service's silence at each seam gives way to the pause that belongs there."""
    import numpy as np  # noqa: PLC0415

    if len(pieces) == 1:
        return pieces[0]
    rests = [_REST_AT_MARK_MS if _is_mark(before[-1]) else _REST_AT_WORD_MS for before, _ in pairwise(parts)]
    whole: list[NDArray[np.int16]] = []
    for piece, rest_ms in zip(pieces, [*rests, 0], strict=True):
        loud = np.flatnonzero(np.abs(piece.astype(np.int32)) > _SILENCE)
        whole += [piece[loud[0] : loud[-1] + 1], np.zeros(_RATE * rest_ms // 1000, np.int16)]
    return np.concatenate(whole)
