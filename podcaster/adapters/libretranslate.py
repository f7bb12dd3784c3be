"""A LibreTranslate server that the operator has, as a Translator."""

import re
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from podcaster import language as languages
from podcaster.errors import EngineFailed, EngineTimedOut, NoTranslationPath
from podcaster.translation import neural
from podcaster.translation.translator import OneWay
from podcaster.units import LanguageTag

_SECONDS = httpx.Timeout(120.0, connect=5.0)
_LANGUAGES_SECONDS = 300.0
"""Lifetime of a server's language list; a failed query is repeated sooner."""
_FAILED_SECONDS = 15.0
_TOGETHER = 50
"""Sentences in one request: servers bound a batch."""
_BUSY, _MANY = 503, 429
_TRIES = 3


class LibreTranslator(OneWay):
    """Fills `translation.translator.Translator`. The server is the operator's own choice: it may be on a private network."""

    name = "libretranslate"
    draft = False

    def __init__(self, url: str, *, key: str = "", pause_seconds: float = 1.0) -> None:
        """`url` is the server's, without a slash at the end; `pause_seconds` before a second try, more before a third."""
        self._url = url
        self._key = key
        self._pause_seconds = pause_seconds
        self._client = httpx.Client(timeout=_SECONDS, trust_env=False, follow_redirects=False)
        self._lock = threading.Lock()
        self._pairs: Mapping[tuple[LanguageTag, LanguageTag], tuple[str, str]] = {}
        self._asked_again_at = 0.0

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the server is there and has the pair."""
        return self._codes(source, target) is not None

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The server's address: it does not say which models it has."""
        return f"{self._url};{source}-{target}"

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Lists of sentences, each answered with a list."""
        codes = self._codes(source, target)
        if codes is None:
            raise NoTranslationPath(
                f"{self._url} does not translate from {source} into {target}.",
                "Leave the language out, or add it there.",
            )
        asked = [sentence for sentence in sentences if sentence.strip()]
        answers: list[str] = []
        for start in range(0, len(asked), _TOGETHER):
            answers += self._batch(asked[start : start + _TOGETHER], *codes)
        rest = iter(answers)
        return [next(rest) if sentence.strip() else "" for sentence in sentences]

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _batch(self, sentences: Sequence[str], source: str, target: str) -> list[str]:
        body = {"q": list(sentences), "source": source, "target": target, "format": "text"}
        answer = self._asked(body | ({"api_key": self._key} if self._key else {}))
        texts = answer.get("translatedText") if isinstance(answer, dict) else None
        if (
            not isinstance(texts, list)
            or len(texts) != len(sentences)
            or not all(isinstance(each, str) for each in texts)
        ):
            raise EngineFailed(
                f"{self._url} did not return one translation for each sentence.", "Look at its log, then render again."
            )
        return [" ".join(text.split()) for text in texts]

    def _asked(self, body: Mapping[str, Any]) -> object:
        answer = self._sent(body)
        for attempt in range(1, _TRIES):
            if answer.status_code not in {_BUSY, _MANY}:
                break
            time.sleep(self._pause_seconds * attempt**2)
            answer = self._sent(body)
        try:
            found: object = answer.json()
        except ValueError as error:
            raise EngineFailed(
                f"{self._url} answered {answer.status_code} with something that is not JSON.",
                "Correct PODCASTER_LIBRETRANSLATE_URL.",
            ) from error
        if answer.is_error:
            reason = str(found.get("error", "")) if isinstance(found, dict) else ""
            raise EngineFailed(
                f"{self._url} answered {answer.status_code}: {' '.join(re.sub('<[^>]*>', ' ', reason).split())[:200]}.",
                "Look at PODCASTER_LIBRETRANSLATE_KEY and its limits, then render again.",
            )
        return found

    def _sent(self, body: Mapping[str, Any]) -> httpx.Response:
        try:
            return self._client.post(f"{self._url}/translate", json=body)
        except httpx.TimeoutException as error:
            raise EngineTimedOut(f"{self._url} gave no answer in its time.", "Render again.") from error
        except httpx.HTTPError as error:
            raise EngineFailed(f"{self._url} cannot be reached: {error}.", "Start it, then render again.") from error

    def _codes(self, source: LanguageTag, target: LanguageTag) -> tuple[str, str] | None:
        with self._lock:
            if time.monotonic() >= self._asked_again_at:
                self._pairs = self._languages()
                self._asked_again_at = time.monotonic() + (_LANGUAGES_SECONDS if self._pairs else _FAILED_SECONDS)
            pairs = self._pairs
        for (first, second), codes in pairs.items():
            if languages.match(source, [first]) and languages.match(target, [second]):
                return codes
        return None

    def _languages(self) -> Mapping[tuple[LanguageTag, LanguageTag], tuple[str, str]]:
        """The server's pairs; none where it does not answer, so that the next engine is taken."""
        try:
            found = self._client.get(f"{self._url}/languages", timeout=5.0).raise_for_status().json()
        except (httpx.HTTPError, ValueError):
            return {}
        pairs: dict[tuple[LanguageTag, LanguageTag], tuple[str, str]] = {}
        for entry in found if isinstance(found, list) else []:
            if isinstance(entry, dict):
                code = str(entry.get("code", ""))
                pairs |= {
                    (source, target): (code, str(other))
                    for other in entry.get("targets", [])
                    if other != code and (source := neural.tag(code)) and (target := neural.tag(str(other)))
                }
        return pairs
