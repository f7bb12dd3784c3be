"""A program that holds one Firefox Translations model and translates lists of sentences: JSON lines in, JSON lines out.

The engine's objects must stay in the thread that made them, keep the interpreter locked while they work and end the
process when they panic; so each has a process of its own, and the service never waits for it.

A request is `{"model": [model, source vocabulary, target vocabulary, shortlist], "sha256": …, "texts": […]}`, an answer
`{"texts": […]}` or `{"error": …}`.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

LONGEST_TOKENS = 100
"""Longest piece in tokens. The models were trained on 127 at most; the engine drops the rest without a word."""
_CUTS = tuple(map(re.compile, (r"(?<=[.!?])\s+", r"(?<=[;:])\s+", r"(?<=,)\s+|\s+(?=[–—(])", r"\s+")))
"""Places to cut a sentence, best first: between sentences, clauses, phrases, words."""


def pieces(text: str, fits: Callable[[str], bool]) -> list[str]:
    """A sentence in pieces that fit, each cut at the best place near its middle."""
    if fits(text) or len(text) < 2:  # noqa: PLR2004 # a letter cannot be cut
        return [text]
    for pattern in _CUTS:
        cuts = [found for found in pattern.finditer(text) if found.start() and found.end() < len(text)]
        if cuts:
            cut = min(cuts, key=lambda found: abs(found.start() - len(text) // 2))
            return [*pieces(text[: cut.start()], fits), *pieces(text[cut.end() :], fits)]
    middle = len(text) // 2
    return [*pieces(text[:middle], fits), *pieces(text[middle:], fits)]


def _rejoined(parts: list[str], answers: list[str]) -> str:
    """Answers joined; a piece that began in the middle of its sentence begins small."""
    joined = answers[0]
    for part, answer in zip(parts[1:], answers[1:], strict=True):
        word = answer.split(" ", 1)[0]
        small = part[:1].islower() and not word.isupper() and word not in part
        joined += " " + (answer[:1].lower() + answer[1:] if small else answer)
    return joined


class _Model:
    """A loaded model."""

    def __init__(self, files: list[str], sha256: str) -> None:
        from fxtranslate import Translator  # noqa: PLC0415 # the program answers with an error where it is missing
        from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 # the same

        read = [Path(file).read_bytes() if file else None for file in files]
        if sha256 and hashlib.sha256(read[0] or b"").hexdigest() != sha256:
            raise ValueError(f"{files[0]} is not the file that it should be")
        self._engine: Any = Translator(*cast("list[Any]", read))
        self._counter: Any = SentencePieceProcessor(model_file=files[1])

    def translate(self, text: str) -> str:
        if not text.strip():
            return ""
        parts = pieces(text.strip(), lambda part: len(self._counter.encode(part)) <= LONGEST_TOKENS)
        return _rejoined(parts, [str(self._engine.translate(part)) for part in parts])


def main() -> None:
    """Answer until nobody asks any more."""
    loaded: tuple[list[str], _Model] | None = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if loaded is None or loaded[0] != request["model"]:
                loaded = None  # the old model's memory is free before the new one takes its own
                loaded = request["model"], _Model(request["model"], request["sha256"])
            answer = {"texts": [loaded[1].translate(text) for text in request["texts"]]}
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            answer = {"error": str(error)}  # type: ignore[dict-item] # the other form of an answer
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
