"""A speech server with OpenAI's API (`POST /v1/audio/speech`) as a Synthesizer: one of one's own, or a service.

Kokoro-FastAPI, VoiceStudio, vLLM and OpenAI itself answer it. The text leaves this machine, so it is off unless a URL is set.
"""

from __future__ import annotations

import io
import threading
import time
import unicodedata
from typing import TYPE_CHECKING, Final

import httpx

from podcaster.errors import EngineFailed, EngineTimedOut, NoVoice
from podcaster.script.phonetics import as_written
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Callable

    from podcaster.model import Voice

_PATH: Final = "/v1/audio/speech"
_TIMEOUT: Final = httpx.Timeout(120.0, connect=5.0)
_USUAL_RATE_WPM: Final = 165
_SLOWEST, _FASTEST = 0.25, 4.0
"""Bounds of the API's `speed`."""
_TRIES: Final = 3
_BACK_OFF_SECONDS: Final = 1.0
_LONGEST_WAIT_SECONDS: Final = 30.0
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500
_LARGEST_BYTES: Final = 50_000_000
_REMEDY: Final = "Look at PODCASTER_SPEECH_SERVER_URL, its key and its limits, then render again."


class OpenaiSynthesizer(Synthesizer):
    """Fills `speech.synthesizer.Synthesizer`. `engine_voice` is a voice of the server's: `alloy`, `af_heart`."""

    name = "openai"
    deterministic = False
    neural = True
    paced = True

    def __init__(
        self,
        url: str,
        *,
        key: str = "",
        model: str = "tts-1",
        calls_per_minute: int = 60,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`url` is the server's origin; `wait` and `clock` are the pauses between calls."""
        self._url = url.rstrip("/").removesuffix("/v1")
        self._model = model
        headers = {"authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(timeout=_TIMEOUT, trust_env=False, follow_redirects=False, headers=headers)
        self._interval = 60 / calls_per_minute
        self._next = 0.0
        self._lock = threading.Lock()
        self._wait, self._clock = wait, clock

    @property
    def version(self) -> str:
        """The server's address and the model; what it changes behind them is not told."""
        return f"openai {self._url} {self._model}"

    def has(self, voice: Voice) -> bool:
        """Every voice that asks for it; which ones the server has shows when it speaks."""
        return voice.engine == self.name and bool(voice.engine_voice)

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak by the server; what may pass is tried again, after the pause that it asks for."""
        if not self.has(voice):
            raise NoVoice(
                f"The speech server has no voice {voice.engine_voice!r}.", f"Correct {voice.name} in voices/."
            )
        plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in as_written(text)).strip()
        if not any(map(str.isalnum, plain)):
            raise EngineFailed("There is nothing to say in a line.", "Correct its text.")
        speed = min(_FASTEST, max(_SLOWEST, voice.rate_wpm / _USUAL_RATE_WPM))
        body = {
            "model": self._model,
            "voice": voice.engine_voice,
            "input": plain,
            "response_format": "wav",
            "speed": round(speed, 3),
        }
        for attempt in range(1, _TRIES):
            answer = self._sent(body)
            if answer.status_code != _TOO_MANY and answer.status_code < _SERVER_ERRORS:
                break
            self._wait(_pause(answer, attempt))
        else:
            answer = self._sent(body)
        if answer.is_error:
            raise EngineFailed(f"The speech server answered {answer.status_code}: {_reason(answer)}.", _REMEDY)
        return _decoded(answer.content)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _sent(self, body: dict[str, object]) -> httpx.Response:
        """One call, when its turn has come."""
        with self._lock:
            now = self._clock()
            mine = max(self._next, now)
            self._next = mine + self._interval
        if mine > now:
            self._wait(mine - now)
        try:
            return self._client.post(f"{self._url}{_PATH}", json=body)
        except httpx.TimeoutException as error:
            raise EngineTimedOut("The speech server gave no answer in its time.", "Render again.") from error
        except httpx.HTTPError as error:
            raise EngineFailed(f"{self._url} cannot be reached: {error}.", "Start it, then render again.") from error


def _pause(answer: httpx.Response, attempt: int) -> float:
    """Seconds before the next try: the server's Retry-After up to 30 s, else longer each time."""
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT_SECONDS) if asked.isdecimal() else _BACK_OFF_SECONDS * 2 ** (attempt - 1)


def _reason(answer: httpx.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return "no reason is given"
    error = told.get("error", told.get("detail", "")) if isinstance(told, dict) else ""
    said = error.get("message", "") if isinstance(error, dict) else error
    return " ".join(str(said).split())[:200].rstrip(".") or "no reason is given"


def _decoded(content: bytes) -> Speech:
    """A WAV file's samples; its header may say nothing of its length, as where it was streamed."""
    import av  # noqa: PLC0415 # FFmpeg
    import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

    if len(content) > _LARGEST_BYTES or not content.startswith(b"RIFF"):
        raise EngineFailed("The speech server sent something that is not a WAV file.", _REMEDY)
    try:
        with av.open(io.BytesIO(content), mode="r", format="wav") as container:
            rate = container.streams.audio[0].rate
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            blocks = [each for frame in container.decode(audio=0) for each in resampler.resample(frame)]
            blocks += resampler.resample(None)
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        raise EngineFailed("The speech server sent a damaged WAV file.", _REMEDY) from error
    samples = np.concatenate([block.to_ndarray().reshape(-1) for block in blocks]) if blocks else np.zeros(0)
    if not samples.any():
        raise EngineFailed("The speech server sent silence.", _REMEDY)
    return Speech(samples=samples.astype(np.int16), rate=Hertz(rate))
