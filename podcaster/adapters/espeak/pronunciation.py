"""Pronunciations in eSpeak NG's own phonemes, and where in the text they stood."""

from __future__ import annotations

import json
import subprocess
import sys
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from podcaster.adapters.espeak import phonemes
from podcaster.adapters.espeak.speech_program import WITH_PHONEMES
from podcaster.errors import EngineFailed
from podcaster.script.phonetics import in_phonemes, sounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from podcaster.script.phonetics import Piece
    from podcaster.speech.synthesizer import Speech

_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """A request to a prepared process, with the place in the text of each part."""

    packet: bytes
    stretches: Sequence[tuple[int, int, bool]]
    """A part each: its start in the request and in the text, in characters, and whether it is a pronunciation."""

    @classmethod
    def of(cls, parts: Sequence[Piece], known: Mapping[str, str]) -> Self:
        """Each pronunciation in the voice's phonemes; where the voice has nothing near to a sound of it, the written form."""
        said = [in_phonemes(part.ipa, known, between="|") if part.ipa else None for part in parts]
        if not any(said):
            texts = [part.text for part in parts]
        else:
            # What opens phonemes in the text itself opens none.
            texts = [
                f"[[{code}]]" if code else part.text.replace("[[", "[ ") for part, code in zip(parts, said, strict=True)
            ]
        starts = [sum(map(len, texts[:place])) for place in range(len(texts))]
        packet = (WITH_PHONEMES if any(said) else b"") + "".join(texts).encode("utf-8", "replace")
        stretches = [(start, part.place, bool(part.ipa)) for start, part in zip(starts, parts, strict=True)]
        return cls(packet, stretches)

    def placed(self, speech: Speech) -> Speech:
        """The speech with its words where they stand in the text; those of a pronunciation where it begins."""
        if len(self.stretches) == 1 and not self.stretches[0][2]:
            return speech
        return replace(speech, words=tuple(replace(word, place=self._place(word.place)) for word in speech.words))

    def _place(self, sent: int) -> int:
        stretch = max(0, bisect_right([start for start, _, _ in self.stretches], sent) - 1)
        start, place, pronounced = self.stretches[stretch]
        return place if pronounced else place + sent - start


def phonemes_of(library: str, data: str, voice: str) -> Mapping[str, str]:
    """Names that eSpeak NG has for the sounds of a voice, by their signs.

    Raises:
        EngineFailed: the library does not tell.
    """
    command = [sys.executable, "-I", "-S", phonemes.__file__, library, data, voice]
    try:
        told = subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 # our own program
        return {sounds(sign): name for sign, name in json.loads(told.stdout).items()}
    except (subprocess.SubprocessError, ValueError) as error:
        raise EngineFailed(f"eSpeak NG does not tell the sounds of {voice}.", "Run `podcaster doctor`.") from error
